/** What keeps a connection to an engine from being made or kept, in words for the operator: what was expected, how to mend it. */
export interface Target {
  host: string;
  tls: boolean;
}

export interface ConnectionProblem {
  /** For health, without addresses: `its certificate has expired`. */
  brief: string;
  /** For logs, after the name and place of the engine. */
  words: string;
  /** It does not mend itself while the mall runs. */
  lasting: boolean;
  /** Says that the connection is gone and not why. */
  vague: boolean;
}

type Row = readonly [pattern: RegExp, brief: string, words: string | ((target: Target) => string), lasting?: 'lasting' | 'vague'];

/** By what the error says; the first that fits. */
const ROWS: readonly Row[] = [
  [/CERT_HAS_EXPIRED|certificate has expired/i, 'its certificate has expired', 'shows a certificate that has expired: renew it, and look at the clocks of both machines', 'lasting'],
  [/CERT_NOT_YET_VALID|not yet valid/i, 'its certificate is not valid yet', 'shows a certificate that is not valid yet: look at the clocks of both machines', 'lasting'],
  [/self[- ]signed|UNABLE_TO_(VERIFY|GET)|unable to (verify|get)|ALTNAME|Hostname\/IP/i, 'its certificate is not trusted', 'shows a certificate that is not trusted for this name: give its authority by NODE_EXTRA_CA_CERTS, and use the name it was made for', 'lasting'],
  [/ENOTFOUND|EAI_AGAIN/, 'no machine of this name', ({ host }) => `cannot be found: no machine is called ${host}`],
  [/ECONNREFUSED/, 'nothing listens there', 'is not there: nothing listens on this port'],
  [/timed? ?out|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|Socket timeout/i, 'it does not answer in time', ({ tls }) => `does not answer in time: it hangs, a firewall is between${tls ? ', or it does not speak TLS on this port' : ''}`],
  [/close|hang up|ECONNRESET|EPIPE|MaxRetries|writeable|aborted/i, 'it has closed the connection', 'has closed the connection', 'vague'],
];

/** Null where it is something else. `said`: see `saidBy`. */
export function connectionProblem(said: string, target: Target): ConnectionProblem | null {
  const row = ROWS.find(([pattern]) => pattern.test(said));
  if (!row) return null;
  const [, brief, words, kind] = row;
  return { brief, words: typeof words === 'string' ? words : words(target), lasting: kind === 'lasting', vague: kind === 'vague' };
}

/** Name, codes and message, also of errors that hold others (Node tries IPv4 and IPv6 and tells of both). */
export function saidBy(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(saidBy).join('; ');
  if (!(error instanceof Error)) return String(error);
  const { code, originalCode } = error as { code?: string; originalCode?: string };
  return [error.name, code, originalCode, error.message].filter(Boolean).join(' ');
}
