/**
 * Walks a query plan: fetches, and puts what comes into one tree in place. A fetch that fails costs its own fields and
 * whatever needs them; the others go on.
 */
import type { FetchNode, PlanNode, ResponsePath } from '@apollo/query-planner';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { Fault } from '#platform/errors.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import type { Supergraph } from '../supergraph.ts';
import { freshContext } from '#platform/subgraph/run.ts';
import type { Transports } from '../transport/transport.ts';
import { merge, represent } from './entities.ts';
import { SubgraphRefusal, failureOf, type ErrorLog, type ErrorPolicy, type Failure, type Path } from './errors.ts';
import { keysOf } from './keys.ts';
import type { Failures, Plain } from './project.ts';
import { rewrite } from './rewrites.ts';

/** What all runs of a router share. */
export interface Engine {
  supergraph: Supergraph;
  transports: Transports;
  clock: Clock;
  policy: ErrorPolicy;
  /** How long a subgraph may take for one fetch, in milliseconds. */
  timeoutMs: number;
  /** Told of every fetch. */
  observe?: ((serviceName: string, durationMs: number, failed: boolean) => void) | undefined;
}

export interface Run {
  engine: Engine;
  context: RequestContext;
  /** A mutation changes what loaders remember: each fetch gets a memo of its own then. */
  mutates: boolean;
  /** As the client sent them: subgraphs coerce them again. */
  variables: Readonly<Plain>;
  /** Values of the variables that conditions look at, defaults filled in. */
  conditions: Readonly<Record<string, unknown>>;
  errors: ErrorLog;
  failures: Failures;
  data: Plain;
}

/** Objects of the tree that a fetch is about, and how they were reached from the root (`@`: every item). */
interface Place {
  path: ResponsePath;
  objects: Plain[];
}

export const rootOf = (run: Run): Place => ({ path: [], objects: [run.data] });

export async function runNode(run: Run, node: PlanNode, place: Place): Promise<void> {
  switch (node.kind) {
    case 'Sequence':
      for (const each of node.nodes) await runNode(run, each, place);
      return;
    case 'Parallel':
      await Promise.all(node.nodes.map((each) => runNode(run, each, place)));
      return;
    case 'Flatten': {
      const objects = reach(place.objects, node.path);
      if (objects.length > 0) await runNode(run, node.node, { path: [...place.path, ...node.path], objects });
      return;
    }
    case 'Condition': {
      const branch = run.conditions[node.condition] === true ? node.ifClause : node.elseClause;
      if (branch) await runNode(run, branch, place);
      return;
    }
    case 'Fetch':
      return node.requires ? fetchEntities(run, node, place) : fetchRoot(run, node, place);
    case 'Defer':
      throw new Fault('INTERNAL', 'The planner was not asked for deferred parts.');
  }
}

async function fetchRoot(run: Run, node: FetchNode, place: Place): Promise<void> {
  const result = await ask(run, node, pickVariables(run, node));
  if (result instanceof Error) return fail(run, node, place.objects, result);
  receiveRoot(run, node, place, result);
}

/** Also takes in the event of a subscription, which is a fetch that came by itself. */
export function receiveRoot(run: Run, node: FetchNode, place: Place, result: ExecutionResult): void {
  const data = result.data as Plain | null | undefined;
  const unplaced = tellErrors(run, node, result, (path) => [place.path.concat(path as ResponsePath) as Path]);
  if (data) {
    rewrite(run.engine.supergraph, node.outputRewrites, data);
    for (const object of place.objects) merge(object, data);
  } else if (unplaced || !result.errors?.length) fail(run, node, place.objects, unplaced ?? new Fault('INTERNAL'));
}

async function fetchEntities(run: Run, node: FetchNode, place: Place): Promise<void> {
  const { supergraph } = run.engine;
  const representations: Plain[] = [];
  /** Places of each representation: indices into `place.objects`. Equal entities are asked about once. */
  const holders: number[][] = [];
  const known = new Map<string, number[]>();
  place.objects.forEach((object, index) => {
    const representation = represent(supergraph, object, node.requires!);
    if (!representation?.__typename) return;
    rewrite(supergraph, node.inputRewrites, representation);
    const key = JSON.stringify(representation);
    const same = known.get(key);
    if (same) return void same.push(index);
    const first = [index];
    known.set(key, first);
    holders.push(first);
    representations.push(representation);
  });
  if (representations.length === 0) return;

  const result = await ask(run, node, { ...pickVariables(run, node), representations });
  const all = () => holders.flat().map((index) => place.objects[index]!);
  if (result instanceof Error) return fail(run, node, all(), result);

  let paths: Path[] | undefined;
  const unplaced = tellErrors(run, node, result, ([, position, ...rest], error) => {
    const holding = typeof position === 'number' ? (holders[position] ?? []) : [];
    // About the entity as such: told by the fields that now miss it.
    if (rest.length === 0) return holding.length > 0 && fail(run, node, holding.map((index) => place.objects[index]!), new SubgraphRefusal(error)), holding.length > 0 ? null : [];
    paths ??= trace(run.data, place.path);
    return holding.map((index) => [...(paths![index] ?? []), ...rest]);
  });
  const entities = (result.data as Plain | null | undefined)?._entities;
  if (!Array.isArray(entities) || entities.length !== representations.length) {
    if (unplaced || !result.errors?.length) fail(run, node, all(), unplaced ?? new Fault('INTERNAL'));
    return;
  }
  entities.forEach((entity: Plain | null, position) => {
    if (!entity) return;
    const holding = holders[position]!;
    entity.__typename ??= place.objects[holding[0]!]!.__typename;
    rewrite(supergraph, node.outputRewrites, entity);
    for (const index of holding) merge(place.objects[index]!, entity);
  });
}

