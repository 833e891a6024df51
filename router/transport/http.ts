/** A subgraph behind HTTP, through undici's pool. Subscriptions come over graphql-ws on the same path. */
import { createClient } from 'graphql-ws';
import type { ExecutionResult } from 'graphql';
import { Pool, type Dispatcher } from 'undici';
import WebSocket from 'ws';
import { Fault } from '#platform/errors.ts';
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

/** One request, whatever its status; rejects when the connection breaks, the answer is too long or the signal aborts. */
function send(pool: Pool, request: Dispatcher.DispatchOptions, maxBytes: number, signal: AbortSignal | undefined): Promise<Received> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let status = 0;
    let abort: (() => void) | undefined;
    pool.dispatch(request, {
      onRequestStart(controller) {
        abort = () => controller.abort(signal!.reason as Error);
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      },
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(controller, chunk) {
        size += chunk.length;
        if (size > maxBytes) controller.abort(new Error(`the answer is longer than ${maxBytes} bytes`));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        if (abort) signal?.removeEventListener('abort', abort);
        resolve({ status, text: (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8') });
      },
      onResponseError(_controller, error) {
        if (abort) signal?.removeEventListener('abort', abort);
        reject(error);
      },
    });
  });
}

interface Received {
  status: number;
  text: string;
}

/** GraphQL over HTTP: an answer with another status than 200 may still be a GraphQL answer. */
function parseAnswer({ status, text }: Received): ExecutionResult {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new Fault('UNAVAILABLE', undefined, { cause: new Error(`no JSON, HTTP status ${status}`, { cause }) });
  }
  const isAnswer = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
  if (!isAnswer) throw new Fault('UNAVAILABLE', undefined, { cause: new Error(`no GraphQL answer, HTTP status ${status}`) });
  return answer as ExecutionResult;
}
