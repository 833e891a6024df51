/** One order, whole: what was bought, where the money is, what happened, how its saga went, and what can be done now. */
import { IconReceiptOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { Empty } from '../../shared/states.tsx';
import { useFormat, useMay } from '../desk.tsx';
import { OrderChangedDocument, OrderDocument, type WholeOrderFragment } from '../gql/graphql.ts';
import { OrderBadge, PaymentBadge, StuckBadge } from '../parts/badges.tsx';
import { PanelBones } from '../parts/bones.tsx';
import { useLive, useRefresh } from '../parts/live.ts';
import { PageHead } from '../parts/page.tsx';
import { Shown } from '../parts/shown.tsx';
import { CancelDialog, DeliverDialog, ResumeDialog, ShipDialog } from './dialogs.tsx';
import { Lines } from './lines.tsx';
import { Payments } from './payments.tsx';
import { RefundDialog } from './refund.tsx';
import { refundableMinor } from './refund-sum.ts';
import { SagaTable } from './saga.tsx';

export default function Order(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const order = useData(OrderDocument, { id }, { always: true });
  const refresh = useRefresh(order.retry);
  useLive(OrderChangedDocument, { id }, refresh);
  const title = order.data?.order?.number ?? t('orders.one');
  const back = { to: '/orders', label: t('nav.orders') };
  return (
    <>
      {!order.data?.order && <PageHead title={title} back={back} />}
      <Shown
        of={order} part={(data) => data.order} bones={<PanelBones heights={[220, 160, 180]} />}
        missing={<Empty icon={<IconReceiptOff size={40} stroke={1.4} />} title={t('orders.unknown')} text={t('orders.unknownText')} />}
      >
        {(found) => <OrderPage order={found} back={back} changed={order.retry} />}
      </Shown>
    </>
  );
}

type Asked = 'ship' | 'deliver' | 'cancel' | 'refund' | 'resume' | null;

function OrderPage({ order, back, changed }: { order: WholeOrderFragment; back: { to: string; label: string }; changed(): void }): ReactNode {
  const { t } = useTranslation();
  const { date } = useFormat();
  const may = useMay();
  const [asked, setAsked] = useState<Asked>(null);
  const close = (): void => setAsked(null);
  const writes = may('orders:write');
  const stuck = order.saga?.state === 'STUCK' || Boolean(order.saga?.steps.some(({ state }) => state === 'STUCK'));
  const paidWhole = order.payment.status === 'CAPTURED' || order.payment.status === 'PARTIALLY_REFUNDED';
  const parts = { order, close, changed };

  return (
    <>
      <PageHead
        title={order.number} back={back} under={t('orders.placedOn', { date: date(order.placedAt, 'moment') })}
        beside={<><OrderBadge status={order.status} /><PaymentBadge status={order.payment.status} />{stuck && <StuckBadge />}</>}
      >
        {writes && order.status === 'CONFIRMED' && order.cancellable && paidWhole && <button type="button" className="button" onClick={() => setAsked('ship')}>{t('orders.ship')}</button>}
        {writes && order.status === 'SHIPPED' && <button type="button" className="button" onClick={() => setAsked('deliver')}>{t('orders.deliver')}</button>}
        {stuck && may('operations:run') && <button type="button" className="button" onClick={() => setAsked('resume')}>{t('orders.resume')}</button>}
        {writes && refundableMinor(order) > 0 && <button type="button" className="button plain" onClick={() => setAsked('refund')}>{t('orders.refund')}</button>}
        {writes && order.cancellable && <button type="button" className="button danger" onClick={() => setAsked('cancel')}>{t('orders.cancel')}</button>}
      </PageHead>
      <div className="order-grid">
        <div className="stack">
          <Lines order={order} />
          <SagaTable saga={order.saga ?? null} />
          <Payments payments={order.payments ?? null} />
        </div>
        <div className="stack">
          <Customer order={order} />
          {order.shipment && (
            <section className="panel tight"><h2>{t('orders.shipment')}</h2>
              <dl className="facts"><dt>{t('orders.carrier')}</dt><dd>{order.shipment.carrier}</dd><dt>{t('orders.tracking')}</dt><dd className="mono">{order.shipment.trackingNumber}</dd><dt>{t('orders.shippedAt')}</dt><dd>{date(order.shipment.shippedAt, 'moment')}</dd></dl>
            </section>
          )}
          <Timeline order={order} />
        </div>
      </div>
      {asked === 'ship' && <ShipDialog {...parts} />}
      {asked === 'deliver' && <DeliverDialog {...parts} />}
      {asked === 'cancel' && <CancelDialog {...parts} />}
      {asked === 'refund' && <RefundDialog {...parts} />}
      {asked === 'resume' && <ResumeDialog {...parts} />}
    </>
  );
}

function Customer({ order }: { order: WholeOrderFragment }): ReactNode {
  const { t } = useTranslation();
  const may = useMay();
  const to = order.shippingAddress;
  return (
    <section className="panel tight">
      <h2>{t('orders.customer')}</h2>
      <p>{order.customer?.displayName ?? t('orders.guest')}<br />
        {may('users:read') && order.customer ? <Link className="link" to={`/customers?q=${encodeURIComponent(order.email)}`}>{order.email}</Link> : <span className="soft">{order.email}</span>}
      </p>
      <h3 className="label">{t('orders.address')}</h3>
      <address>
        {[to.fullName, to.line1, to.line2, [to.postalCode, to.city].filter(Boolean).join(' '), to.region, to.countryCode, to.phone].filter(Boolean).map((line, index) => <span key={index}>{line}<br /></span>)}
      </address>
    </section>
  );
}

function Timeline({ order }: { order: WholeOrderFragment }): ReactNode {
  const { t } = useTranslation();
  const { date } = useFormat();
  return (
    <section className="panel tight">
      <h2>{t('orders.timeline')}</h2>
      <ol className="timeline">
        {[...order.timeline].reverse().map((entry, index) => (
          <li key={`${entry.at} ${entry.kind} ${index}`}><span>{entry.message}</span><time className="soft tiny number" dateTime={entry.at}>{date(entry.at, 'moment')}</time></li>
        ))}
      </ol>
    </section>
  );
}
