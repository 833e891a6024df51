/** What staff does with an order, each named and confirmed: hand over, note its arrival, call off, let go on. */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useFormat } from '../desk.tsx';
import { CancelOrderDocument, DeliverOrderDocument, ResumeSagaDocument, ShipOrderDocument, type WholeOrderFragment } from '../gql/graphql.ts';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { useAttempt } from '../parts/attempt.ts';
import { Field } from '../parts/field.tsx';
import { toast } from '../frame/toasts.tsx';

export interface OrderDialogParts {
  order: WholeOrderFragment;
  close(): void;
  changed(): void;
}

type Answer = { __typename?: string; message?: string } | null | undefined;

/** The refusal's words; null when it was done. */
export function refusalOf(answer: Answer, nothing: string): string | null {
  if (!answer) return nothing;
  return answer.__typename === 'Order' ? null : (answer.message ?? nothing);
}

export function ShipDialog({ order, close, changed }: OrderDialogParts): ReactNode {
  const { t } = useTranslation();
  const { api } = useDesk();
  const attempt = useAttempt();
  const [carrier, setCarrier] = useState('');
  const [trackingNumber, setTracking] = useState('');
  async function run(): Promise<string | null> {
    const input = { orderId: order.id, carrier: carrier.trim(), trackingNumber: trackingNumber.trim() };
    const { shipOrder } = await api.send(ShipOrderDocument, { input: { ...input, idempotencyKey: attempt.keyFor(input) } });
    attempt.end();
    const refused = refusalOf(shipOrder, t('state.unavailable'));
    changed();
    if (refused === null) toast({ text: t('orders.shipped', { number: order.number }) });
    return refused;
  }
  return (
    <ActionDialog title={t('orders.shipTitle', { number: order.number })} text={t('orders.shipText', { name: order.shippingAddress.fullName })} action={t('orders.shipYes')} ready={Boolean(carrier.trim() && trackingNumber.trim())} close={close} run={run}>
      <Field label={t('orders.carrier')}>{(control) => <input {...control} className="input" value={carrier} maxLength={80} list="carriers" autoComplete="off" data-autofocus onChange={(event) => setCarrier(event.target.value)} />}</Field>
      <datalist id="carriers">{['DHL', 'UPS', 'FedEx', 'GLS', 'SF Express', 'EMS'].map((one) => <option key={one} value={one} />)}</datalist>
      <Field label={t('orders.tracking')}>{(control) => <input {...control} className="input" value={trackingNumber} maxLength={80} autoComplete="off" onChange={(event) => setTracking(event.target.value)} />}</Field>
    </ActionDialog>
  );
}

export function DeliverDialog({ order, close, changed }: OrderDialogParts): ReactNode {
  const { t } = useTranslation();
  const { api } = useDesk();
  const attempt = useAttempt();
  async function run(): Promise<string | null> {
    const input = { orderId: order.id };
    const { deliverOrder } = await api.send(DeliverOrderDocument, { input: { ...input, idempotencyKey: attempt.keyFor(input) } });
    attempt.end();
    const refused = refusalOf(deliverOrder, t('state.unavailable'));
    changed();
    if (refused === null) toast({ text: t('orders.delivered', { number: order.number }) });
    return refused;
  }
  return <ActionDialog title={t('orders.deliverTitle', { number: order.number })} text={t('orders.deliverText', { name: order.shippingAddress.fullName })} action={t('orders.deliver')} close={close} run={run} />;
}

export function CancelDialog({ order, close, changed }: OrderDialogParts): ReactNode {
  const { t } = useTranslation();
  const { api } = useDesk();
  const { money } = useFormat();
  const attempt = useAttempt();
  const [reason, setReason] = useState('');
  async function run(): Promise<string | null> {
    const input = { id: order.id, reason: reason.trim() || null };
    const { cancelOrder } = await api.send(CancelOrderDocument, { input: { ...input, idempotencyKey: attempt.keyFor(input) } });
    attempt.end();
    const refused = refusalOf(cancelOrder, t('state.unavailable'));
    changed();
    if (refused === null) toast({ text: t('orders.cancelled', { number: order.number }) });
    return refused;
  }
  return (
    <ActionDialog title={t('orders.cancelTitle', { number: order.number })} text={t('orders.cancelText', { amount: money(order.total), email: order.email })} action={t('orders.cancelYes')} danger close={close} run={run}>
      <Field label={t('orders.reason')} hint={t('orders.reasonHint')}>{(control) => <textarea {...control} className="input" rows={2} value={reason} maxLength={500} data-autofocus onChange={(event) => setReason(event.target.value)} />}</Field>
    </ActionDialog>
  );
}

export function ResumeDialog({ order, close, changed }: OrderDialogParts): ReactNode {
  const { t } = useTranslation();
  const { api } = useDesk();
  const step = order.saga?.steps.find(({ state }) => state === 'STUCK');
  async function run(): Promise<string | null> {
    const { resumeSaga } = await api.send(ResumeSagaDocument, { orderId: order.id });
    const refused = refusalOf(resumeSaga, t('state.unavailable'));
    changed();
    if (refused === null) toast({ text: t('orders.resumed', { number: order.number }) });
    return refused;
  }
  const text = step ? t('orders.resumeText', { step: t(`saga.name.${step.name}`, { defaultValue: step.name }), error: step.error ?? '–' }) : t('orders.resumeAny');
  return <ActionDialog title={t('orders.resumeTitle', { number: order.number })} text={text} action={t('orders.resume')} close={close} run={run} />;
}
