/** A subgraph behind HTTP, through undici's pool. Subscriptions come over graphql-ws on the same path. */
import { createClient } from 'graphql-ws';
import type { ExecutionResult } from 'graphql';
import { Pool } from 'undici';
import WebSocket from 'ws';
import { send } from '#platform/http/send.ts';
import { parseAnswer } from './answer.ts';
import type { RouterContext, SubgraphRequest, Transport } from './transport.ts';

export interface HttpTransportOptions {
  /** Open connections to one subgraph, at most. */
  connections?: number;
  /** Longest answer taken, in bytes. */
  maxAnswerBytes?: number;
  /** Headers besides the content's own: identity, language, trace. */
  headers?: (context: RouterContext) => Record<string, string>;
}

const CONNECTIONS = 64;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export function httpTransport(address: string, options: HttpTransportOptions = {}): Transport {
  const url = new URL(address);
  const pool = new Pool(url.origin, { connections: options.connections ?? CONNECTIONS });
  const path = url.pathname + url.search;
  const maxAnswerBytes = options.maxAnswerBytes ?? MAX_ANSWER_BYTES;
  const headersOf = options.headers ?? defaultHeaders;

  return {
    async fetch({ query, operationName, variables, context, signal }) {
      const body = JSON.stringify({ query, ...(operationName && { operationName }), variables });
      const headers = { ...headersOf(context), 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json' };
      const received = await send(pool, { path, method: 'POST', headers, body }, maxAnswerBytes, signal);
      return parseAnswer(received);
    },
    async subscribe({ query, operationName, variables, context }: SubgraphRequest) {
      const client = createClient({
        url: address.replace(/^http/, 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, connectionParams: headersOf(context),
      });
      return client.iterate({ query, operationName: operationName ?? null, variables }) as AsyncIterableIterator<ExecutionResult>;
    },
    close: () => pool.close(),
  };
}

function defaultHeaders({ language, traceId, forward }: RouterContext): Record<string, string> {
  return { ...forward, 'accept-language': language, 'x-trace-id': traceId };
}
