/** What went wrong, in the few kinds a page can do something about. */
import type { CombinedError } from 'urql';

export interface Problem {
  /** offline: no answer at all; refused: the server's registry of faults. */
  kind: 'offline' | 'fault';
  /** From the registry of faults, e.g. INVALID_INPUT; null when there was no answer. */
  code: string | null;
  message: string;
  traceId: string | null;
  retryAfterMs: number | null;
  /** For INVALID_INPUT: the problem by path of the field, e.g. `input.shippingAddress.city`. */
  fields: Record<string, string>;
}

/** A thrown problem of a mutation. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.message);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

export function problemOf(error: CombinedError): Problem {
  const first = error.graphQLErrors[0];
  if (!first) {
    return { kind: 'offline', code: null, message: error.networkError?.message ?? error.message, traceId: null, retryAfterMs: null, fields: {} };
  }
  const { code, traceId, retryAfterMs, fields } = first.extensions as Record<string, unknown>;
  return {
    kind: 'fault',
    code: typeof code === 'string' ? code : null,
    message: first.message,
    traceId: typeof traceId === 'string' ? traceId : null,
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : null,
    fields: typeof fields === 'object' && fields !== null ? (fields as Record<string, string>) : {},
  };
}

/** The problem of one input by its last name: `fieldProblem(problem, 'city')` finds `input.shippingAddress.city`. */
export function fieldProblem(problem: Problem | null, name: string): string | null {
  if (!problem) return null;
  const path = Object.keys(problem.fields).find((key) => key === name || key.endsWith(`.${name}`));
  return path === undefined ? null : (problem.fields[path] ?? null);
}
