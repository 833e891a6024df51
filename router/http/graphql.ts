/** `/graphql` over HTTP: graphql-yoga reads requests and writes answers and event streams, the generation runs operations. */
import { GraphQLError, type ExecutionResult } from 'graphql';
import { createYoga, type Plugin } from 'graphql-yoga';
import { FAULTS, type FaultCode } from '#platform/errors.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { ANY_KIND, QUERIES_ONLY, type Generation } from '../generation.ts';

export interface HttpContext {
  client: RequestContext;
}

export interface GraphqlOptions {
  /** The generation of now. */
  current: () => Generation;
  /** Whether codes that are not in our registry reach clients. */
  revealUnknown: boolean;
  log: Logger;
}

/** Bodies come with their length checked (`answerGraphql` in server.ts): counting again as they stream costs a tenth of a request. */
export function createGraphql({ current, revealUnknown, log }: GraphqlOptions) {
  const running: Plugin<HttpContext, HttpContext> = {
    onParams({ setParamsHandler }) {
      setParamsHandler(({ request, params, context }) => {
        const allowed = request.method === 'GET' ? QUERIES_ONLY : ANY_KIND;
        const { query = '', operationName, variables } = params;
        if (typeof (operationName ?? '') !== 'string') throw new GraphQLError('operationName must be a text.', { extensions: { http: { status: 400 } } });
        return current().run({ query, operationName, variables }, (context as HttpContext).client, allowed) as Promise<ExecutionResult>;
      });
    },
    onResultProcess({ result, setResult, serverContext }) {
      if (Array.isArray(result) || Symbol.asyncIterator in result || !result.errors) return;
      const { client } = serverContext as unknown as HttpContext;
      const settle = (error: GraphQLError) => settled(error, client.traceId, revealUnknown, log);
      setResult({ ...result, errors: result.errors.map(settle) });
    },
  };
  return createYoga<HttpContext, HttpContext>({
    graphqlEndpoint: '/graphql', plugins: [running as Plugin], cors: false, graphiql: false, landingPage: false, multipart: false, batching: false,
    maskedErrors: false, logging: false, maxRequestBodySize: false, parserAndValidationCache: false, healthCheckEndpoint: '/graphql/live',
  });
}

/** Errors of the HTTP edge get a code of the registry and the trace, like all others; unexpected ones are masked. */
function settled(error: GraphQLError, traceId: string, revealUnknown: boolean, log: Logger): GraphQLError {
  const extensions = error.extensions ?? {};
  if (extensions.traceId !== undefined) return error;
  const http = extensions.http as { status?: number } | undefined;
  const own = typeof extensions.code === 'string' && (revealUnknown || Object.hasOwn(FAULTS, extensions.code));
  if (own) return new GraphQLError(error.message, { path: error.path, extensions: { ...extensions, traceId } });
  const isClients = (http?.status ?? 500) < 500;
  if (!isClients) log.error({ err: error.originalError ?? error, traceId }, 'a request failed in a way that nobody foresaw');
  const code: FaultCode = isClients ? 'INVALID_INPUT' : 'INTERNAL';
  const message = isClients ? error.message : FAULTS.INTERNAL.message;
  // Such a request is no GraphQL at all, so the status holds for every media type (GraphQL over HTTP §6.4.1).
  return new GraphQLError(message, { extensions: { code, traceId, http: { status: 500, ...http, spec: false } } });
}
