/** What was bought, at the prices of that moment, and what it adds up to. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat, useMay } from '../desk.tsx';
import type { WholeOrderFragment } from '../gql/graphql.ts';
import { Picture } from '../parts/picture.tsx';
import { address } from '../places.ts';

export function Lines({ order }: { order: WholeOrderFragment }): ReactNode {
  const { t } = useTranslation();
  const { money, number } = useFormat();
  const may = useMay();
  return (
    <section className="panel flush">
      <h2 className="panel-title">{t('orders.lines')}</h2>
      <table className="table plain">
        <caption className="hidden-text">{t('orders.lines')}</caption>
        <thead><tr><th scope="col">{t('orders.item')}</th><th scope="col" className="end">{t('orders.unitPrice')}</th><th scope="col" className="end">{t('orders.quantity')}</th><th scope="col" className="end">{t('orders.lineTotal')}</th></tr></thead>
        <tbody>
          {order.lines.map((line) => (
            <tr key={line.id}>
              <td data-label={t('orders.item')}>
                <span className="pictured">
                  <Picture image={line.variant?.image} />
                  <span className="two-lines">
                    {line.variant && may('catalogue:write') ? <Link className="quiet-link" to={address.product(line.variant.product.id)}>{line.name}</Link> : <span>{line.name}</span>}
                    <span className="soft tiny mono">{line.sku}</span>
                  </span>
                </span>
              </td>
              <td className="end number" data-label={t('orders.unitPrice')}>{money(line.unitPrice)}</td>
              <td className="end number" data-label={t('orders.quantity')}>{number(line.quantity)}</td>
              <td className="end number strong" data-label={t('orders.lineTotal')}>{money(line.lineTotal)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className="sums">
        <Sum label={t('orders.subtotal')} value={money(order.subtotal)} />
        {order.discount.amountMinor > 0 && <Sum label={t('orders.discount')} value={`−${money(order.discount)}`} />}
        <Sum label={t('orders.shipping')} value={money(order.shipping)} />
        <Sum label={t('orders.tax')} value={money(order.tax)} />
        <Sum label={t('orders.total')} value={money(order.total)} strong />
        {order.refunded.amountMinor > 0 && <Sum label={t('orders.refunded')} value={`−${money(order.refunded)}`} />}
      </dl>
    </section>
  );
}

const Sum = ({ label, value, strong }: { label: string; value: string; strong?: boolean }): ReactNode => (
  <div className={strong ? 'strong' : undefined}><dt>{label}</dt><dd className="number">{value}</dd></div>
);
