/** The payments behind an order, and what was written in the books for each. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../desk.tsx';
import type { PaymentStatus, WholeOrderFragment } from '../gql/graphql.ts';
import { PaymentBadge } from '../parts/badges.tsx';

type Payment = NonNullable<WholeOrderFragment['payments']>[number];

export function Payments({ payments }: { payments: readonly Payment[] | null }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="panel flush">
      <h2 className="panel-title">{t('payments.title')}</h2>
      {payments === null ? <p className="panel-note soft">{t('payments.silent')}</p> : payments.length === 0 ? <p className="panel-note soft">{t('payments.none')}</p> : payments.map((payment) => <OnePayment key={payment.id} payment={payment} />)}
    </section>
  );
}

function OnePayment({ payment }: { payment: Payment }): ReactNode {
  const { t } = useTranslation();
  const { money, date } = useFormat();
  const sums = [['asked', payment.amount], ['captured', payment.captured], ['refunded', payment.refunded]] as const;
  return (
    <>
      <dl className="payment">
        <div><dt>{t('payments.provider')}</dt><dd>{payment.provider} <PaymentBadge status={payment.status as PaymentStatus} /></dd></div>
        {sums.map(([name, sum]) => <div key={name}><dt>{t(`payments.${name}`)}</dt><dd className="number">{money(sum)}</dd></div>)}
        {payment.providerReference && <div><dt>{t('payments.reference')}</dt><dd className="mono tiny">{payment.providerReference}</dd></div>}
      </dl>
      {payment.entries.length > 0 && (
        <table className="table plain">
          <caption className="hidden-text">{t('payments.entries')}</caption>
          <thead><tr><th scope="col">{t('payments.when')}</th><th scope="col">{t('payments.kind')}</th><th scope="col">{t('payments.debit')}</th><th scope="col">{t('payments.credit')}</th><th scope="col" className="end">{t('payments.amount')}</th></tr></thead>
          <tbody>
            {payment.entries.map((entry) => (
              <tr key={entry.id}>
                <td className="soft number" data-label={t('payments.when')}>{date(entry.at, 'moment')}</td>
                <td data-label={t('payments.kind')}>{t(`payments.kinds.${entry.kind}`, { defaultValue: entry.kind })}</td>
                <td className="mono tiny" data-label={t('payments.debit')}>{entry.debit}</td>
                <td className="mono tiny" data-label={t('payments.credit')}>{entry.credit}</td>
                <td className="end number strong" data-label={t('payments.amount')}>{money(entry.amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
