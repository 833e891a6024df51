/**
 * The rooms of one process behind HTTP, for the router and for each other:
 *
 *     POST /<room>/graphql    an operation; subscriptions by graphql-ws on the same path
 *     POST /asks/<name>       what another room asks (platform/ask)
 *     GET  /health/live, /health/ready, /metrics
 *     whatever else the rooms have routes for, as the router passes it on
 *
 * Everything but health and metrics has to be signed (signed-context.ts); the body is read first, within a limit.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { ExecutionResult, GraphQLSchema } from 'graphql';
import type { Registry } from 'prom-client';
import type { AskRegistry } from '#platform/ask/embedded.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { FAULTS, Fault } from '#platform/errors.ts';
import { readBytes, sendFetchResponse, sendJson, toFetchRequest } from '#platform/http/fetch-bridge.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { createContext } from './context.ts';
import type { Route } from './room.ts';
import { createRoomRunner, type RoomRunner } from './run.ts';
import { toGraphQLError } from './schema.ts';
import { createRoomSockets } from './serve-sockets.ts';
import { SIGNED_HEADER, type SignedParts, type Signer } from './signed-context.ts';

export interface ServedRoom {
  schema: GraphQLSchema;
  routes: readonly Route[];
}

export interface RoomServerOptions {
  rooms: ReadonlyMap<string, ServedRoom>;
  asks: AskRegistry;
  signer: Signer;
  clock: Clock;
  log: Logger;
  metrics: Registry;
  /** What `/health/ready` tells; a rejection or `false` is a 503. */
  ready: () => Promise<boolean>;
  /** What is worse than it should be while the process goes on, a line each. */
  ailments?: () => readonly string[];
  /** In front of the path of requests that routes get. */
  publicUrl: string;
  maxBodyBytes?: number;
  /** How long it still takes requests after it has said that it stops, so that nobody is sent to a closed door. */
  noticeMs?: number;
}

export interface RoomServer {
  handle(request: IncomingMessage, response: ServerResponse): void;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Not ready any more, sockets closed with 1001, a while for others to notice, then requests in flight answered (at most `withinMs`). The HTTP server is its owner's. */
  stop(withinMs: number, noticeMs?: number): Promise<void>;
}

/** The router's own limit, and room for the entities of a fetch. */
const MAX_BODY_BYTES = 8 * 1024 * 1024;
/** Longer than it takes others to look at our health (platform/discovery/roster.ts), with the time of one look. */
const NOTICE_MS = 1_500;

const GRAPHQL = /^\/([a-z]+)\/graphql$/;
const ASK = /^\/asks\/([\w.]+)$/;

