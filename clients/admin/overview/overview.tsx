/** The start of the day: what came in, what waits, what is stuck, what runs low. Every number leads to what it counts. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { announce } from '../../shared/announce.tsx';
import { useData, type Data } from '../../shared/graphql.ts';
import { nowMs } from '../../shared/time.ts';
import { useFormat, useMay } from '../desk.tsx';
import { OrdersChangedDocument, OverviewOrdersDocument, OverviewStockDocument, StockLowDocument, type OverviewOrdersQuery, type OverviewStockQuery } from '../gql/graphql.ts';
import { OrderTable } from '../orders/list.tsx';
import { PanelBones, TableBones } from '../parts/bones.tsx';
import { useLit, useLive, useRefresh } from '../parts/live.ts';
import { PageHead } from '../parts/page.tsx';
import { Picture } from '../parts/picture.tsx';
import { Shown } from '../parts/shown.tsx';
import { address } from '../places.ts';
import { todayOf } from './today.ts';

/** Today's orders are counted among the latest: the supergraph's largest page. */
const RECENT = 100;
const NEWEST_SHOWN = 8;
const LOW_SHOWN = 8;

export default function Overview(): ReactNode {
  const { t } = useTranslation();
  const { date } = useFormat();
  const may = useMay();
  const readsOrders = may('orders:read');
  const readsStock = may('stock:read');
  const orders = useData(OverviewOrdersDocument, { recent: RECENT }, { always: true, pause: !readsOrders });
  const stock = useData(OverviewStockDocument, { first: LOW_SHOWN }, { always: true, pause: !readsStock });
  const { lit, light } = useLit();
  const refreshOrders = useRefresh(orders.retry);
  const refreshStock = useRefresh(stock.retry);
  useLive(OrdersChangedDocument, {}, ({ ordersChanged }) => {
    if (!ordersChanged) return;
    const known = orders.data?.recent?.edges.some(({ node }) => node.id === ordersChanged.id);
    if (orders.data && !known) announce(t('overview.newOrder', { number: ordersChanged.number }));
    light(String(ordersChanged.id));
    refreshOrders();
  }, !readsOrders);
  useLive(StockLowDocument, {}, ({ stockLow }) => {
    if (!stockLow) return;
    announce(t('overview.fellLow', { name: stockLow.variant?.name ?? '', available: stockLow.available }));
    refreshStock();
  }, !readsStock);

  return (
    <>
      <PageHead title={t('overview.title')} under={date(nowMs(), 'day')} />
      <div className="stack">
        <Numbers orders={orders} stock={stock} />
        <div className="overview-grid">
          {readsOrders && (
            <section>
              <h2 className="section-title">{t('overview.newest')}<Link className="link" to="/orders">{t('overview.all')}</Link></h2>
              <Shown of={orders} part={(data) => data.recent} bones={<TableBones rows={6} columns={6} />}>
                {({ edges }) => edges.length === 0 ? <p className="panel soft">{t('overview.noOrders')}</p> : <OrderTable brief rows={edges.slice(0, NEWEST_SHOWN).map(({ node }) => node)} lit={lit} />}
              </Shown>
            </section>
          )}
          {readsStock && (
            <section>
              <h2 className="section-title">{t('overview.low')}<Link className="link" to="/stock?low=1">{t('overview.allLow')}</Link></h2>
              <Shown of={stock} part={(data) => data.stockLevels} bones={<PanelBones heights={[260]} />}>
                {({ edges }) => edges.length === 0 ? <p className="panel soft">{t('overview.noLow')}</p> : <LowList edges={edges} />}
              </Shown>
            </section>
          )}
        </div>
      </div>
    </>
  );
}

function Numbers({ orders, stock }: { orders: Data<OverviewOrdersQuery>; stock: Data<OverviewStockQuery> }): ReactNode {
  const { t } = useTranslation();
  const { money, number } = useFormat();
  const may = useMay();
  const { recent, toShip, pending, stuck } = orders.data ?? {};
  const today = recent ? todayOf(recent.edges.map(({ node }) => node), recent.pageInfo.hasNextPage) : null;
  const count = (connection: { totalCount: number } | null | undefined): string => (connection ? number(connection.totalCount) : '–');
  const stuckNow = stuck?.totalCount ?? 0;
  return (
    <ul className="numbers">
      {may('orders:read') && (
        <>
          <Figure to="/orders" label={t('overview.today')} value={today ? (today.all ? number(today.count) : t('overview.atLeast', { count: today.count })) : '–'} note={today && today.all ? today.sums.map((sum) => money(sum)).join(' + ') : null} busy={orders.loading} />
          <Figure to="/orders?view=toShip" label={t('overview.toShip')} value={count(toShip)} busy={orders.loading} />
          <Figure to="/orders?view=pending" label={t('overview.pending')} value={count(pending)} busy={orders.loading} />
          <Figure to="/orders?view=stuck" label={t('overview.stuck')} value={count(stuck)} tone={stuckNow > 0 ? 'bad' : undefined} note={stuck ? t(stuckNow > 0 ? 'overview.needsYou' : 'overview.allWell') : null} busy={orders.loading} />
        </>
      )}
      {may('stock:read') && <Figure to="/stock?low=1" label={t('overview.low')} value={count(stock.data?.stockLevels)} tone={stock.data?.stockLevels?.totalCount ? 'warn' : undefined} busy={stock.loading} />}
    </ul>
  );
}

function Figure({ to, label, value, note, tone, busy }: { to: string; label: string; value: string; note?: string | null; tone?: 'bad' | 'warn' | undefined; busy: boolean }): ReactNode {
  return (
    <li>
      <Link className="figure" to={to} aria-busy={busy}>
        <span className="soft small">{label}</span>
        <strong className={`number ${tone ?? ''}`}>{busy ? <span className="skeleton" style={{ height: 28, width: 48 }} /> : value}</strong>
        <span className={`tiny number ${tone ?? 'soft'}`}>{note ?? '\u00a0'}</span>
      </Link>
    </li>
  );
}

function LowList({ edges }: { edges: NonNullable<OverviewStockQuery['stockLevels']>['edges'] }): ReactNode {
  const { t } = useTranslation();
  return (
    <ul className="panel flush low-list">
      {edges.map(({ node }) => (
        <li key={node.id}>
          <Link to={address.stockOf(node.id)}>
            <Picture image={node.variant?.image} size={32} />
            <span className="low-name">{node.variant?.name ?? t('stock.gone')}</span>
            <span className={`number strong ${node.available === 0 ? 'bad' : 'warn'}`}>{t('overview.free', { available: node.available, onHand: node.onHand })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
