/** The front door: one HTTP handler for GraphQL, accounts, health, metrics, the rooms' routes and the clients. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionResult } from 'graphql';
import type { Registry } from 'prom-client';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { createContext, type Identity, type RequestContext } from '#platform/subgraph/context.ts';
import type { Route } from '#platform/subgraph/room.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { ANY_KIND, createGeneration, type Generation, type OperationParams, type Outcome } from './generation.ts';
import { answerAuth, isAuthRoute } from './http/auth-routes.ts';
import { clientAddress, languageOf, traceIdOf, trustedProxies } from './http/client.ts';
import { cors } from './http/cors.ts';
import { readBody, sendFetchResponse, sendJson, toFetchRequest } from '#platform/http/fetch-bridge.ts';
import { createGraphql } from './http/graphql.ts';
import { createLandingPage, type ReadyOperation } from './http/landing.ts';
import { bearerToken, createTokenVerifier, type LocalToken } from './identity.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { createRouterMetrics } from './metrics.ts';
import type { RouterContext, Transports } from './transport/transport.ts';
import { createWebSockets } from './websocket.ts';

export interface RouterOptions {
  supergraphSdl: string;
  transports: Transports;
  /** The public keys of access tokens; null: nobody is known here, and subgraphs behind HTTP get the header as it came. */
  jwks: (() => Promise<{ keys: readonly unknown[] }>) | null;
  /** A token that acts as an identity without a signature, for tools on this machine. */
  localToken?: LocalToken;
  clock: Clock;
  ids: Ids;
  log: Logger;
  /** Where the router's own metrics go, and what `/metrics` shows. */
  metrics: Registry;
  /** False: `/metrics` is served on a port of its own, by `Router.metrics`. */
  serveMetrics?: boolean;
  /** Of the rooms; the longest matching path wins. */
  routes?: readonly Route[];
  /** Everything that nobody else answers. */
  web?: (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;
  /** What `/health/ready` tells; a rejection or `false` is a 503. */
  ready?: () => Promise<boolean> | boolean;
  /** What is worse than it should be while the mall serves: shown by `/health/ready` as `degraded`, still with a 200. */
  ailments?: () => readonly string[];
  limits?: Partial<Limits>;
  corsOrigins?: readonly string[];
  trustedProxies?: readonly string[];
  /** In front of the path of requests that rooms get: `http://localhost:8080`. */
  publicUrl?: string;
  subgraphTimeoutMs?: number;
  /** Errors of subgraphs reach clients as they are: for a router in front of others' subgraphs. */
  revealUnknownErrors?: boolean;
  /** Shown as tabs in GraphiQL. */
  readyOperations?: readonly ReadyOperation[];
  title?: string;
}

