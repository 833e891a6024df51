/** One variant's level beside the board: its threshold and how it came to be, movement by movement. */
import { Drawer } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { ProblemError } from '../../shared/problem.ts';
import { problemText } from '../../shared/states.tsx';
import { useDesk, useFormat, useMay } from '../desk.tsx';
import { toast } from '../frame/toasts.tsx';
import { SetLowStockThresholdDocument, StockChangedDocument, StockMovementsDocument, type StockMovementsQuery } from '../gql/graphql.ts';
import { PanelBones } from '../parts/bones.tsx';
import { Field } from '../parts/field.tsx';
import { useFocusReturn } from '../parts/focus.ts';
import { useLive, useRefresh } from '../parts/live.ts';
import { Shown } from '../parts/shown.tsx';
import { address } from '../places.ts';

type Level = NonNullable<StockMovementsQuery['stockLevels']>['edges'][number]['node'];
const MOVEMENTS_SHOWN = 50;

export function LevelDrawer({ variantId, close, changed }: { variantId: string; close(): void; changed(): void }): ReactNode {
  const { t } = useTranslation();
  const may = useMay();
  useFocusReturn();
  const level = useData(StockMovementsDocument, { variantIds: [variantId], first: MOVEMENTS_SHOWN }, { always: true });
  useLive(StockChangedDocument, { variantIds: [variantId] }, useRefresh(level.retry));
  const name = level.data?.stockLevels?.edges[0]?.node.variant?.name ?? '';
  return (
    <Drawer opened returnFocus={false} onClose={close} position="right" size={460} title={t('stock.movementsTitle', { name })} closeButtonProps={{ 'aria-label': t('nav.close'), size: 40, iconSize: 20 }} transitionProps={{ duration: 160 }} classNames={{ content: 'drawer-content', body: 'drawer-body', header: 'drawer-head', title: 'dialog-title' }}>
      <Shown of={level} part={(data) => data.stockLevels?.edges[0]?.node} bones={<PanelBones heights={[60, 240]} />} missing={<p className="soft">{t('stock.gone')}</p>}>
        {(found) => (
          <>
            {may('stock:write') && <Threshold key={found.threshold} level={found} changed={() => { level.retry(); changed(); }} />}
            <Movements level={found} />
          </>
        )}
      </Shown>
    </Drawer>
  );
}

function Threshold({ level, changed }: { level: Level; changed(): void }): ReactNode {
  const { t } = useTranslation();
  const { api } = useDesk();
  const [typed, setTyped] = useState(String(level.threshold));
  const [refused, setRefused] = useState<string | null>(null);
  const value = /^\d{1,7}$/.test(typed.trim()) ? Number(typed) : null;
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (value === null || value === level.threshold) return;
    setRefused(null);
    try {
      const { setLowStockThreshold: answer } = await api.send(SetLowStockThresholdDocument, { input: { variantId: level.id, threshold: value } });
      if (answer?.__typename !== 'StockLevel') return setRefused(answer && 'message' in answer ? answer.message : t('state.unavailable'));
      toast({ text: t('stock.thresholdDone', { threshold: answer.threshold }) });
      changed();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setRefused(problemText(error.problem, t));
    }
  }
  return (
    <form className="threshold" onSubmit={(event) => void save(event)} noValidate>
      <Field label={t('stock.thresholdLabel')} problem={refused ?? (value === null ? t('stock.wrongNumber') : null)}>
        {(control) => <input {...control} className="input number" inputMode="numeric" autoComplete="off" value={typed} maxLength={7} onChange={(event) => setTyped(event.target.value)} />}
      </Field>
      <button type="submit" className="button plain" aria-disabled={value === null || value === level.threshold}>{t('stock.thresholdSave')}</button>
    </form>
  );
}

function Movements({ level }: { level: Level }): ReactNode {
  const { t } = useTranslation();
  const { short, number } = useFormat();
  const may = useMay();
  if (level.movements.length === 0) return <p className="soft">{t('stock.noMovements')}</p>;
  return (
    <ol className="movements">
      {level.movements.map((movement) => (
        <li key={movement.id}>
          <span className={`number strong ${movement.delta < 0 ? 'bad' : 'good'}`}>{movement.delta > 0 ? '+' : movement.delta < 0 ? '−' : ''}{number(Math.abs(movement.delta))}</span>
          <span>{t(`stock.reasons.${movement.reason}`, { defaultValue: movement.reason })}{movement.orderId && may('orders:read') && <> · <Link className="link" to={address.order(movement.orderId)}>{t('stock.order')}</Link></>}</span>
          <time className="soft tiny number" dateTime={movement.at}>{short(movement.at)}</time>
        </li>
      ))}
    </ol>
  );
}
