import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Data } from '../../shared/graphql.ts';
import { Partial } from '../../shared/states.tsx';
import type { Cart } from '../cart/cart.ts';
import { Picture } from '../catalogue/card.tsx';
import type { CheckoutQuoteQuery } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { useFormat, useShop } from '../shop.tsx';
import { countryName } from './countries.ts';

/** What is bought and what it costs; beside the form, on a phone above it and folded. */
export function Summary({ cart, quote, countryCode }: { cart: Cart | null; quote: Data<CheckoutQuoteQuery>; countryCode: string }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const { language } = useShop();
  const [open, setOpen] = useState(false);
  const sums = quote.data?.checkoutQuote;
  const row = (name: 'subtotal' | 'shipping' | 'tax'): ReactNode => (
    <div><dt>{t(`cart.${name}`)}</dt><dd className="number">{sums ? (name === 'shipping' && sums.shipping.amountMinor === 0 ? t('cart.free') : format.money(sums[name])) : '…'}</dd></div>
  );
  return (
    <aside className="panel stack summary" data-open={open || undefined} aria-label={t('checkout.summary')}>
      <div className="row between">
        <h2>{t('checkout.summary')}</h2>
        <Link className="link small summary-edit" to={address.cart}>{t('checkout.edit')}</Link>
        <button type="button" className="link small summary-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>{t('checkout.summaryShow')}</button>
      </div>
      <ul className="summary-lines">
        {cart?.lines.map((line) => (
          <li key={line.id}>
            <span className="cart-picture"><Picture image={line.variant?.image ?? null} alt="" size={56} /></span>
            <span className="summary-name small"><span className="hidden-text">{t('order.quantity', { count: line.quantity })} </span>{line.variant?.name ?? t('cart.variantGone')}<span className="soft" aria-hidden="true"> × {line.quantity}</span></span>
            <span className="number small">{format.money(line.lineTotal)}</span>
          </li>
        ))}
      </ul>
      {quote.problem && !sums && <Partial problem={quote.problem} retry={quote.retry} />}
      <dl className="totals" aria-busy={quote.refreshing}>
        {row('subtotal')}
        {sums && sums.discount.amountMinor > 0 && <div><dt>{t('cart.discount')}</dt><dd className="number good">−{format.money(sums.discount)}</dd></div>}
        {row('shipping')}
        {row('tax')}
        <div className="totals-sum"><dt>{t('cart.total')}</dt><dd className="number" aria-live="polite">{sums ? format.money(sums.total) : '…'}</dd></div>
      </dl>
      {countryCode && <p className="soft tiny">{t('checkout.perCountry', { country: countryName(countryCode, language) })}</p>}
    </aside>
  );
}
