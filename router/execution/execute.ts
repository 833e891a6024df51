/** Runs operations: queries and mutations to an answer, subscriptions to a stream of answers. */
import type { PlanNode } from '@apollo/query-planner';
import { GraphQLError, getVariableValues, type DocumentNode, type ExecutionResult } from 'graphql';
import { FAULTS, Fault } from '#platform/errors.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import { denialsFor, type Denials } from '../authorise.ts';
import type { Planner, Prepared } from '../plan.ts';
import { freshContext } from '#platform/subgraph/run.ts';
import { createErrorLog } from './errors.ts';
import { introspect } from './introspection.ts';
import { project, type Plain } from './project.ts';
import { pickVariables, receiveRoot, rootOf, runNode, type Engine, type Run } from './run.ts';
import { mapStream } from '#platform/stream.ts';

export interface OperationRequest {
  /** Valid for the API schema. */
  document: DocumentNode;
  operationName?: string | null | undefined;
  variables?: Readonly<Plain> | null | undefined;
  context: RequestContext;
}

export interface Executor {
  /** Never rejects: every trouble is in the answer's errors. */
  execute(request: OperationRequest): Promise<ExecutionResult>;
  /** An answer with errors when the stream cannot begin. */
  subscribe(request: OperationRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
}

/** An operation with everything decided that does not depend on what subgraphs answer. */
interface Started {
  prepared: Prepared;
  denials: Denials;
  variables: Readonly<Plain>;
  conditions: Readonly<Plain>;
}

export function createExecutor(engine: Engine, planner: Planner): Executor {
  return {
    async execute(request) {
      const started = start(engine, planner, request);
      if ('errors' in started) return started;
      const run = newRun(engine, request.context, started);
      const { node } = started.prepared.plan(started.denials);
      if (node) await runNode(run, node as PlanNode, rootOf(run));
      return finish(run, started);
    },
    async subscribe(request) {
      const started = start(engine, planner, request);
      return 'errors' in started ? started : follow(engine, request.context, started);
    },
  };
}

function start(engine: Engine, planner: Planner, { document, operationName, variables: sent, context }: OperationRequest): Started | { errors: readonly GraphQLError[] } {
  const { traceId } = context;
  try {
    const prepared = planner.prepare(document, operationName);
    const { operation } = prepared;
    const variables = sent ?? {};
    const { coerced, errors } = getVariableValues(engine.supergraph.api, operation.definition.variableDefinitions ?? [], variables);
    if (errors) return { errors: errors.map((error) => badVariable(error, traceId)) };
    const denials = denialsFor(operation, context.identity);
    const refused = operation.definition.operation === 'query' ? [] : deniedRoots(prepared, denials, coerced, traceId);
    return refused.length > 0 ? { errors: refused } : { prepared, denials, variables, conditions: coerced };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    return { errors: [new GraphQLError(error.message, { ...error, extensions: { code: 'INVALID_INPUT', traceId, http: { status: 400, spec: true } } })] };
  }
}

/** Root fields of a mutation or subscription that the reader may not ask for: then nothing of it is done. */
function deniedRoots(prepared: Prepared, denials: Denials, conditions: Readonly<Plain>, traceId: string): GraphQLError[] {
  if (denials.size === 0) return [];
  const root = prepared.shape(denials, conditions);
  return root.of(root.typeName)!.fields.flatMap(({ key, denied }) =>
    denied ? [new GraphQLError(FAULTS[denied].message, { path: [key], extensions: { code: denied, traceId } })] : []);
}

/** `Variable "$input" got invalid value "x" at "input.quantity"; Int cannot represent …` */
const PLACE = /^Variable "\$(\w+)"(?:.*? at "([^"]+)")?/s;

function badVariable(error: GraphQLError, traceId: string): GraphQLError {
  const [, name, place] = PLACE.exec(error.message) ?? [];
  const field = place ?? name ?? 'variables';
  const problem = error.message.includes('; ') ? error.message.slice(error.message.indexOf('; ') + 2) : error.message;
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    extensions: { code: 'INVALID_INPUT', fields: { [field]: problem }, traceId, http: { status: 400, spec: true } },
  });
}

function newRun(engine: Engine, context: RequestContext, { prepared, variables, conditions }: Started): Run {
  const mutates = prepared.operation.definition.operation === 'mutation';
  return { engine, context, mutates, variables, conditions, errors: createErrorLog(engine.policy, context.traceId), failures: new Map(), data: {} };
}

function finish(run: Run, { prepared, denials }: Started): ExecutionResult {
  const shape = prepared.shape(denials, run.conditions);
  const asksSchema = shape.of(shape.typeName)!.fields.some((field) => field.introspection);
  const introspection = asksSchema ? introspect(run.engine.supergraph, prepared.operation, run.variables) : null;
  const data = project(shape, run.data, run.errors, run.failures, introspection);
  // A failed fetch that no field of the answer missed (it was for another fetch's sake) is told all the same.
  for (const failure of new Set([...run.failures.values()].flat())) if (!failure.told) run.errors.addFailure(failure, undefined);
  const errors = run.errors.list();
  return errors ? { errors, data } : { data };
}

/**
 * Each event is what the plan's first fetch would have brought; the rest of the plan runs on it. Rooms learn by the
 * context's signal that nobody listens any more.
 */
async function follow(engine: Engine, context: RequestContext, started: Started): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  const { node } = started.prepared.plan(started.denials);
  if (node?.kind !== 'Subscription') throw new Error('a subscription was planned as something else');
  const { primary, rest } = node;
  const gone = new AbortController();
  const listening = { ...context, signal: gone.signal };

  async function answer(event: ExecutionResult): Promise<ExecutionResult> {
    const run = newRun(engine, freshContext(listening), started);
    receiveRoot(run, primary, rootOf(run), event);
    if (rest) await runNode(run, rest, rootOf(run));
    return finish(run, started);
  }

  /** The room's own word for why it ended, if it gave one. */
  async function broken(error: unknown): Promise<ExecutionResult> {
    engine.policy.log.warn({ err: error, serviceName: primary.serviceName, traceId: context.traceId }, 'a subscription broke');
    return answer(error instanceof Fault ? { errors: [new GraphQLError(error.message, { originalError: error })] } : UNAVAILABLE);
  }

  const transport = engine.transports.get(primary.serviceName);
  if (!transport) return answer(UNAVAILABLE);
  const variables = pickVariables(started, primary);
  try {
    const events = await transport.subscribe({ query: primary.operation, operationName: primary.operationName, variables, context: listening });
    if (!(Symbol.asyncIterator in events)) return await answer(events);
    return mapStream(events[Symbol.asyncIterator](), answer, () => gone.abort(), broken);
  } catch (error) {
    return broken(error);
  }
}

const UNAVAILABLE: ExecutionResult = { errors: [new GraphQLError(FAULTS.UNAVAILABLE.message, { extensions: { code: 'UNAVAILABLE' } })] };
