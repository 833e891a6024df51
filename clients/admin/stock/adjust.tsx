/** Counting, receiving, writing off: by a difference or to a count, with a reason and the outcome in sight; can be taken back. */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../shared/time.ts';
import { useDesk } from '../desk.tsx';
import { toast } from '../frame/toasts.tsx';
import { AdjustStockDocument, type AdjustStockMutation, type LevelRowFragment } from '../gql/graphql.ts';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { useAttempt } from '../parts/attempt.ts';
import { Field } from '../parts/field.tsx';
import { saidByUndo } from '../parts/undo.ts';

const REASONS = ['RECEIVED', 'COUNTED', 'WRITTEN_OFF'] as const;
const OWN = 'own';
const LONGEST_REASON = 200;

export function AdjustDialog({ level, close, changed }: { level: LevelRowFragment; close(): void; changed(): void }): ReactNode {
  const { t } = useTranslation();
  const { api } = useDesk();
  const attempt = useAttempt();
  const [way, setWay] = useState<'delta' | 'setTo'>('delta');
  const [typed, setTyped] = useState('');
  const [picked, setPicked] = useState<string>(REASONS[0]);
  const [own, setOwn] = useState('');
  const name = level.variant?.name ?? t('stock.gone');
  const value = /^[+-]?\d{1,9}$/.test(typed.trim()) && (way === 'delta' || !typed.trim().startsWith('-')) ? Number(typed) : null;
  const onHand = value === null ? null : way === 'delta' ? level.onHand + value : value;
  const belowHeld = onHand !== null && onHand < level.held;
  const reason = picked === OWN ? own.trim() : picked;

  async function run(): Promise<string | null> {
    const input = { variantId: level.id, reason, ...(way === 'delta' ? { delta: value } : { setTo: value }) };
    const { adjustStock } = await api.send(AdjustStockDocument, { input: { ...input, idempotencyKey: attempt.keyFor(input) } });
    attempt.end();
    changed();
    if (adjustStock?.__typename !== 'StockLevel') return refusalText(adjustStock) ?? t('state.unavailable');
    const moved = adjustStock.movements[0]?.delta ?? 0;
    toast({ text: t('stock.done', { name, onHand: adjustStock.onHand }), ...(moved !== 0 && { undo: () => takeBack(-moved) }) });
    return null;
  }

  async function takeBack(delta: number): Promise<string> {
    const undoReason = t('stock.undoReason', { reason: t(`stock.reasons.${reason}`, { defaultValue: reason }) }).slice(0, LONGEST_REASON);
    let after = 0;
    const work = async (): Promise<string | null> => {
      const { adjustStock } = await api.send(AdjustStockDocument, { input: { variantId: level.id, delta, reason: undoReason, idempotencyKey: newKey() } });
      changed();
      if (adjustStock?.__typename !== 'StockLevel') return refusalText(adjustStock) ?? t('state.unavailable');
      after = adjustStock.onHand;
      return null;
    };
    const said = await saidByUndo(work, '', (message) => t('stock.undoRefused', { message }), t);
    return said || t('stock.undone', { name, onHand: after });
  }

  const numberProblem = typed.trim() === '' ? null : value === null ? t('stock.wrongNumber') : belowHeld ? t('stock.belowHeld', { held: level.held }) : null;
  return (
    <ActionDialog title={t('stock.adjustTitle', { name })} action={t('stock.save')} ready={value !== null && !(way === 'delta' && value === 0) && !belowHeld && reason !== ''} close={close} run={run}>
      <fieldset className="choices">
        <legend className="hidden-text">{t('stock.way')}</legend>
        <label className="choice"><input type="radio" name="way" checked={way === 'delta'} onChange={() => setWay('delta')} /><span>{t('stock.byDelta')}</span></label>
        <label className="choice"><input type="radio" name="way" checked={way === 'setTo'} onChange={() => { setWay('setTo'); setPicked('COUNTED'); }} /><span>{t('stock.setTo')}</span></label>
      </fieldset>
      <Field label={t(way === 'delta' ? 'stock.delta' : 'stock.counted')} problem={numberProblem}>
        {(control) => <input {...control} className="input number" inputMode={way === 'delta' ? 'text' : 'numeric'} autoComplete="off" data-autofocus value={typed} maxLength={10} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
      <Field label={t('stock.reason')}>
        {(control) => (
          <select {...control} className="input" value={picked} onChange={(event) => setPicked(event.target.value)}>
            {REASONS.map((one) => <option key={one} value={one}>{t(`stock.reasons.${one}`)}</option>)}
            <option value={OWN}>{t('stock.otherReason')}</option>
          </select>
        )}
      </Field>
      {picked === OWN && <Field label={t('stock.ownReason')}>{(control) => <input {...control} className="input" value={own} maxLength={LONGEST_REASON} onChange={(event) => setOwn(event.target.value)} />}</Field>}
      <p className="note" aria-live="polite">{t('stock.preview', { onHand: onHand ?? level.onHand, available: Math.max(0, (onHand ?? level.onHand) - level.held), held: level.held })}</p>
    </ActionDialog>
  );
}

const refusalText = (answer: AdjustStockMutation['adjustStock']): string | null => (answer && 'message' in answer ? answer.message : null);
