/** What has just been done, said in a corner for a while, with a way back where there is one. */
import { IconCheck, IconX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../../shared/announce.tsx';
import { after } from '../../shared/time.ts';

export interface Toast {
  text: string;
  /** Takes it back; what it resolves to is said next. */
  undo?: () => Promise<string>;
}

const SHOWN_MS = 10_000;
const MOST_SHOWN = 3;
let nextId = 1;
let shown: readonly (Toast & { id: number })[] = [];
const listeners = new Set<() => void>();

function change(next: typeof shown): void {
  shown = next;
  for (const listener of listeners) listener();
}

export function toast(what: Toast): void {
  announce(what.text);
  change([...shown, { ...what, id: nextId++ }].slice(-MOST_SHOWN));
}

const remove = (id: number): void => change(shown.filter((one) => one.id !== id));

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function Toasts(): ReactNode {
  const { t } = useTranslation();
  const now = useSyncExternalStore(subscribe, () => shown, () => shown);
  return (
    <section className="toasts" aria-label={t('toast.region')}>
      {now.map((one) => <ToastCard key={one.id} one={one} />)}
    </section>
  );
}

function ToastCard({ one }: { one: Toast & { id: number } }): ReactNode {
  const { t } = useTranslation();
  const [held, setHeld] = useState(false);
  const [busy, setBusy] = useState(false);
  // It stays as long as somebody is at it.
  useEffect(() => (held || busy ? undefined : after(SHOWN_MS, () => remove(one.id))), [held, busy, one.id]);
  async function takeBack(): Promise<void> {
    setBusy(true);
    const said = await one.undo!();
    remove(one.id);
    toast({ text: said });
  }
  return (
    <div className="toast" onMouseEnter={() => setHeld(true)} onMouseLeave={() => setHeld(false)} onFocus={() => setHeld(true)} onBlur={() => setHeld(false)}>
      <IconCheck size={18} stroke={2} aria-hidden="true" />
      <span>{one.text}</span>
      {one.undo && <button type="button" className="link" disabled={busy} onClick={() => void takeBack()}>{t('toast.undo')}</button>}
      <button type="button" className="tool" aria-label={t('toast.close')} onClick={() => remove(one.id)}><IconX size={16} /></button>
    </div>
  );
}
