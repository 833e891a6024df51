import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError, type Problem } from '../../shared/problem.ts';
import { problemText } from '../../shared/states.tsx';

export interface Sending {
  busy: boolean;
  /** Why it was refused, or what went wrong; null when nothing is to be said. */
  said: string | null;
  problem: Problem | null;
  say(text: string | null): void;
  /** Runs one try at a time; a fault becomes words, fields stay in `problem`. */
  run(work: () => Promise<void>): Promise<void>;
}

export function useSending(): Sending {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [said, say] = useState<string | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  async function run(work: () => Promise<void>): Promise<void> {
    if (busy) return;
    setBusy(true);
    say(null);
    setProblem(null);
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      setProblem(error.problem);
      if (Object.keys(error.problem.fields).length === 0) say(problemText(error.problem, t));
    } finally {
      setBusy(false);
    }
  }
  return { busy, said, problem, say, run };
}
