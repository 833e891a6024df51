/**
 * Subscriptions to a room in processes of its own. One socket an instance carries all of them. When a socket breaks or its
 * instance stops being well, each goes on at another instance, or at the same one once it is back; the room tells the
 * state of things first, or what came after the last cursor, so what was missed is made up for. The client notices nothing, for `MEND_WITHIN_MS`.
 */
import { createClient, type Client } from 'graphql-ws';
import type { ExecutionResult } from 'graphql';
import WebSocket from 'ws';
import type { Clock } from '#platform/clock/clock.ts';
import type { Fleet } from '#platform/discovery/fleet.ts';
import { Fault } from '#platform/errors.ts';
import { createContext } from '#platform/subgraph/context.ts';
import { connectionRequest, operationBody, operationRequest } from '#platform/subgraph/serve-sockets.ts';
import type { Signer } from '#platform/subgraph/signed-context.ts';
import { resumable } from './resume.ts';
import type { SubgraphRequest } from './transport.ts';

export interface SubscriptionsOptions {
  room: string;
  fleet: Fleet;
  signer: Signer;
  clock: Clock;
}

export interface Subscriptions {
  /** Never rejects for a lost connection before its time is over. Rejects with the fault UNAVAILABLE then. */
  follow(request: SubgraphRequest): AsyncIterableIterator<ExecutionResult, undefined>;
  close(): Promise<void>;
}

/** How long a subscription that ran looks for an instance; one that never ran gives up sooner. */
export const MEND_WITHIN_MS = 60_000;
const BEGIN_WITHIN_MS = 1_500;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** A subscriber that falls further behind is cut off. */
const MAX_WAITING = 1_000;
/** A socket that nobody uses is kept for so long. */
const IDLE_MS = 5_000;
/** The protocol's own heartbeat. */
const PING_EVERY_MS = 10_000;

interface Line {
  client: Client;
  /** How often it was opened. */
  opened: number;
  open: boolean;
}

/** A socket that is given up while it connects tells of it after its client has stopped listening; unheard, that would end the process. */
class Socket extends WebSocket {
  constructor(...parts: ConstructorParameters<typeof WebSocket>) {
    super(...parts);
    this.on('error', () => undefined);
  }
}

const END = { done: true, value: undefined } as const;

export function createSubscriptions({ room, fleet, signer, clock }: SubscriptionsOptions): Subscriptions {
  const lines = new Map<string, Line>();
  const nobody = createContext({ identity: null, language: 'en', traceId: '', clientAddress: '' });
  const watching = fleet.watch(room);
  /** A process that hangs never closes its sockets. */
  const unwatch = watching.changed(() => {
    const well = new Set(watching.current().map(({ address }) => address));
    for (const [address, line] of lines) {
      if (well.has(address)) continue;
      lines.delete(address);
      line.client.terminate();
    }
  });

  function lineTo(address: string): Line {
    const known = lines.get(address);
    if (known) return known;
    const client = createClient({
      url: `${address.replace(/^http/, 'ws')}/${room}/graphql`,
      webSocketImpl: Socket, retryAttempts: 0, lazyCloseTimeout: IDLE_MS, keepAlive: PING_EVERY_MS,
      connectionParams: () => ({ signed: signer.sign(connectionRequest(room), nobody, '') }),
      // Told to the sinks of the subscriptions.
      onNonLazyError: () => undefined,
    });
    const line: Line = { client, opened: 0, open: false };
    client.on('connected', () => {
      line.opened += 1;
      line.open = true;
    });
    client.on('closed', () => void (line.open = false));
    lines.set(address, line);
    return line;
  }

  return {
    follow({ query, operationName, variables, context }) {
      const waiting: ExecutionResult[] = [];
      const resuming = resumable(query, variables);
      let place: string | null = null;
      let over = false;
      let failure: unknown;
      let unsubscribe: (() => void) | undefined;
      let wake = Promise.withResolvers<void>();

      function end(error?: unknown): void {
        if (over) return;
        over = true;
        failure = error;
        unsubscribe?.();
        wake.resolve();
      }

      /** Runs on one socket until it ends; tells whether it got there at all. Null: the room has ended the subscription. */
      function run(): Promise<{ got: boolean; error: unknown } | null> {
        return new Promise((resolve) => {
          const instance = fleet.pick(room);
          const line = lineTo(instance.address);
          const { opened, open } = line;
          const operation = { ...(place === null ? { query, variables } : resuming!.from(place)), operationName };
          const signed = signer.sign(operationRequest(room), context, operationBody(operation));
          unsubscribe = line.client.subscribe({ ...operation, operationName: operationName ?? null, extensions: { signed } }, {
            next(result) {
              if (waiting.length >= MAX_WAITING) return end(new Fault('UNAVAILABLE', 'You fell too far behind; subscribe again.'));
              place = resuming?.placeOf(result as ExecutionResult) ?? place;
              waiting.push(result as ExecutionResult);
              wake.resolve();
            },
            error(error) {
              const got = open || line.opened > opened;
              if (!got) watching.refused(instance);
              resolve({ got, error });
            },
            complete: () => resolve(null),
          });
        });
      }

      async function go(): Promise<void> {
        let hasRun = false;
        let pauseMs = FIRST_PAUSE_MS;
        let deadlineMs = clock.nowMs() + BEGIN_WITHIN_MS;
        while (!over) {
          let cause: unknown;
          try {
            const broken = await run();
            if (!broken) return end();
            cause = broken.error;
            if (broken.got) {
              hasRun = true;
              pauseMs = FIRST_PAUSE_MS;
              deadlineMs = clock.nowMs() + MEND_WITHIN_MS;
            }
          } catch (error) {
            // Nobody is there just now.
            if (!(error instanceof Fault)) throw error;
            cause = error;
          }
          if (over) return;
          if (clock.nowMs() >= deadlineMs) return end(new Fault('UNAVAILABLE', undefined, { cause: hasRun ? cause : new Error(`no socket to ${room}`, { cause }) }));
          await clock.sleep(pauseMs);
          pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
        }
      }

      go().catch(end);
      return {
        [Symbol.asyncIterator]() {
          return this;
        },
        async next() {
          for (;;) {
            const value = waiting.shift();
            if (value) return { done: false, value };
            if (over && failure) {
              const error = failure;
              failure = undefined;
              throw error;
            }
            if (over) return END;
            wake = Promise.withResolvers();
            await wake.promise;
          }
        },
        async return() {
          end();
          return END;
        },
      };
    },
    async close() {
      unwatch();
      for (const { client } of lines.values()) client.terminate();
      lines.clear();
    },
  };
}
