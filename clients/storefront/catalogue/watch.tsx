/** "Tell me when it is back", and when it costs less. */
import { IconBell, IconBellCheck } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { useSending } from '../account/send.ts';
import { UnwatchVariantDocument, VariantWatchDocument, WatchVariantDocument } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { useShop, useSignedIn } from '../shop.tsx';

interface Wishes {
  backInStock: boolean;
  priceDrop: boolean;
}

export function Watch({ slug, variantId, soldOut }: { slug: string; variantId: string; soldOut: boolean }): ReactNode {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const signedIn = useSignedIn();
  const wish = soldOut ? 'backInStock' : 'priceDrop';
  if (!signedIn) return <p><Link className="link small" to={`${address.signIn}?to=${encodeURIComponent(pathname)}`}>{t(`notices.${wish}SignIn`)}</Link></p>;
  return <OwnWatch key={signedIn.user.id} slug={slug} variantId={variantId} wish={wish} />;
}

function OwnWatch({ slug, variantId, wish }: { slug: string; variantId: string; wish: keyof Wishes }): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const { data } = useData(VariantWatchDocument, { slug }, { always: true });
  const [changed, setChanged] = useState<Record<string, Wishes | null>>({});
  const { busy, said, say, run } = useSending();
  const known = data?.product?.variants.find((one) => String(one.id) === variantId)?.watch ?? null;
  const watch = variantId in changed ? changed[variantId]! : known;
  const on = watch?.[wish] ?? false;

  const turn = (): Promise<void> => run(async () => {
    const next = { backInStock: watch?.backInStock ?? false, priceDrop: watch?.priceDrop ?? false, [wish]: !on };
    const answer = next.backInStock || next.priceDrop
      ? (await api.send(WatchVariantDocument, { input: { variantId, ...next } })).watchProduct
      : (await api.send(UnwatchVariantDocument, { variantId })).unwatchProduct;
    if (answer?.__typename !== 'Variant') return say(answer?.message ?? t('state.errorText'));
    setChanged({ ...changed, [variantId]: answer.watch ?? null });
  });

  return (
    <>
      <button type="button" className="button plain watch" aria-pressed={on} aria-busy={busy} onClick={() => void turn()}>
        {on ? <IconBellCheck size={20} stroke={1.6} aria-hidden="true" /> : <IconBell size={20} stroke={1.6} aria-hidden="true" />}
        {t(on ? `notices.${wish}On` : `notices.${wish}`)}
      </button>
      {said && <p className="note bad" role="alert">{said}</p>}
    </>
  );
}
