/** All orders, newest first: views and search in the address, new and changed ones appear by themselves. */
import { IconReceiptOff } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useData } from '../../shared/graphql.ts';
import { Empty } from '../../shared/states.tsx';
import { useFormat } from '../desk.tsx';
import { OrdersChangedDocument, OrdersDocument, type OrderFilter, type OrderRowFragment, type OrderStatus } from '../gql/graphql.ts';
import { OrderBadge, PaymentBadge, StuckBadge } from '../parts/badges.tsx';
import { TableBones } from '../parts/bones.tsx';
import { Pager, SearchField, useFilters, usePage, Views } from '../parts/filters.tsx';
import { useLit, useLive, useRefresh } from '../parts/live.ts';
import { PageHead } from '../parts/page.tsx';
import { Shown } from '../parts/shown.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { address } from '../places.ts';

const PAGE = 25;
const VIEWS: Record<string, OrderFilter> = {
  '': {}, toShip: { status: ['CONFIRMED'] }, pending: { status: ['PENDING'] }, sent: { status: ['SHIPPED', 'DELIVERED'] }, cancelled: { status: ['CANCELLED'] }, stuck: { stuck: true },
};

export default function Orders(): ReactNode {
  const { t } = useTranslation();
  const filters = useFilters();
  const { after } = usePage();
  const view = filters.get('view');
  const search = filters.get('q');
  const orders = useData(OrdersDocument, { first: PAGE, after, filter: { ...VIEWS[view], search: search || null } }, { always: true });
  const refresh = useRefresh(orders.retry);
  const { lit, light } = useLit();
  useLive(OrdersChangedDocument, {}, ({ ordersChanged }) => {
    if (!ordersChanged) return;
    light(String(ordersChanged.id));
    refresh();
  });

  return (
    <>
      <PageHead title={t('nav.orders')} />
      <div className="list-tools">
        <Views label={t('orders.views')} name="view" views={Object.keys(VIEWS).map((value) => ({ value, label: t(`orders.view.${value || 'all'}`) }))} />
        <SearchField filters={filters} label={t('orders.search')} placeholder={t('orders.searchHint')} />
      </div>
      <Shown of={orders} part={(data) => data.orders} bones={<TableBones columns={6} />}>
        {({ edges, totalCount, pageInfo }) =>
          edges.length === 0 ? (
            <Empty icon={<IconReceiptOff size={40} stroke={1.4} />} title={t(view || search ? 'orders.noneHere' : 'orders.none')} text={t(view || search ? 'orders.noneHereText' : 'orders.noneText')}>
              {(view || search) && <button type="button" className="button plain" onClick={() => filters.set({ view: '', q: '' })}>{t('list.clearAll')}</button>}
            </Empty>
          ) : (
            <>
              <OrderTable rows={edges.map(({ node }) => node)} lit={lit} />
              <Pager shown={edges.length} total={totalCount} size={PAGE} next={pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null} />
            </>
          )
        }
      </Shown>
    </>
  );
}

/** `brief` leaves out what the order's own page tells. */
export function OrderTable({ rows, lit, brief = false }: { rows: readonly OrderRowFragment[]; lit: ReadonlySet<string>; brief?: boolean }): ReactNode {
  const { t } = useTranslation();
  const { money, date, number, short } = useFormat();
  const columns = useMemo<Column<OrderRowFragment>[]>(
    () => [
      { key: 'number', label: t('orders.number'), show: (row) => <span className="number strong">{row.number}</span> },
      { key: 'placed', label: t('orders.placed'), show: (row) => <time className="soft number" dateTime={row.placedAt} title={date(row.placedAt, 'moment')}>{short(row.placedAt)}</time> },
      { key: 'customer', label: t('orders.customer'), phone: 'bare', show: (row) => <span className="two-lines"><span>{row.shippingAddress.fullName}</span><span className="soft tiny">{row.email}</span></span> },
      { key: 'status', label: t('orders.status'), phone: 'bare', show: (row) => <span className="row wrap tight"><OrderBadge status={row.status as OrderStatus} />{row.saga?.state === 'STUCK' && <StuckBadge />}</span> },
      { key: 'payment', label: t('orders.payment'), phone: 'bare', show: (row) => <PaymentBadge status={row.payment.status} /> },
      { key: 'items', label: t('orders.items'), end: true, spare: true, show: (row) => <span className="number soft">{number(row.lines.reduce((sum, line) => sum + line.quantity, 0))}</span> },
      { key: 'total', label: t('orders.total'), end: true, phone: 'first', show: (row) => <span className="number strong">{money(row.total)}</span> },
    ],
    [t],
  );
  return (
    <div className="panel flush">
      <Table caption={t('nav.orders')} columns={brief ? columns.filter(({ key }) => key !== 'items' && key !== 'payment') : columns} rows={rows} rowKey={(row) => String(row.id)} to={(row) => address.order(row.id)} lit={lit} />
    </div>
  );
}
