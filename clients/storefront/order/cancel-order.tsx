import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../shared/announce.tsx';
import { ProblemError } from '../../shared/problem.ts';
import { problemText } from '../../shared/states.tsx';
import { newKey } from '../../shared/time.ts';
import { Field } from '../form/field.tsx';
import { CancelOrderDocument, type OrderViewFragment } from '../gql/graphql.ts';
import { useShop } from '../shop.tsx';

/** Calling an order off, named and confirmed. */
export function CancelOrder({ order, guestToken, onCancelled }: { order: OrderViewFragment; guestToken: string | null; onCancelled: (order: OrderViewFragment) => void }): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const dialog = useRef<HTMLDialogElement>(null);
  const key = useRef(newKey());
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);

  async function cancel(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setSaid(null);
    try {
      const { cancelOrder } = await api.send(CancelOrderDocument, { input: { id: order.id, guestToken, reason: reason.trim() || null, idempotencyKey: key.current } });
      if (cancelOrder?.__typename === 'Order') {
        dialog.current?.close();
        announce(t('order.cancelled'));
        onCancelled(cancelOrder);
      } else {
        key.current = newKey();
        setSaid(cancelOrder?.message ?? t('state.errorText'));
      }
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setSaid(problemText(error.problem, t));
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <button type="button" className="button danger" aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>{t('order.cancel')}</button>
      <dialog ref={dialog} className="modal" aria-labelledby="cancel-title">
        <div className="stack">
          <h2 id="cancel-title">{t('order.cancelTitle', { number: order.number })}</h2>
          <p>{t('order.cancelText')}</p>
          <Field label={t('order.cancelReason')}>{(parts) => <input {...parts} className="input" maxLength={500} value={reason} onChange={(event) => setReason(event.target.value)} />}</Field>
          {said && <p className="note bad" role="alert">{said}</p>}
          <div className="row wrap">
            <button type="button" className="button danger" aria-busy={busy} onClick={() => void cancel()}>{t('order.cancelYes')}</button>
            <button type="button" className="button quiet" onClick={() => dialog.current?.close()}>{t('order.cancelNo')}</button>
          </div>
        </div>
      </dialog>
    </>
  );
}