export function createRoomServer(options: RoomServerOptions): RoomServer {
  const { asks, signer, clock, log, publicUrl, maxBodyBytes = MAX_BODY_BYTES, noticeMs: usualNoticeMs = NOTICE_MS } = options;
  const runners = new Map<string, RoomRunner>([...options.rooms].map(([name, { schema }]) => [name, createRoomRunner(schema)]));
  const routes = [...options.rooms.values()].flatMap((room) => room.routes).toSorted((left, right) => right.path.length - left.path.length);
  const sockets = createRoomSockets({ rooms: options.rooms, runners, signer, clock, log, settle, maxBodyBytes });
  const inFlight = new Set<ServerResponse>();
  let stopping = false;
  let stopped: Promise<void> | undefined;

  /** Errors as the wire carries them: a code of the registry, what nobody foresaw masked. */
  function settle(result: ExecutionResult, traceId: string): ExecutionResult {
    if (!result.errors) return result;
    return { ...result, errors: result.errors.map((error) => toGraphQLError(error, traceId, (cause) => log.error({ err: cause, traceId, path: error.path }, 'a resolver failed'))) };
  }

  async function answerGraphql(runner: RoomRunner, body: string, parts: SignedParts, response: ServerResponse): Promise<void> {
    const { query, operationName, variables = {} } = JSON.parse(body) as { query: string; operationName?: string; variables?: Record<string, unknown> };
    const gone = new AbortController();
    response.once('close', () => response.writableFinished || gone.abort(new Fault('UNAVAILABLE', 'Nobody waits for the answer.')));
    const context = createContext({ ...parts, signal: gone.signal });
    const result = settle(await runner.execute({ query, operationName, variables, context }), parts.traceId);
    if (!response.destroyed) sendJson(response, 200, result);
  }

  async function answerAsk(name: string, body: string, { traceId }: SignedParts, response: ServerResponse): Promise<void> {
    const contract = asks.find(name);
    try {
      if (!contract) throw new Fault('UNAVAILABLE', `Nobody answers ${name} here.`);
      sendJson(response, 200, { output: (await asks.ask(contract, JSON.parse(body))) ?? null });
    } catch (error) {
      const fault = error instanceof Fault ? error : new Fault('INTERNAL', undefined, { cause: error });
      if (fault.code === 'INTERNAL') log.error({ err: error, traceId, ask: name }, 'an ask failed');
      const { code, message, fields, retryAfterMs } = fault;
      sendJson(response, FAULTS[code].httpStatus, { fault: { code, message: code === 'INTERNAL' ? FAULTS.INTERNAL.message : message, fields, retryAfterMs } });
    }
  }

  async function health(path: string, response: ServerResponse): Promise<void> {
    if (path === '/health/live') return sendJson(response, 200, { status: 'live' });
    const ready = !stopping && (await options.ready().catch((error: unknown) => (log.warn({ err: error }, 'not ready'), false)));
    const degraded = options.ailments?.() ?? [];
    sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : stopping ? 'stopping' : 'not ready', ...(degraded.length > 0 && { degraded }) });
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/', method = 'GET' } = request;
    const path = url.includes('?') ? url.slice(0, url.indexOf('?')) : url;
    if (path === '/health/live' || path === '/health/ready') return health(path, response);
    if (path === '/metrics') return void response.writeHead(200, { 'content-type': options.metrics.contentType }).end(await options.metrics.metrics());

    const body = method === 'POST' ? await readBytes(request, maxBodyBytes) : Buffer.alloc(0);
    if (body === null) return sendJson(response, 413, { code: 'INVALID_INPUT', message: `The body is longer than ${maxBodyBytes} bytes.` });
    const signed = request.headers[SIGNED_HEADER];
    const parts = signer.verify(typeof signed === 'string' ? signed : undefined, `${method} ${url}`, body);

    const runner = method === 'POST' && runners.get(GRAPHQL.exec(path)?.[1] ?? '');
    if (runner) return answerGraphql(runner, body.toString('utf8'), parts, response);
    const ask = method === 'POST' && ASK.exec(path)?.[1];
    if (ask) return answerAsk(ask, body.toString('utf8'), parts, response);
    const route = routes.find((each) => each.method === (method === 'HEAD' ? 'GET' : method) && path.startsWith(each.path));
    if (route) return sendFetchResponse(await route.handle(toFetchRequest(request, publicUrl, body)), response);
    sendJson(response, 404, { code: 'NOT_FOUND', message: 'No room of this process has that.' });
  }

  function failed(error: unknown, request: IncomingMessage, response: ServerResponse): void {
    if (response.destroyed) return;
    if (response.headersSent) return void response.destroy();
    if (error instanceof Fault && error.code === 'UNAUTHENTICATED') {
      log.warn({ path: request.url, from: request.socket.remoteAddress, reason: error.message }, 'refused a request');
      return sendJson(response, 401, { code: error.code, message: error.message });
    }
    log.error({ err: error, path: request.url }, 'a request failed in a way that nobody foresaw');
    sendJson(response, 500, { code: 'INTERNAL', message: FAULTS.INTERNAL.message });
  }

  async function stopOnce(withinMs: number, noticeMs: number): Promise<void> {
    stopping = true;
    await sockets.close();
    await clock.sleep(Math.min(noticeMs, withinMs));
    const over = Promise.withResolvers<void>();
    const check = () => inFlight.size === 0 && over.resolve();
    for (const response of inFlight) response.once('close', check);
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
      answer(request, response).catch((error: unknown) => failed(error, request, response));
    },
    upgrade(request, socket, head) {
      const room = GRAPHQL.exec(request.url ?? '')?.[1];
      if (!stopping && room && runners.has(room)) return sockets.upgrade(request, socket, head);
      socket.end(`HTTP/1.1 ${stopping ? '503 Service Unavailable' : '404 Not Found'}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
    },
    stop: (withinMs, noticeMs = usualNoticeMs) => (stopped ??= stopOnce(withinMs, noticeMs)),
  };
}
