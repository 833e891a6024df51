/** Taking something back from a toast: it says how it went, also when it was refused or nobody answered. */
import { ProblemError } from '../../shared/problem.ts';
import { problemText } from '../../shared/states.tsx';

/** `work` resolves to the refusal's words, or null when it is taken back. */
export async function saidByUndo(work: () => Promise<string | null>, done: string, refused: (message: string) => string, t: (key: any) => string): Promise<string> {
  try {
    const message = await work();
    return message === null ? done : refused(message);
  } catch (error) {
    if (error instanceof ProblemError) return refused(problemText(error.problem, t));
    throw error;
  }
}
