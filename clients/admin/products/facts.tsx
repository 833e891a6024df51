/** What a product is and where it stands: address and brand, places in the tree, attributes, pictures. */
import { IconArrowUp, IconPlus, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../shared/time.ts';
import { Field } from '../parts/field.tsx';
import { Picture } from '../parts/picture.tsx';
import { problemAt } from './check-draft.ts';
import type { FormParts } from './editor.tsx';

export function Basics({ draft, change, problems }: FormParts): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="panel stack">
      <h2>{t('product.basics')}</h2>
      <Field label={t('product.slug')} hint={t('product.slugHint')} problem={problemAt(problems, 'slug')}>
        {(control) => <input {...control} className="input mono" value={draft.slug} maxLength={120} spellCheck={false} onChange={(event) => change({ slug: event.target.value })} />}
      </Field>
      <Field label={t('product.brand')} problem={problemAt(problems, 'brand')}>
        {(control) => <input {...control} className="input" value={draft.brand} maxLength={120} onChange={(event) => change({ brand: event.target.value })} />}
      </Field>
    </section>
  );
}

export function Categories({ draft, change, problems }: FormParts): ReactNode {
  const { t } = useTranslation();
  const rows = draft.categories;
  const set = (key: string, changes: object): void => change({ categories: rows.map((row) => (row.key === key ? { ...row, ...changes } : row)) });
  return (
    <section className="panel stack tight">
      <h2>{t('product.categories')}</h2>
      <p className="soft tiny">{t('product.categoriesHint')}</p>
      {rows.map((row, index) => (
        <div className="fact-row" key={row.key}>
          <input className="input" aria-label={t('product.category', { n: index + 1 })} placeholder="Apparel > Shirts" value={row.en} aria-invalid={problemAt(problems, `categoryPaths.${index}`) ? true : undefined} onChange={(event) => set(row.key, { en: event.target.value })} />
          <input className="input" lang="zh-Hans" aria-label={t('product.categoryZh', { n: index + 1 })} placeholder="服装 > 衬衫" value={row.zh} onChange={(event) => set(row.key, { zh: event.target.value })} />
          <RemoveButton name={row.en || t('product.category', { n: index + 1 })} remove={() => change({ categories: rows.filter(({ key }) => key !== row.key) })} />
          <RowProblem text={problemAt(problems, `categoryPaths.${index}`)} />
        </div>
      ))}
      <AddButton label={t('product.addCategory')} add={() => change({ categories: [...rows, { key: newKey(), en: '', zh: '' }] })} />
    </section>
  );
}

export function Attributes({ draft, change, problems }: FormParts): ReactNode {
  const { t } = useTranslation();
  const rows = draft.attributes;
  const set = (key: string, changes: object): void => change({ attributes: rows.map((row) => (row.key === key ? { ...row, ...changes } : row)) });
  return (
    <section className="panel stack tight">
      <h2>{t('product.attributes')}</h2>
      <p className="soft tiny">{t('product.attributesHint')}</p>
      {rows.map((row, index) => (
        <div className="fact-row three" key={row.key}>
          <input className="input" aria-label={t('product.attribute')} placeholder="material" value={row.name} maxLength={120} aria-invalid={problemAt(problems, `attributes.${index}`) ? true : undefined} onChange={(event) => set(row.key, { name: event.target.value })} />
          <input className="input" aria-label={`${t('product.valueEn')}: ${row.name}`} placeholder={t('product.valueEn')} value={row.en} maxLength={255} onChange={(event) => set(row.key, { en: event.target.value })} />
          <input className="input" lang="zh-Hans" aria-label={`${t('product.valueZh')}: ${row.name}`} placeholder={t('product.valueZh')} value={row.zh} maxLength={255} onChange={(event) => set(row.key, { zh: event.target.value })} />
          <RemoveButton name={row.name || t('product.attribute')} remove={() => change({ attributes: rows.filter(({ key }) => key !== row.key) })} />
          <RowProblem text={problemAt(problems, `attributes.${index}`)} />
        </div>
      ))}
      <AddButton label={t('product.addAttribute')} add={() => change({ attributes: [...rows, { key: newKey(), name: '', en: '', zh: '' }] })} />
    </section>
  );
}

export function Pictures({ draft, change, problems }: FormParts): ReactNode {
  const { t } = useTranslation();
  const rows = draft.media;
  const set = (key: string, changes: object): void => change({ media: rows.map((row) => (row.key === key ? { ...row, ...changes } : row)) });
  const up = (index: number): void => change({ media: rows.map((row, at) => (at === index - 1 ? rows[index]! : at === index ? rows[index - 1]! : row)) });
  return (
    <section className="panel stack tight">
      <h2>{t('product.media')}</h2>
      <p className="soft tiny">{t('product.mediaHint')}</p>
      {rows.map((row, index) => {
        const name = t('product.mediaUrl', { n: index + 1 });
        return (
          <div className="fact-row picture-row" key={row.key}>
            <Picture image={row.url.startsWith('/media/') ? row : null} size={56} />
            <div className="picture-fields">
              <input className="input mono" aria-label={name} placeholder="/media/…" value={row.url} maxLength={255} spellCheck={false} aria-invalid={problemAt(problems, `media.${index}`) ? true : undefined} onChange={(event) => set(row.key, { url: event.target.value })} />
              <input className="input" aria-label={`${t('product.altEn')}, ${index + 1}`} placeholder={t('product.altEn')} value={row.altEn} maxLength={255} onChange={(event) => set(row.key, { altEn: event.target.value })} />
              <input className="input" lang="zh-Hans" aria-label={`${t('product.altZh')}, ${index + 1}`} placeholder={t('product.altZh')} value={row.altZh} maxLength={255} onChange={(event) => set(row.key, { altZh: event.target.value })} />
            </div>
            <span className="row tight">
              {index > 0 && <button type="button" className="tool" aria-label={t('product.up', { name })} onClick={() => up(index)}><IconArrowUp size={16} /></button>}
              <RemoveButton name={name} remove={() => change({ media: rows.filter(({ key }) => key !== row.key) })} />
            </span>
            <RowProblem text={problemAt(problems, `media.${index}`)} />
          </div>
        );
      })}
      <AddButton label={t('product.addMedia')} add={() => change({ media: [...rows, { key: newKey(), url: '', altEn: '', altZh: '' }] })} />
    </section>
  );
}

export function RemoveButton({ name, remove }: { name: string; remove(): void }): ReactNode {
  const { t } = useTranslation();
  return <button type="button" className="tool" aria-label={t('product.removeIt', { name })} title={t('product.remove')} onClick={remove}><IconX size={16} /></button>;
}

export function AddButton({ label, add }: { label: string; add(): void }): ReactNode {
  return <button type="button" className="button quiet small add" onClick={add}><IconPlus size={15} stroke={2} aria-hidden="true" />{label}</button>;
}

export function RowProblem({ text }: { text: string | null }): ReactNode {
  return text && <span className="row-problem bad small">{text}</span>;
}
