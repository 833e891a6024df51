/** The errors of one answer, as they come to be; what a client may know of a subgraph's trouble is decided here. */
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { FAULTS, Fault, type FaultCode } from '#platform/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';

export type Path = readonly (string | number)[];

/** A fetch that brought nothing: a time-out, a broken connection, an answer that is none. */
export interface Failure {
  serviceName: string;
  message: string;
  code: string;
  extensions: Readonly<Record<string, unknown>>;
  /** Keys of the answer that the fetch would have brought, at the objects it was about. */
  keys: ReadonlySet<string>;
  /** Whether a field of the answer told of it. */
  told: boolean;
}

export const MAX_ERRORS = 100;

export interface ErrorPolicy {
  /** Whether messages and codes that are not in our registry reach the client (a router in front of others' subgraphs). */
  revealUnknown: boolean;
  log: Logger;
  /** More errors than this in one answer are counted, not told; MAX_ERRORS when absent. */
  maxErrors?: number;
}

export interface ErrorLog {
  /** One of our own findings. */
  add(message: string, path: Path | undefined, code: FaultCode): void;
  addFault(code: FaultCode, path: Path): void;
  /** An error of a subgraph's answer, its path translated to the whole answer. */
  addSubgraphError(error: GraphQLFormattedError | GraphQLError, serviceName: string, path: Path | undefined): void;
  addFailure(failure: Failure, path: Path | undefined): void;
  /** Whether a null at `path` has an error already. */
  explain(path: Path): boolean;
  /** What the client gets; undefined when all is well. */
  list(): readonly GraphQLError[] | undefined;
}

export function createErrorLog(policy: ErrorPolicy, traceId: string): ErrorLog {
  const errors: GraphQLError[] = [];
  const limit = policy.maxErrors ?? MAX_ERRORS;
  /** One line in the log for one trouble, however many places it has in the answer. */
  const logged = new Set<string>();
  let untold = 0;

  function push(message: string, path: Path | undefined, extensions: Record<string, unknown>): void {
    if (errors.length >= limit) untold += 1;
    else errors.push(new GraphQLError(message, { ...(path && { path: [...path] }), extensions: { ...extensions, traceId } }));
  }

  return {
    add: (message, path, code) => push(message, path, { code }),
    addFault: (code, path) => push(FAULTS[code].message, path, { code }),
    addSubgraphError(error, serviceName, path) {
      if (errors.length >= limit) return void (untold += 1);
      const seen = `${serviceName} ${error.message}`;
      const { message, extensions } = reveal(policy, error, serviceName, traceId, logged.has(seen));
      logged.add(seen);
      push(message, path, { ...extensions, serviceName });
    },
    addFailure(failure, path) {
      failure.told = true;
      push(failure.message, path, { ...failure.extensions, code: failure.code, serviceName: failure.serviceName });
    },
    explain: (path) => errors.some((error) => error.path !== undefined && related(error.path, path)),
    list() {
      if (untold > 0) {
        errors.push(new GraphQLError(`${untold} more errors are not shown.`, { extensions: { code: 'INTERNAL', traceId } }));
        untold = 0;
      }
      return errors.length > 0 ? errors : undefined;
    },
  };
}

/** Whether one lies at, above or below the other. */
function related(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  for (let index = 0; index < length; index++) if (one[index] !== other[index]) return false;
  return true;
}

interface Revealed {
  message: string;
  extensions: Record<string, unknown>;
}

/** Faults of the registry are told with their details; everything else is logged and masked. */
export function reveal(policy: ErrorPolicy, error: GraphQLFormattedError | GraphQLError, serviceName: string, traceId: string, alreadyLogged = false): Revealed {
  const original = error instanceof GraphQLError ? error.originalError : undefined;
  if (original instanceof Fault && original.code !== 'INTERNAL') {
    const { code, fields, retryAfterMs, message } = original;
    return { message, extensions: { code, ...(fields && { fields }), ...(retryAfterMs !== undefined && { retryAfterMs }) } };
  }
  const extensions = (error.extensions ?? {}) as Record<string, unknown>;
  const { code } = extensions;
  if (policy.revealUnknown) return { message: error.message, extensions: { code: code ?? 'DOWNSTREAM_SERVICE_ERROR', ...extensions } };
  if (typeof code === 'string' && Object.hasOwn(FAULTS, code) && code !== 'INTERNAL') {
    const { fields, retryAfterMs } = extensions;
    return { message: error.message, extensions: { code, ...(fields !== undefined && { fields }), ...(retryAfterMs !== undefined && { retryAfterMs }) } };
  }
  if (!alreadyLogged) policy.log.error({ err: original ?? error, serviceName, traceId, path: error.path }, 'a subgraph failed in a way that nobody foresaw');
  return { message: FAULTS.INTERNAL.message, extensions: { code: 'INTERNAL' } };
}

/** A subgraph answered with an error about the whole request. */
export class SubgraphRefusal extends Error {
  readonly error: GraphQLFormattedError | GraphQLError;

  constructor(error: GraphQLFormattedError | GraphQLError) {
    super(error.message, { cause: error });
    this.name = 'SubgraphRefusal';
    this.error = error;
  }
}

/** A fetch that brought nothing, as what its fields will tell. */
export function failureOf(policy: ErrorPolicy, error: Error, { serviceName, keys }: Pick<Failure, 'serviceName' | 'keys'>, traceId: string): Failure {
  if (error instanceof SubgraphRefusal) {
    const { message, extensions } = reveal(policy, error.error, serviceName, traceId);
    return { serviceName, keys, message, code: String(extensions.code), extensions, told: false };
  }
  const fault = error instanceof Fault ? error : new Fault('UNAVAILABLE', undefined, { cause: error });
  policy.log.warn({ err: fault.cause ?? fault, serviceName, traceId }, 'a fetch from a subgraph failed');
  const extensions = fault.retryAfterMs === undefined ? {} : { retryAfterMs: fault.retryAfterMs };
  return { serviceName, keys, message: fault.message, code: fault.code, extensions, told: false };
}
