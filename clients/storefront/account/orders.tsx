import { IconPackage } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { Bone, Empty, Failed, Loading } from '../../shared/states.tsx';
import { Picture } from '../catalogue/card.tsx';
import { MyOrdersDocument, type MyOrdersQuery } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { useFormat } from '../shop.tsx';

type Node = NonNullable<NonNullable<MyOrdersQuery['viewer']>['orders']>['edges'][number]['node'];

/** What was bought, newest first. */
export function Orders(): ReactNode {
  const [pages, setPages] = useState<(string | null)[]>([null]);
  return <ul className="stack">{pages.map((after, index) => <Page key={after ?? ''} after={after} last={index === pages.length - 1} onMore={(cursor) => setPages([...pages, cursor])} />)}</ul>;
}

function Page({ after, last, onMore }: { after: string | null; last: boolean; onMore: (cursor: string) => void }): ReactNode {
  const { t } = useTranslation();
  const { data, loading, problem, retry } = useData(MyOrdersDocument, { after }, { always: true });
  const orders = data?.viewer?.orders;
  if (loading) return <li><Loading><div className="stack"><Bone height={130} radius={20} /><Bone height={130} radius={20} /></div></Loading></li>;
  if (!orders) return problem ? <li><Failed problem={problem} retry={retry} /></li> : null;
  if (orders.totalCount === 0) return <li><Empty icon={<IconPackage size={44} stroke={1.3} />} title={t('account.noOrders')} text={t('account.noOrdersHint')}><Link className="button" to={address.products}>{t('cart.browse')}</Link></Empty></li>;
  const { hasNextPage, endCursor } = orders.pageInfo;
  return (
    <>
      {orders.edges.map(({ node }) => <li key={node.id}><OrderCard order={node} /></li>)}
      {last && hasNextPage && endCursor && <li><button type="button" className="button plain" onClick={() => onMore(endCursor)}>{t('account.more')}</button></li>}
    </>
  );
}

const MOST_PICTURES = 5;

function OrderCard({ order }: { order: Node }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const count = order.lines.reduce((sum, line) => sum + line.quantity, 0);
  const look = order.status === 'CANCELLED' ? 'bad' : order.status === 'DELIVERED' ? 'good' : 'accent';
  return (
    <article className="panel order-card">
      <div className="row between wrap">
        <h2 className="card-name"><Link to={address.order(order.id)}>{t('account.order', { number: order.number })}</Link></h2>
        <span className={`badge ${look}`}>{t(`order.statuses.${order.status}`)}</span>
      </div>
      <div className="order-card-pictures">{order.lines.slice(0, MOST_PICTURES).map((line) => <span key={line.id} className="cart-picture" title={line.name}><Picture image={line.variant?.image ?? null} alt={line.name} size={56} /></span>)}</div>
      <p className="row between wrap soft small"><span>{format.date(order.placedAt, 'moment')} · {t('account.items', { count })}</span><strong className="number">{format.money(order.total)}</strong></p>
    </article>
  );
}
