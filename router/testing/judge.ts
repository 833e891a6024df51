/** The stock executor of @apollo/gateway as the judge of ours: the same plan, the same subgraphs, both answers. */
import { parse, validate, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { QueryPlan } from '@apollo/query-planner';
import { systemClock } from '#platform/clock/system.ts';
import { createContext, type Identity, type RequestContext } from '#platform/subgraph/context.ts';
import { scopesOf } from '#platform/subgraph/permissions.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createExecutor } from '../execution/execute.ts';
import { createPlanner } from '../plan.ts';
import { loadSupergraph, type Supergraph } from '../supergraph.ts';
import { localTransport } from '../transport/local.ts';
import type { Transport, Transports } from '../transport/transport.ts';

process.env.APOLLO_TELEMETRY_DISABLED = 'true';
// A deep import without types: the version is pinned.
const { executeQueryPlan } = (await import('@apollo/gateway/dist/executeQueryPlan.js' as string)) as { executeQueryPlan: (...args: unknown[]) => Promise<StockResult> };

interface StockResult extends ExecutionResult {
  extensions?: { valueCompletion?: ExecutionResult['errors'] };
}

export interface Court {
  supergraph: Supergraph;
  plan(query: string): QueryPlan;
  ours(query: string, variables?: Record<string, unknown>, identity?: Identity | null): Promise<ExecutionResult>;
  stock(query: string, variables?: Record<string, unknown>): Promise<StockResult>;
}

/** The stock executor knows no rights. */
export const EVERYTHING: Identity = { userId: 'u1', roles: ['admin'], scopes: scopesOf(['admin']), sessionId: 's1' };

export const testContext = (identity: Identity | null = null): RequestContext =>
  createContext({ identity, language: 'en', traceId: 'trace', clientAddress: '127.0.0.1' });

export const silentLog = createLogger('silent');

/** `transportOf` may put something between the executor and a subgraph, for both. */
export function openCourt(sdl: string, schemas: ReadonlyMap<string, GraphQLSchema>, transportOf: (name: string, transport: Transport) => Transport = (_, transport) => transport): Court {
  const supergraph = loadSupergraph(sdl);
  const transports: Transports = new Map([...schemas].map(([name, schema]) => [name, transportOf(name, localTransport(schema))]));
  const engine = { supergraph, transports, clock: systemClock, timeoutMs: 5_000, policy: { revealUnknown: true, log: silentLog, maxErrors: 100_000 } };
  const planner = createPlanner(supergraph);
  const executor = createExecutor(engine, planner);
  const wholeSchema = supergraph.planner.supergraph.schema.toGraphQLJSSchema();

  function read(query: string): DocumentNode {
    const document = parse(query);
    const errors = validate(supergraph.api, document);
    if (errors.length > 0) throw new Error(`invalid: ${errors.join('; ')}\n${query}`);
    return document;
  }

  return {
    supergraph,
    plan: (query) => planner.prepare(read(query)).plan(new Map()),
    ours: async (query, variables = {}, identity = EVERYTHING) => plain(await executor.execute({ document: read(query), variables, context: testContext(identity) })),
    async stock(query, variables = {}) {
      const { operation: { definition, fragments, document } } = planner.prepare(read(query));
      const plan = planner.prepare(document).plan(new Map());
      const services = Object.fromEntries([...transports].map(([name, transport]) => [name, {
        process: async ({ request }: { request: { query: string; variables: Record<string, unknown> } }) =>
          plain(await transport.fetch({ query: request.query, variables: plain(request.variables), context: testContext() })),
      }]));
      const operationContext = { schema: supergraph.api, operation: definition, fragments: Object.fromEntries(fragments), queryHash: '', operationName: null };
      return plain(await executeQueryPlan(plan, services, { request: { query, variables }, context: {}, logger: console, metrics: {} }, operationContext, wholeSchema, supergraph.apiForPlanner));
    },
  };
}

/** As a client would see it. */
export const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;

