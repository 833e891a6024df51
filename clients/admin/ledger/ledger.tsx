/** The books: every account's balance, and the proof that they add up. */
import { IconBook2 } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useData } from '../../shared/graphql.ts';
import { minorDigits } from '../../shared/money.ts';
import { Empty } from '../../shared/states.tsx';
import { useDesk } from '../desk.tsx';
import { LedgerBalancesDocument, type LedgerBalancesQuery } from '../gql/graphql.ts';
import { TableBones } from '../parts/bones.tsx';
import { useRefresh } from '../parts/live.ts';
import { PageHead } from '../parts/page.tsx';
import { Shown } from '../parts/shown.tsx';
import { decimalOf } from './decimal.ts';

type Balance = NonNullable<LedgerBalancesQuery['ledgerBalances']>[number];

export default function Ledger(): ReactNode {
  const { t } = useTranslation();
  const balances = useData(LedgerBalancesDocument, {}, { always: true });
  useRefresh(balances.retry);
  return (
    <>
      <PageHead title={t('ledger.title')} under={t('ledger.text')} />
      <Shown of={balances} part={(data) => data.ledgerBalances} bones={<TableBones rows={5} columns={2} />}>
        {(list) =>
          list.length === 0 ? <Empty icon={<IconBook2 size={40} stroke={1.4} />} title={t('ledger.none')} text={t('ledger.noneText')} /> : (
            <div className="stack">{[...new Set(list.map(({ currency }) => currency))].sort().map((currency) => <Books key={currency} currency={currency} balances={list.filter((one) => one.currency === currency)} />)}</div>
          )
        }
      </Shown>
    </>
  );
}

function Books({ currency, balances }: { currency: string; balances: readonly Balance[] }): ReactNode {
  const { t } = useTranslation();
  const { language } = useDesk();
  const sum = balances.reduce((total, { balanceMinor }) => total + BigInt(balanceMinor), 0n);
  const show = (minor: bigint): string => decimalOf(minor, minorDigits(currency), currency, language);
  return (
    <section className="panel flush narrow">
      <h2 className="panel-title">{currency}<span className={`badge ${sum === 0n ? 'good' : 'bad'}`}>{t(sum === 0n ? 'ledger.balanced' : 'ledger.unbalanced')}</span></h2>
      <table className="table plain">
        <caption className="hidden-text">{currency}</caption>
        <thead><tr><th scope="col">{t('ledger.account')}</th><th scope="col" className="end">{t('ledger.balance')}</th></tr></thead>
        <tbody>
          {balances.map(({ account, balanceMinor }) => (
            <tr key={account}><td className="mono">{account}</td><td className="end number strong" data-label={t('ledger.balance')}>{show(BigInt(balanceMinor))}</td></tr>
          ))}
        </tbody>
        <tfoot><tr><th scope="row">{t('ledger.sum', { currency })}</th><td className="end number strong">{show(sum)}</td></tr></tfoot>
      </table>
    </section>
  );
}