export interface Router {
  /** For http.createServer. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** For the server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Runs an operation without HTTP: pages rendered on the server, imports. */
  run(params: OperationParams, client?: Partial<Pick<RequestContext, 'identity' | 'language' | 'traceId' | 'clientAddress'>>): Promise<Outcome>;
  /** Answers with the metrics, for a port of its own. */
  metrics(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Another schema from now on; what runs already goes on as it began. @throws Error when it cannot be used: then nothing changes. */
  swap(supergraphSdl: string, transports: Transports): void;
  /** Not ready any more, sockets closed with 1001, requests in flight answered (at most `withinMs`). The HTTP server is its owner's. */
  stop(withinMs?: number): Promise<void>;
}

/** placeOrder may wait ten seconds for its saga, and needs some more for itself. */
const SUBGRAPH_TIMEOUT_MS = 15_000;
const STOP_WITHIN_MS = 10_000;

export function createRouter(options: RouterOptions): Router {
  const { clock, ids, log, corsOrigins = [], routes = [], publicUrl = 'http://localhost', jwks } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const proxies = trustedProxies(options.trustedProxies ?? []);
  const routerMetrics = createRouterMetrics(options.metrics);
  const verifier = jwks && createTokenVerifier({ jwks, clock, local: options.localToken });
  const policy = { revealUnknown: options.revealUnknownErrors ?? false, log };
  const generate = (supergraphSdl: string, transports: Transports): Generation =>
    createGeneration({ supergraphSdl, transports, limits, policy, metrics: routerMetrics, clock, subgraphTimeoutMs: options.subgraphTimeoutMs ?? SUBGRAPH_TIMEOUT_MS });
  let generation = generate(options.supergraphSdl, options.transports);
  const current = () => generation;
  const sortedRoutes = routes.toSorted((left, right) => right.path.length - left.path.length);
  const graphql = createGraphql({ current, revealUnknown: policy.revealUnknown, log });
  const landing = createLandingPage(options.readyOperations ?? [], options.title ?? 'GraphQL');
  const inFlight = new Set<ServerResponse>();
  let stopping = false;
  let stopped: Promise<void> | undefined;

  const contextOf = (request: IncomingMessage, identity: Identity | null, acceptLanguage: string | undefined): RouterContext =>
    createContext({ ...forwarded(request), identity, language: languageOf(acceptLanguage), traceId: traceIdOf(request.headers, ids), clientAddress: clientAddress(request, proxies) });
  const sockets = createWebSockets({ current, verifier, contextOf, maxBodyBytes: limits.maxBodyBytes, clock, log });

  /** Who cannot check tokens passes them on: then the subgraphs must. */
  function forwarded({ headers: { authorization } }: IncomingMessage): Pick<RouterContext, 'forward'> {
    return verifier === null && authorization ? { forward: { authorization } } : {};
  }

  async function identify(request: IncomingMessage): Promise<Identity | null> {
    if (!verifier) return null;
    const token = bearerToken(request.headers.authorization);
    return token ? (await verifier.verify(token)).identity : null;
  }

  async function answerClient(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (cors(request, response, corsOrigins)) return;
    if (path === '/graphql' && landing.wants(request)) return landing.answer(request, response);
    if (isForm(request)) {
      const extensions = { code: 'INVALID_INPUT', traceId: traceIdOf(request.headers, ids) };
      return sendJson(response, 415, { errors: [{ message: 'Send application/json.', extensions }] });
    }
    let identity: Identity | null;
    try {
      identity = await identify(request);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      return refuse(error, request, response);
    }
    const client = contextOf(request, identity, request.headers['accept-language']);
    if (path === '/graphql') return answerGraphql(request, response, client);
    const run = (query: string, variables: Record<string, unknown>) => generation.run({ query, variables }, client, ANY_KIND) as Promise<ExecutionResult>;
    return answerAuth({ path, request, response, context: client, run });
  }

  async function answerGraphql(request: IncomingMessage, response: ServerResponse, client: RequestContext): Promise<void> {
    const { method, headers } = request;
    if (method !== 'POST' || Number(headers['content-length']) <= limits.maxBodyBytes) return void (await graphql(request, response, { client }));
    // Longer than allowed, or of unknown length: then it is counted as it comes.
    const body = headers['content-length'] === undefined ? await readBody(request, limits.maxBodyBytes) : null;
    if (body === null) {
      const extensions = { code: 'INVALID_INPUT', traceId: client.traceId };
      return sendJson(response, 413, { errors: [{ message: `The body is longer than ${limits.maxBodyBytes} bytes.`, extensions }] });
    }
    const { 'content-type': type = '', accept = '*/*' } = headers;
    const whole = new Request(new URL(request.url ?? '/', publicUrl), { method, body, headers: { 'content-type': type, accept } });
    return sendFetchResponse(await graphql.fetch(whole, { client }), response);
  }

  /** A token that is no good: the whole request is refused, before anything is read of it. */
  function refuse(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
    const unauthenticated = fault.code === 'UNAUTHENTICATED';
    if (unauthenticated) response.setHeader('www-authenticate', 'Bearer error="invalid_token"');
    const extensions = { code: fault.code, traceId: traceIdOf(request.headers, ids) };
    sendJson(response, unauthenticated ? 401 : 503, { errors: [{ message: fault.message, extensions }] });
  }

  async function health(path: string, response: ServerResponse): Promise<void> {
    if (path === '/health/live') return sendJson(response, 200, { status: 'live' });
    const ready = !stopping && (await Promise.resolve().then(options.ready ?? (() => true)).catch((error: unknown) => (log.warn({ err: error }, 'not ready'), false)));
    const degraded = options.ailments?.() ?? [];
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : stopping ? 'stopping' : 'not ready', ...(degraded.length > 0 && { degraded }) });
  }

  async function metrics(_request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await options.metrics.metrics();
    response.writeHead(200, { 'content-type': options.metrics.contentType }).end(text);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/' } = request;
    const path = url.includes('?') ? url.slice(0, url.indexOf('?')) : url;
    if (path === '/graphql' || isAuthRoute(path)) return answerClient(path, request, response);
    if (path === '/health/live' || path === '/health/ready') return health(path, response);
    if (path === '/metrics' && options.serveMetrics !== false) return metrics(request, response);
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = sortedRoutes.find((each) => each.method === method && path.startsWith(each.path));
    if (route) return sendFetchResponse(await route.handle(toFetchRequest(request, publicUrl)), response);
    if (options.web) return options.web(request, response);
    sendJson(response, 404, { code: 'NOT_FOUND', message: `There is nothing at ${path.slice(0, MAX_SHOWN_PATH)}.` });
  }

  async function stopOnce(withinMs: number): Promise<void> {
    stopping = true;
    await sockets.close();
    const over = Promise.withResolvers<void>();
    const check = () => inFlight.size === 0 && over.resolve();
    for (const response of inFlight) {
      response.once('close', check);
      // An event stream has no end of its own; its client comes back elsewhere.
      if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.destroy();
    }
    check();
    const cancel = clock.after(withinMs, () => {
      for (const response of inFlight) response.destroy();
      over.resolve();
    });
    await over.promise;
    cancel();
  }

  return {
    handle(request, response) {
      inFlight.add(response);
      response.once('close', () => inFlight.delete(response));
      if (stopping) response.setHeader('connection', 'close');
      answer(request, response).catch((error: unknown) => {
        // A client that went away while it was answered is nobody's fault.
        if (response.destroyed) return;
        const traceId = traceIdOf(request.headers, ids);
        log.error({ err: error, traceId, path: request.url }, 'a request failed in a way that nobody foresaw');
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { code: 'INTERNAL', message: 'Something went wrong on our side.', traceId });
      });
    },
    upgrade(request, socket, head) {
      const path = (request.url ?? '').split('?')[0];
      if (path === '/graphql' && !stopping) sockets.upgrade(request, socket, head);
      else socket.end(`HTTP/1.1 ${stopping ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    },
    run: (params, client = {}) =>
      generation.run(params, createContext({ identity: null, language: 'en', traceId: ids.uuid().replaceAll('-', ''), clientAddress: '127.0.0.1', ...client }), ANY_KIND),
    metrics,
    swap(supergraphSdl, transports) {
      generation = generate(supergraphSdl, transports);
    },
    stop: (withinMs = STOP_WITHIN_MS) => (stopped ??= stopOnce(withinMs)),
  };
}

const MAX_SHOWN_PATH = 200;

/** What a page of another site can send without asking first (Fetch standard §3.2.2): never an operation. */
function isForm({ method, headers }: IncomingMessage): boolean {
  return method === 'POST' && !/^application\/(json|graphql)\b/i.test(headers['content-type'] ?? '');
}
