/** An order: where it stands, what happens next, and a time-line that moves by itself. */
import { IconLock } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { announce } from '../../shared/announce.tsx';
import { useData } from '../../shared/graphql.ts';
import { Bone, Empty, Failed, Loading } from '../../shared/states.tsx';
import { Picture } from '../catalogue/card.tsx';
import { countryName } from '../checkout/countries.ts';
import { useTitle } from '../frame/arrival.ts';
import { OrderChangedDocument, OrderDocument, type OrderViewFragment } from '../gql/graphql.ts';
import '../look/cart.css';
import '../look/checkout.css';
import { address } from '../places.ts';
import { useFormat, useShop } from '../shop.tsx';
import { BankStep } from './bank-step.tsx';
import { CancelOrder } from './cancel-order.tsx';
import { guestTokenOf, keepGuestToken } from './guest-token.ts';

export default function Order(): ReactNode {
  const { t } = useTranslation();
  const { pathname, hash, search, state: arrived } = useLocation();
  const id = decodeURIComponent(pathname.split('/')[2] ?? '');
  const guestToken = useMemo(() => guestTokenOf(id, hash, search), [id, hash, search]);
  const { data, loading, problem, retry } = useData(OrderDocument, { id, guestToken }, { always: true });
  const [live, setLive] = useLiveOrder(id, guestToken);
  const order = live ?? data?.order ?? null;
  useTitle(order ? t('order.title', { number: order.number }) : t('nav.orders'));
  useEffect(() => {
    if (guestToken && order) keepGuestToken(id, guestToken);
  }, [id, guestToken, order !== null]);

  if (loading && !order) return <div className="page stack"><Loading><div className="stack"><Bone height={40} width={280} /><Bone height={80} radius={20} /><Bone height={320} radius={20} /></div></Loading></div>;
  if (!order) {
    const hidden = !problem || problem.code === 'NOT_FOUND' || problem.code === 'FORBIDDEN' || problem.code === 'UNAUTHENTICATED';
    if (!hidden && problem) return <Failed problem={problem} retry={retry} />;
    return <div className="page"><Empty icon={<IconLock size={44} stroke={1.3} />} title={t('order.notFound')} text={t('order.notFoundHint')}><Link className="button" to={`${address.signIn}?to=${encodeURIComponent(pathname)}`}>{t('account.signIn')}</Link></Empty></div>;
  }
  return <Shown order={order} guestToken={guestToken} justPlaced={(arrived as { justPlaced?: boolean } | null)?.justPlaced === true} onChange={setLive} />;
}

/** The order as the subscription tells it; the present state comes first, so a broken line loses nothing. */
function useLiveOrder(id: string, guestToken: string | null): [OrderViewFragment | null, (order: OrderViewFragment) => void] {
  const { t } = useTranslation();
  const { api } = useShop();
  const [order, setOrder] = useState<OrderViewFragment | null>(null);
  const status = useRef<string | null>(null);
  useEffect(() => {
    setOrder(null);
    status.current = null;
    return api.live.subscribe(OrderChangedDocument, { id, guestToken }, ({ orderChanged }) => {
      if (!orderChanged) return;
      if (status.current && status.current !== orderChanged.status) announce(t('order.statusChanged', { status: t(`order.statuses.${orderChanged.status}`) }));
      status.current = orderChanged.status;
      setOrder(orderChanged);
    });
  }, [api, id, guestToken, t]);
  return [order, setOrder];
}

const STEPS = ['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED'] as const;

