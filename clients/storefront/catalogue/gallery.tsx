/** The pictures of a product: thumbnails, arrow keys, swiping on a phone, and enlarged in a dialog. */
import { IconChevronLeft, IconChevronRight, IconX, IconZoomIn } from '@tabler/icons-react';
import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { PicturePartsFragment } from '../gql/graphql.ts';
import { Picture } from './card.tsx';

export function Gallery({ name, media, wanted }: { name: string; media: readonly PicturePartsFragment[]; wanted: string | null }): ReactNode {
  const { t } = useTranslation();
  const [index, setIndex] = useState(0);
  const dialog = useRef<HTMLDialogElement>(null);
  const touchX = useRef<number | null>(null);
  const total = media.length;
  useEffect(() => {
    const found = media.findIndex((image) => image.url === wanted);
    if (found >= 0) setIndex(found);
  }, [wanted, media]);
  const image = media[Math.min(index, total - 1)] ?? null;
  const go = (step: number): void => setIndex((now) => (now + step + total) % total);
  function onKeyDown(event: KeyboardEvent): void {
    if (total < 2 || (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight')) return;
    event.preventDefault();
    go(event.key === 'ArrowLeft' ? -1 : 1);
  }
  const where = t('product.picture', { n: index + 1, total });
  return (
    <section className="gallery" aria-label={t('product.gallery', { name })} onKeyDown={onKeyDown}>
      <div
        className="gallery-main"
        onTouchStart={(event) => { touchX.current = event.touches[0]?.clientX ?? null; }}
        onTouchEnd={(event) => {
          const moved = (event.changedTouches[0]?.clientX ?? 0) - (touchX.current ?? 0);
          if (touchX.current !== null && Math.abs(moved) > 40 && total > 1) go(moved > 0 ? -1 : 1);
        }}
      >
        <Picture image={image} eager size={900} />
        {image && (
          <button type="button" className="gallery-zoom" aria-label={`${t('product.zoom')}: ${where}`} aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
            <span className="gallery-zoom-mark"><IconZoomIn size={20} stroke={1.6} aria-hidden="true" /></span>
          </button>
        )}
      </div>
      {total > 1 && (
        <ul className="thumbs">
          {media.map((one, at) => (
            <li key={one.url}>
              <button type="button" aria-label={t('product.picture', { n: at + 1, total })} aria-current={at === index ? 'true' : undefined} onClick={() => setIndex(at)}>
                <img src={one.url} alt="" width="80" height="80" loading="lazy" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <span className="hidden-text" role="status">{total > 1 ? where : ''}</span>
      <dialog ref={dialog} className="zoom" aria-label={t('product.gallery', { name })} onKeyDown={onKeyDown} onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}>
        <div className="zoom-in">
          <button type="button" className="icon-button zoom-close" aria-label={t('nav.close')} onClick={() => dialog.current?.close()}><IconX size={24} stroke={1.6} /></button>
          {image && <img src={image.url} alt={image.alt} loading="lazy" />}
          {total > 1 && (
            <div className="row zoom-steps">
              <button type="button" className="icon-button" aria-label={t('product.previous')} onClick={() => go(-1)}><IconChevronLeft size={26} stroke={1.6} /></button>
              <span className="small number">{where}</span>
              <button type="button" className="icon-button" aria-label={t('product.next')} onClick={() => go(1)}><IconChevronRight size={26} stroke={1.6} /></button>
            </div>
          )}
        </div>
      </dialog>
    </section>
  );
}
