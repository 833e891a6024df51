/**
 * Every fault of the product. A fault is thrown and mapped at three edges only: GraphQL, bus, saga.
 * (A refusal, the business saying no, is a value and belongs to the schema of its room.)
 */
export const FAULTS = {
  INVALID_INPUT: { httpStatus: 400, retry: false, message: 'The input is not valid; see fields.' },
  UNAUTHENTICATED: { httpStatus: 401, retry: false, message: 'Sign in to do this.' },
  FORBIDDEN: { httpStatus: 403, retry: false, message: 'Your account may not do this.' },
  NOT_FOUND: { httpStatus: 404, retry: false, message: 'There is no such thing, or it is not yours to see.' },
  CONFLICT: { httpStatus: 409, retry: false, message: 'This was changed or used by somebody else; read it again.' },
  LIMITED: { httpStatus: 429, retry: true, message: 'Too many requests; wait and try again.' },
  UNAVAILABLE: { httpStatus: 503, retry: true, message: 'This part of the shop does not answer now; try again shortly.' },
  INTERNAL: { httpStatus: 500, retry: false, message: 'Something went wrong on our side.' },
} as const;

export type FaultCode = keyof typeof FAULTS;

export interface FaultDetails {
  /** For INVALID_INPUT: what is wrong, by the path of the field, e.g. `{ 'input.quantity': 'must be at least 1' }`. */
  fields?: Record<string, string>;
  /** For LIMITED and UNAVAILABLE: milliseconds until a repeat can succeed. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** A thrown fault; `message` is for people, `code` for programs. */
export class Fault extends Error {
  readonly code: FaultCode;
  readonly fields: Record<string, string> | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(code: FaultCode, message?: string, details: FaultDetails = {}) {
    super(message ?? FAULTS[code].message, { cause: details.cause });
    this.name = 'Fault';
    this.code = code;
    this.fields = details.fields;
    this.retryAfterMs = details.retryAfterMs;
  }
}

/** INVALID_INPUT with one field named. */
export function invalidInput(field: string, problem: string): Fault {
  return new Fault('INVALID_INPUT', `${field}: ${problem}`, { fields: { [field]: problem } });
}
