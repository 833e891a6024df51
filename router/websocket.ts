/**
 * GraphQL over WebSocket (the graphql-transport-ws protocol). The identity comes with `connection_init`; a socket that
 * outlives its token is closed with 4403, and its client comes back with a fresh one.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, type ServerOptions } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Generation, OperationParams } from './generation.ts';
import { ANY_KIND } from './generation.ts';
import { bearerToken, type TokenVerifier } from './identity.ts';

export interface WebSocketOptions {
  current: () => Generation;
  verifier: TokenVerifier | null;
  /** A context of this client for one operation; header names are those of `connection_init`'s payload. */
  contextOf: (request: IncomingMessage, identity: RequestContext['identity'], acceptLanguage: string | undefined) => RequestContext;
  maxBodyBytes: number;
  clock: Clock;
  log: Logger;
}

export interface WebSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every socket with 1001 and resolves when they are gone. */
  close(): Promise<void>;
}

/** One socket runs at most this many operations at a time. */
const MAX_OPERATIONS_A_SOCKET = 100;
const CLOSE_WITHIN_MS = 1_000;
const TOO_MANY = 4429;

interface SocketState {
  socket: WebSocket;
  request: IncomingMessage;
  identity: RequestContext['identity'];
  acceptLanguage: string | undefined;
  cancelExpiry?: () => void;
}

export function createWebSockets({ current, verifier, contextOf, maxBodyBytes, clock, log }: WebSocketOptions): WebSockets {
  const server = new WebSocketServer({
    noServer: true, maxPayload: maxBodyBytes,
    handleProtocols: (protocols) => (protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });

  async function connect(state: SocketState, payload: Readonly<Record<string, unknown>>): Promise<boolean> {
    const { authorization, Authorization = authorization, acceptLanguage } = payload;
    if (typeof acceptLanguage === 'string') state.acceptLanguage = acceptLanguage;
    if (!verifier || typeof Authorization !== 'string') return true;
    try {
      const token = bearerToken(Authorization);
      if (!token) return true;
      const { identity, expiresAtMs } = await verifier.verify(token);
      state.identity = identity;
      state.cancelExpiry = clock.after(expiresAtMs - clock.nowMs(), () => state.socket.close(CloseCode.Forbidden, 'The access token has run out'));
      return true;
    } catch (error) {
      if (error instanceof Fault && error.code === 'UNAUTHENTICATED') return false;
      throw error;
    }
  }

  const states = new WeakMap<WebSocket, SocketState>();
  const options: ServerOptions<Record<string, unknown>, { socket: WebSocket; request: IncomingMessage }> = {
    async onConnect({ extra: { socket, request }, connectionParams }) {
      const state: SocketState = { socket, request, identity: null, acceptLanguage: request.headers['accept-language'] };
      states.set(socket, state);
      // False closes with 4403.
      return connect(state, connectionParams ?? {});
    },
    onSubscribe({ extra: { socket }, subscriptions }, _id, payload) {
      if (Object.keys(subscriptions).length > MAX_OPERATIONS_A_SOCKET) return socket.close(TOO_MANY, 'Too many operations on one socket');
      const state = states.get(socket)!;
      const context = contextOf(state.request, state.identity, state.acceptLanguage);
      const generation = current();
      const found = generation.read(payload, context.traceId);
      if (found.errors) return withoutHttp(found).errors;
      // The library asks the document which kind of operation it is; `start` runs it.
      const contextValue: Running = { generation, params: payload, context };
      return { schema: generation.supergraph.api, document: found.document, operationName: payload.operationName, contextValue };
    },
    execute: (args) => start(args),
    subscribe: (args) => start(args),
    onDisconnect: ({ extra: { socket } }) => states.get(socket)?.cancelExpiry?.(),
  };

  const protocol = useServer(options, server);
  server.on('error', (error) => log.warn({ err: error }, 'the WebSocket server reports an error'));
  return {
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, (webSocket) => server.emit('connection', webSocket, request)),
    async close() {
      // Says 1001 to every client. One that does not answer is cut off.
      const cancel = clock.after(CLOSE_WITHIN_MS, () => server.clients.forEach((socket) => socket.terminate()));
      await protocol.dispose();
      cancel();
    },
  };
}

interface Running {
  generation: Generation;
  params: OperationParams;
  context: RequestContext;
}

async function start({ contextValue }: ExecutionArgs): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const { generation, params, context } = contextValue as Running;
  const outcome = await generation.run(params, context, ANY_KIND);
  return Symbol.asyncIterator in outcome ? (outcome as AsyncIterableIterator<ExecutionResult>) : withoutHttp(outcome);
}

/** `extensions.http` is for the other transport. */
function withoutHttp<Outcome extends Pick<ExecutionResult, 'errors'>>(outcome: Outcome): Outcome {
  if (!outcome.errors) return outcome;
  const errors = outcome.errors.map((error) => {
    const { http: _, ...extensions } = error.extensions;
    const { message, nodes, source, positions, path } = error;
    return new GraphQLError(message, { nodes, source, positions, path, extensions });
  });
  return { ...outcome, errors };
}
