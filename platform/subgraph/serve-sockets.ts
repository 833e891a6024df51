/** Subscriptions of a process's rooms over graphql-ws. The connection is signed, and every operation with its client's identity. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse, type ExecutionArgs, type ExecutionResult } from 'graphql';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL, type ServerOptions } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import { canonicalJson } from '#platform/idempotency/canonical.ts';
import { mapStream } from '#platform/stream.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { createContext, type RequestContext } from './context.ts';
import type { RoomRunner } from './run.ts';
import type { ServedRoom } from './serve.ts';
import type { SignedParts, Signer } from './signed-context.ts';

export interface RoomSocketsOptions {
  rooms: ReadonlyMap<string, ServedRoom>;
  runners: ReadonlyMap<string, RoomRunner>;
  signer: Signer;
  clock: Clock;
  log: Logger;
  settle(result: ExecutionResult, traceId: string): ExecutionResult;
  maxBodyBytes: number;
}

export interface RoomSockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every socket with 1001 (going away) and resolves when they are gone. */
  close(): Promise<void>;
}

export interface SocketOperation {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** What is signed for a connection, and for one operation on it. */
export const connectionRequest = (room: string): string => `CONNECT /${room}/graphql`;
export const operationRequest = (room: string): string => `SUBSCRIBE /${room}/graphql`;
export const operationBody = ({ query, operationName, variables }: SocketOperation): string => canonicalJson({ query, operationName: operationName ?? null, variables: variables ?? {} });

const CLOSE_WITHIN_MS = 1_000;

export function createRoomSockets({ rooms, runners, signer, clock, log, settle, maxBodyBytes }: RoomSocketsOptions): RoomSockets {
  const server = new WebSocketServer({
    noServer: true, maxPayload: maxBodyBytes,
    handleProtocols: (protocols) => (protocols.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false),
  });
  const roomOf = (request: IncomingMessage) => (request.url ?? '').split('/')[1] ?? '';

  /** Null, and a line in the log, when it is not signed by one of us. */
  function verified(signed: unknown, request: string, body: string): SignedParts | null {
    try {
      return signer.verify(typeof signed === 'string' ? signed : undefined, request, body);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      log.warn({ request, reason: error.message }, 'refused a socket or its operation');
      return null;
    }
  }

  const options: ServerOptions<Record<string, unknown>, { socket: WebSocket; request: IncomingMessage }> = {
    // False closes with 4403.
    onConnect: ({ extra: { request }, connectionParams }) => verified(connectionParams?.signed, connectionRequest(roomOf(request)), '') !== null,
    onSubscribe({ extra: { socket, request } }, _id, payload) {
      const room = roomOf(request);
      const parts = verified(payload.extensions?.signed, operationRequest(room), operationBody(payload));
      if (!parts) {
        socket.close(CloseCode.Forbidden, 'Forbidden');
        return [new GraphQLError('This operation is not signed.')];
      }
      const gone = new AbortController();
      const context = createContext({ ...parts, signal: gone.signal });
      const running: Running = { runner: runners.get(room)!, operation: payload, context, gone, settle };
      return { schema: rooms.get(room)!.schema, document: parse(payload.query, { noLocation: true }), operationName: payload.operationName, contextValue: running };
    },
    execute: (args) => start(args),
    subscribe: (args) => start(args),
  };
  const protocol = useServer(options, server);
  server.on('error', (error) => log.warn({ err: error }, 'the WebSocket server reports an error'));

  return {
    upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head, (webSocket) => server.emit('connection', webSocket, request)),
    async close() {
      const cancel = clock.after(CLOSE_WITHIN_MS, () => server.clients.forEach((socket) => socket.terminate()));
      await protocol.dispose();
      cancel();
    },
  };
}

interface Running {
  runner: RoomRunner;
  operation: SocketOperation;
  context: RequestContext;
  gone: AbortController;
  settle: RoomSocketsOptions['settle'];
}

async function start({ contextValue }: ExecutionArgs): Promise<ExecutionResult | AsyncIterableIterator<ExecutionResult>> {
  const { runner, operation: { query, operationName, variables }, context, gone, settle } = contextValue as Running;
  const events = await runner.subscribe({ query, operationName, variables: variables ?? {}, context });
  if (!(Symbol.asyncIterator in events)) return settle(events, context.traceId);
  return mapStream(events, async (result) => settle(result, context.traceId), () => gone.abort());
}