/** One request to a subgraph, within its time; an Error instead of an answer when there is none. */
async function ask(run: Run, node: FetchNode, variables: Plain): Promise<ExecutionResult | Error> {
  const { transports, clock, timeoutMs, observe } = run.engine;
  const transport = transports.get(node.serviceName);
  if (!transport) return new Fault('UNAVAILABLE', undefined, { cause: new Error(`no transport to ${node.serviceName}`) });
  const startedMs = observe ? clock.nowMs() : 0;
  const stop = new AbortController();
  let cancelTimer: (() => void) | undefined;
  let failed = true;
  try {
    const overdue = new Promise<never>((_, reject) => {
      cancelTimer = clock.after(timeoutMs, () => {
        const late = new Fault('UNAVAILABLE', undefined, { cause: new Error(`${node.serviceName} took more than ${timeoutMs} ms`) });
        stop.abort(late);
        reject(late);
      });
    });
    const request = { query: node.operation, operationName: node.operationName, variables, context: run.mutates ? freshContext(run.context) : run.context, signal: stop.signal };
    const result = await Promise.race([transport.fetch(request), overdue]);
    failed = (result.errors?.length ?? 0) > 0;
    return result;
  } catch (error) {
    // Whatever a transport throws is a subgraph that does not answer; the reason goes to the log (failureOf).
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    cancelTimer?.();
    observe?.(node.serviceName, clock.nowMs() - startedMs, failed);
  }
}

export function pickVariables(run: Pick<Run, 'variables'>, node: FetchNode): Plain {
  const picked: Plain = {};
  for (const name of node.variableUsages ?? []) if (Object.hasOwn(run.variables, name)) picked[name] = run.variables[name];
  return picked;
}

function fail(run: Run, node: FetchNode, objects: readonly Plain[], error: Error): void {
  const failure = failureOf(run.engine.policy, error, { serviceName: node.serviceName, keys: keysOf(node) }, run.context.traceId);
  for (const object of objects) {
    const failures = run.failures.get(object);
    if (failures) failures.push(failure);
    else run.failures.set(object, [failure]);
  }
}

/**
 * Tells the errors of an answer at the places they are about. One without a path explains why there is no data, if
 * there is none: then it is returned, to be told by the fields that miss it.
 */
function tellErrors(run: Run, node: FetchNode, result: ExecutionResult, places: (path: Path, error: GraphQLError) => readonly Path[] | null): Error | undefined {
  let unplaced: Error | undefined;
  for (const error of result.errors ?? []) {
    const at = error.path?.length ? places(error.path, error) : [];
    if (at === null) continue;
    if (at.length === 0 && !result.data) unplaced ??= new SubgraphRefusal(error);
    else if (at.length === 0) run.errors.addSubgraphError(error, node.serviceName, undefined);
    for (const path of at) run.errors.addSubgraphError(error, node.serviceName, path);
  }
  return unplaced;
}

/** The objects at `path` below `from`, missing ones left out. */
function reach(from: readonly Plain[], path: ResponsePath): Plain[] {
  let level: readonly unknown[] = from;
  for (const step of path) {
    const next: unknown[] = [];
    for (const value of level) {
      if (step !== '@') next.push((value as Plain)[step]);
      else if (Array.isArray(value)) next.push(...value);
    }
    level = next.filter((value) => typeof value === 'object' && value !== null);
  }
  return level as Plain[];
}

/** The path of each object that `reach` finds, in the same order. */
function trace(root: Plain, path: ResponsePath): Path[] {
  let level: { value: unknown; at: (string | number)[] }[] = [{ value: root, at: [] }];
  for (const step of path) {
    level = level
      .flatMap(({ value, at }) => {
        if (step !== '@') return [{ value: (value as Plain)[step], at: [...at, step] }];
        return Array.isArray(value) ? value.map((item, index) => ({ value: item, at: [...at, index] })) : [];
      })
      .filter(({ value }) => typeof value === 'object' && value !== null);
  }
  return level.map(({ at }) => at);
}
