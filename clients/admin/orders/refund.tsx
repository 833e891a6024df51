/** Giving money back: the whole, units of lines, or an amount, with the sum in sight before it is done. */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk, useFormat } from '../desk.tsx';
import { RefundOrderDocument, type WholeOrderFragment } from '../gql/graphql.ts';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { useAttempt } from '../parts/attempt.ts';
import { Field } from '../parts/field.tsx';
import { minorOf } from '../parts/amount.ts';
import { toast } from '../frame/toasts.tsx';
import { refusalOf, type OrderDialogParts } from './dialogs.tsx';
import { refundableMinor, refundOfUnits } from './refund-sum.ts';

type Way = 'whole' | 'lines' | 'amount';
const WAYS: readonly Way[] = ['whole', 'lines', 'amount'];

export function RefundDialog({ order, close, changed }: OrderDialogParts): ReactNode {
  const { t } = useTranslation();
  const { api } = useDesk();
  const { money } = useFormat();
  const attempt = useAttempt();
  const [way, setWay] = useState<Way>('whole');
  const [units, setUnits] = useState<ReadonlyMap<string, number>>(new Map());
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const { currency } = order.total;
  const left = refundableMinor(order);
  const amount = minorOf(typed, currency);
  const sum = way === 'whole' ? left : way === 'lines' ? refundOfUnits(order, units) : (amount ?? 0);
  const tooMuch = sum > left;

  async function run(): Promise<string | null> {
    const chosen = [...units].filter(([, quantity]) => quantity > 0).map(([lineId, quantity]) => ({ lineId, quantity }));
    const input = {
      orderId: order.id, reason: reason.trim() || null,
      ...(way === 'amount' && { amount: { amountMinor: sum, currency } }), ...(way === 'lines' && { lines: chosen }),
    };
    const { refundOrder } = await api.send(RefundOrderDocument, { input: { ...input, idempotencyKey: attempt.keyFor(input) } });
    attempt.end();
    const refused = refusalOf(refundOrder, t('state.unavailable'));
    changed();
    if (refused === null) toast({ text: t('refund.done', { amount: money({ amountMinor: sum, currency }), number: order.number }) });
    return refused;
  }

  const amountText = money({ amountMinor: sum, currency });
  return (
    <ActionDialog title={t('refund.title', { number: order.number })} action={t('refund.yes', { amount: amountText })} danger wide ready={sum > 0 && !tooMuch} close={close} run={run}>
      <fieldset className="choices">
        <legend className="hidden-text">{t('refund.way')}</legend>
        {WAYS.map((one) => (
          <label key={one} className="choice"><input type="radio" name="way" checked={way === one} onChange={() => setWay(one)} /><span>{t(`refund.ways.${one}`)}</span></label>
        ))}
      </fieldset>
      {way === 'lines' && <LineChoice order={order} units={units} choose={(id, quantity) => setUnits(new Map(units).set(id, quantity))} />}
      {way === 'amount' && (
        <Field label={t('refund.amount', { currency })} problem={typed && amount === null ? t('refund.amountWrong') : null}>
          {(control) => <input {...control} className="input number" inputMode="decimal" autoComplete="off" value={typed} onChange={(event) => setTyped(event.target.value)} />}
        </Field>
      )}
      <Field label={t('orders.reason')} hint={t('orders.reasonHint')}>{(control) => <input {...control} className="input" value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} />}</Field>
      <dl className="sums preview" aria-live="polite">
        <div><dt>{t('refund.paid')}</dt><dd className="number">{money(order.total)}</dd></div>
        {order.refunded.amountMinor > 0 && <div><dt>{t('refund.before')}</dt><dd className="number">−{money(order.refunded)}</dd></div>}
        <div className="strong"><dt>{t('refund.now')}</dt><dd className="number">−{amountText}</dd></div>
        <div><dt>{t('refund.stays')}</dt><dd className="number">{money({ amountMinor: Math.max(0, left - sum), currency })}</dd></div>
      </dl>
      {tooMuch && <p className="note warn">{t('refund.tooMuch', { amount: money({ amountMinor: left, currency }) })}</p>}
      {way === 'lines' && order.refunded.amountMinor > 0 && <p className="soft tiny">{t('refund.rounding')}</p>}
    </ActionDialog>
  );
}

function LineChoice({ order, units, choose }: { order: WholeOrderFragment; units: ReadonlyMap<string, number>; choose(id: string, quantity: number): void }): ReactNode {
  const { t } = useTranslation();
  const { money } = useFormat();
  return (
    <ul className="line-choice">
      {order.lines.map((line) => {
        const id = String(line.id);
        return (
          <li key={id}>
            <span className="two-lines"><span>{line.name}</span><span className="soft tiny number">{money(line.unitPrice)} × {line.quantity}</span></span>
            <input
              className="input number units" type="number" min={0} max={line.quantity} step={1} aria-label={t('refund.unitsOf', { name: line.name, max: line.quantity })} value={units.get(id) ?? 0}
              onChange={(event) => choose(id, Math.min(line.quantity, Math.max(0, Math.trunc(Number(event.target.value) || 0))))}
            />
          </li>
        );
      })}
    </ul>
  );
}