function Shown({ order, guestToken, justPlaced, onChange }: { order: OrderViewFragment; guestToken: string | null; justPlaced: boolean; onChange: (order: OrderViewFragment) => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const at = STEPS.indexOf(order.status as (typeof STEPS)[number]);
  const cancelled = order.status === 'CANCELLED';
  const declined = cancelled && order.payment.status === 'DECLINED';
  return (
    <div className="page stack loose">
      <div className="stack tight">
        {justPlaced && !cancelled && <p className="badge good order-thanks">{t(order.status === 'PENDING' ? 'order.thanks' : 'order.confirmedTitle')}</p>}
        <h1>{t('order.title', { number: order.number })}</h1>
        <p className="soft">{t('order.placedOn', { date: format.date(order.placedAt, 'moment') })} · {t('order.letter', { email: order.email })}</p>
      </div>
      {order.payment.status === 'ACTION_REQUIRED' && order.payment.actionUrl && <BankStep url={order.payment.actionUrl} expiresAt={order.payment.actionExpiresAt ?? null} />}
      <section className="panel stack" aria-label={t('order.next')}>
        {cancelled ? <p className="badge bad" data-testid="order-status">{t('order.statuses.CANCELLED')}</p> : (
          <ol className="steps">
            {STEPS.map((step, index) => <li key={step} data-done={index <= at || undefined} aria-current={index === at ? 'step' : undefined} data-testid={index === at ? 'order-status' : undefined}>{t(`order.statuses.${step}`)}</li>)}
          </ol>
        )}
        <p><strong>{t('order.next')}:</strong> {declined ? t('order.declined') : t(`order.nexts.${order.payment.status === 'ACTION_REQUIRED' ? 'ACTION' : order.status}`, { carrier: order.shipment?.carrier ?? '', tracking: order.shipment?.trackingNumber ?? '' })}</p>
        {guestToken && <p className="soft tiny">{t('order.bookmark')}</p>}
      </section>
      <div className="order">
        <div className="stack loose">
          <section className="panel stack">
            <h2>{t('order.items')}</h2>
            <ul className="summary-lines order-lines">
              {order.lines.map((line) => (
                <li key={line.id}>
                  <span className="cart-picture"><Picture image={line.variant?.image ?? null} alt="" size={56} /></span>
                  <span className="small">{line.variant?.product.slug ? <Link className="link" to={address.product(line.variant.product.slug)}>{line.name}</Link> : line.name}<span className="soft"> × {line.quantity}</span></span>
                  <span className="number small">{format.money(line.lineTotal)}</span>
                </li>
              ))}
            </ul>
            <Totals order={order} />
          </section>
          <section className="panel fields">
            <div className="stack tight"><h2>{t('order.address')}</h2><Address order={order} /></div>
            <div className="stack tight"><h2>{t('order.payment')}</h2><p data-testid="payment-status">{t(`order.payments.${order.payment.status}`)}</p></div>
          </section>
          <div className="row wrap">
            {order.cancellable && <CancelOrder order={order} guestToken={guestToken} onCancelled={onChange} />}
            <Link className="button quiet" to="/">{t('order.again')}</Link>
          </div>
        </div>
        <section className="panel stack" aria-label={t('order.timeline')}>
          <h2>{t('order.timeline')}</h2>
          <ol className="timeline" data-testid="timeline">
            {order.timeline.map((entry, index) => <li key={`${entry.kind} ${index}`} data-kind={entry.kind}><span>{entry.message}</span><time className="soft tiny" dateTime={entry.at}>{format.date(entry.at, 'moment')}</time></li>)}
          </ol>
          <p className="soft tiny">{t('order.live')}</p>
        </section>
      </div>
    </div>
  );
}

function Totals({ order }: { order: OrderViewFragment }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <dl className="totals">
      <div><dt>{t('cart.subtotal')}</dt><dd className="number">{format.money(order.subtotal)}</dd></div>
      {order.discount.amountMinor > 0 && <div><dt>{t('cart.discount')}</dt><dd className="number good">−{format.money(order.discount)}</dd></div>}
      <div><dt>{t('cart.shipping')}</dt><dd className="number">{order.shipping.amountMinor === 0 ? t('cart.free') : format.money(order.shipping)}</dd></div>
      <div><dt>{t('cart.tax')}</dt><dd className="number">{format.money(order.tax)}</dd></div>
      <div className="totals-sum"><dt>{t('cart.total')}</dt><dd className="number">{format.money(order.total)}</dd></div>
      {order.refunded.amountMinor > 0 && <div><dt>{t('order.refunded')}</dt><dd className="number good">{format.money(order.refunded)}</dd></div>}
    </dl>
  );
}

function Address({ order }: { order: OrderViewFragment }): ReactNode {
  const { language } = useShop();
  const { fullName, line1, line2, postalCode, city, region, countryCode, phone } = order.shippingAddress;
  return <address className="small">{[fullName, line1, line2, `${postalCode} ${city}`, region, countryName(countryCode, language), phone].filter(Boolean).map((line, index) => <span key={index}>{line}<br /></span>)}</address>;
}
