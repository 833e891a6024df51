/** A dialog that does one thing when it is confirmed, says why not when it is refused, and can be tried again as it is. */
import { Modal } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, type Problem } from '../../shared/problem.ts';
import { problemText } from '../../shared/states.tsx';
import { useFocusReturn } from './focus.ts';

interface ActionDialogParts {
  /** Names the thing it is about: "Archive “Linen shirt”?" */
  title: string;
  text?: ReactNode;
  /** The verb, as on the button that led here. */
  action: string;
  danger?: boolean;
  /** False while something needed is missing. */
  ready?: boolean;
  wide?: boolean;
  close(): void;
  /** Resolves to the refusal's words, or null when it is done: then the dialog closes. */
  run(): Promise<string | null>;
  children?: ReactNode;
}

export function ActionDialog({ title, text, action, danger, ready = true, wide, close, run, children }: ActionDialogParts): ReactNode {
  const { t } = useTranslation();
  useFocusReturn();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (busy || !ready) return;
    setBusy(true);
    setRefused(null);
    setProblem(null);
    try {
      const said = await run();
      if (said === null) close();
      else setRefused(said);
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Modal opened returnFocus={false} onClose={() => !busy && close()} title={title} size={wide ? 640 : 460} closeButtonProps={{ 'aria-label': t('nav.close'), size: 40, iconSize: 20 }} transitionProps={{ duration: 120 }} classNames={{ content: 'dialog', title: 'dialog-title', header: 'dialog-head', body: 'dialog-body' }}>
      <form className="stack" onSubmit={(event) => void submit(event)} noValidate aria-busy={busy}>
        {text && <p className="soft">{text}</p>}
        {children}
        <div role="alert">
          {refused && <p className="note bad">{refused}</p>}
          {problem && <ProblemNote problem={problem} />}
        </div>
        <div className="dialog-foot">
          <button type="button" className="button plain" onClick={close} disabled={busy}>{t('dialog.cancel')}</button>
          <button type="submit" className={danger ? 'button alarm' : 'button'} aria-disabled={busy || !ready}>{busy ? t('dialog.busy') : action}</button>
        </div>
      </form>
    </Modal>
  );
}

/** What went wrong beside a form, with the fields it names and the trace id. */
export function ProblemNote({ problem }: { problem: Problem }): ReactNode {
  const { t } = useTranslation();
  const fields = Object.entries(problem.fields);
  return (
    <div className="note bad">
      <span>{problemText(problem, t)}</span>
      {fields.length > 0 && <ul>{fields.map(([path, text]) => <li key={path}>{path.replace(/^input\./, '')}: {text}</li>)}</ul>}
      {problem.traceId && <span className="trace">{t('state.trace', { id: problem.traceId })}</span>}
    </div>
  );
}
