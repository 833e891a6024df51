/**
 * Everything that belongs to one supergraph. A new schema makes a new generation; requests and subscriptions that began
 * in the old one end in it.
 */
import { GraphQLError, getOperationAST, type DocumentNode, type ExecutionResult, type OperationTypeNode } from 'graphql';
import type { Clock } from '#platform/clock/clock.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import { createDocuments } from './documents.ts';
import { createExecutor } from './execution/execute.ts';
import type { ErrorPolicy } from './execution/errors.ts';
import { mapStream } from '#platform/stream.ts';
import type { Limits } from './limits.ts';
import type { RouterMetrics } from './metrics.ts';
import { createPlanner } from './plan.ts';
import { loadSupergraph, type Supergraph } from './supergraph.ts';
import type { Transports } from './transport/transport.ts';

export interface GenerationOptions {
  supergraphSdl: string;
  transports: Transports;
  limits: Limits;
  subgraphTimeoutMs: number;
  policy: ErrorPolicy;
  metrics: RouterMetrics;
  clock: Clock;
}

export interface OperationParams {
  query: string;
  operationName?: string | null | undefined;
  variables?: Readonly<Record<string, unknown>> | null | undefined;
}

export type Outcome = ExecutionResult | AsyncIterable<ExecutionResult>;

export type ReadOperation =
  | { document: DocumentNode; kind: OperationTypeNode; name: string | null; errors?: undefined }
  | { errors: readonly GraphQLError[] };

export interface Generation {
  supergraph: Supergraph;
  /** Parses, validates and finds the operation; nothing runs. */
  read(params: OperationParams, traceId: string): ReadOperation;
  /**
   * Runs what a client sent. Never rejects for what a client can do wrong: the answer has errors, whose
   * `extensions.http` is for the HTTP edge. `allowed` says which kinds of operation may run this way.
   */
  run(params: OperationParams, context: RequestContext, allowed: ReadonlySet<string>): Promise<Outcome>;
}

export function createGeneration(options: GenerationOptions): Generation {
  const { limits, metrics, clock, policy } = options;
  const supergraph = loadSupergraph(options.supergraphSdl);
  const documents = createDocuments(supergraph.api, limits);
  const engine = { supergraph, transports: options.transports, clock, policy, timeoutMs: options.subgraphTimeoutMs, observe: metrics.fetch };
  const executor = createExecutor(engine, createPlanner(supergraph));

  function read({ query, operationName }: OperationParams, traceId: string): ReadOperation {
    const found = documents.read(query);
    if (!found.document) return { errors: found.errors.map((error) => badRequest(error, traceId)) };
    const operation = getOperationAST(found.document, operationName);
    if (operation) return { document: found.document, kind: operation.operation, name: operation.name?.value ?? null };
    const problem = operationName ? `Unknown operation named "${operationName}".` : 'The document has several operations; say which by operationName.';
    return { errors: [badRequest(new GraphQLError(problem), traceId)] };
  }

  async function run(params: OperationParams, context: RequestContext, allowed: ReadonlySet<string>): Promise<Outcome> {
    const startedMs = clock.nowMs();
    const found = read(params, context.traceId);
    if (found.errors) return found;
    const { document, kind, name } = found;
    if (!allowed.has(kind)) return { errors: [notThisWay(kind, context.traceId)] };
    const request = { document, operationName: params.operationName, variables: params.variables, context };
    const outcome = await (kind === 'subscription' ? executor.subscribe(request) : executor.execute(request));
    const isStream = Symbol.asyncIterator in outcome;
    metrics.operation(name, kind, clock.nowMs() - startedMs, !isStream && outcome.errors !== undefined);
    if (!isStream) return outcome;
    metrics.subscriptions(1);
    return mapStream(outcome[Symbol.asyncIterator](), async (answer) => answer, () => metrics.subscriptions(-1));
  }

  return { supergraph, read, run };
}

/** Everything that comes over a connection that can carry streams. */
export const ANY_KIND: ReadonlySet<string> = new Set(['query', 'mutation', 'subscription']);
export const QUERIES_ONLY: ReadonlySet<string> = new Set(['query']);

/** GraphQL over HTTP §6.4.2: a document that cannot run is a 400 for those who accept `application/graphql-response+json`. */
function badRequest(error: GraphQLError, traceId: string): GraphQLError {
  const { nodes, source, positions } = error;
  return new GraphQLError(error.message, { nodes, source, positions, extensions: { code: 'INVALID_INPUT', traceId, http: { status: 400, spec: true } } });
}

function notThisWay(kind: string, traceId: string): GraphQLError {
  return new GraphQLError(`A ${kind} cannot be sent with GET.`, { extensions: { code: 'INVALID_INPUT', traceId, http: { status: 405, headers: { allow: 'POST' } } } });
}
