/** A shopper's subscriptions to orders over one socket (graphql-ws): each state that was seen, and each time it had to begin anew. */
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { pause } from '../crash/doomed-mall.ts';
import { textOf } from './door.ts';
import type { History } from './history.ts';

export interface WatchingParts {
  origin: string;
  history: History;
  who: string;
  token(): string | undefined;
}

/** A subscription that has broken off is begun anew after so long. */
const ANEW_AFTER_MS = 500;
/** Times that a broken socket is opened again in a row. */
const SOCKET_ATTEMPTS = 200;
const LOOK_EVERY_MS = 50;

export class Watching {
  readonly #parts: WatchingParts;
  readonly #followed = new Map<string, { last: string; end(): void }>();
  #client: Client | null = null;

  constructor(parts: WatchingParts) {
    this.#parts = parts;
  }

  follow(order: { id: string; guestToken: string | null }): void {
    const { history, who } = this.#parts;
    const note = (code: string) => void history.add({ who, op: 'watch', key: order.id, kind: 'info', code });
    const state = { last: '', ended: false, end: () => {} };
    const begin = () => {
      if (state.ended) return;
      history.add({ who, op: 'watch', key: order.id, kind: 'invoke' });
      const anew = (code: string) => {
        note(code);
        setTimeout(begin, ANEW_AFTER_MS).unref();
      };
      const dispose = this.#socket().subscribe<{ orderChanged: { id: string; status: string; payment: { status: string } } | null }>(
        { query: textOf('OrderChanged'), operationName: 'OrderChanged', variables: { ...order } },
        {
          next: ({ data, errors }) => {
            const seen = data?.orderChanged;
            if (!seen) return note(String(errors?.[0]?.extensions?.code ?? 'NOTHING'));
            state.last = stateOf(seen.status, seen.payment.status);
            history.add({ who, op: 'watch', key: order.id, kind: 'ok', order: { id: seen.id, status: seen.status, payment: seen.payment.status } });
          },
          error: (error) => !state.ended && anew(codeOf(error)),
          complete: () => !state.ended && anew('COMPLETED'),
        },
      );
      state.end = dispose;
    };
    this.#followed.set(order.id, {
      get last() {
        return state.last;
      },
      end: () => {
        state.ended = true;
        state.end();
      },
    });
    begin();
  }

  /** Waits until what was seen last of each order is how it ended (`PAID status` by id), a limited time; then listens no more. */
  async settle(ends: ReadonlyMap<string, string>, limitMs: number): Promise<void> {
    const deadline = performance.now() + limitMs;
    const waits = () => [...this.#followed].some(([id, { last }]) => ends.get(id) !== last);
    while (waits() && performance.now() < deadline) await pause(LOOK_EVERY_MS);
    await this.end();
  }

  async end(): Promise<void> {
    for (const { end } of this.#followed.values()) end();
    this.#followed.clear();
    const client = this.#client;
    this.#client = null;
    await client?.dispose();
  }

  #socket(): Client {
    const { origin, history, who, token } = this.#parts;
    this.#client ??= createClient({
      url: `${origin.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: SOCKET_ATTEMPTS,
      shouldRetry: () => true,
      retryWait: () => pause(ANEW_AFTER_MS),
      connectionParams: () => ({ ...(token() && { authorization: `Bearer ${token()}` }) }),
      on: { closed: (event) => void history.add({ who, op: 'watch', key: 'socket', kind: 'info', code: `CLOSED_${(event as { code?: number }).code ?? 0}` }) },
    });
    return this.#client;
  }
}

/** What a watcher compares: `CONFIRMED CAPTURED`. */
export const stateOf = (status: string, payment: string): string => `${status} ${payment}`;

function codeOf(error: unknown): string {
  if (Array.isArray(error)) return String(error[0]?.extensions?.code ?? 'ERROR');
  return typeof (error as { code?: number }).code === 'number' ? `CLOSED_${(error as { code: number }).code}` : 'ERROR';
}
