/** The connection to Kafka: addresses, patience, and its log in ours. */
import { createRequire } from 'node:module';
import { connect, type Socket } from 'node:net';
import { Kafka, logLevel, type LogEntry } from 'kafkajs';
import { systemClock } from '#platform/clock/system.ts';
import { Fault } from '#platform/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';

const CONNECT_WITHIN_MS = 3_000;
/** A broker that is silent for so long with its port open counts as gone. */
const ANSWER_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 500;
const KEEP_ALIVE_MS = 60_000;
const DEFAULT_PREFIX = 'gomall';

stopIdleTimers();

/** Brokers and prefix of `host:port,host:port?prefix=gomall`; throws a fault that names what is wrong. */
export function readAddresses(addresses: string): { brokers: string[]; prefix: string } {
  const [hosts = '', query, ...more] = addresses.split('?');
  const prefix = query === undefined ? DEFAULT_PREFIX : /^prefix=([A-Za-z0-9_-]{1,64})$/.exec(query)?.[1];
  if (prefix === undefined || more.length > 0) {
    throw new Fault('UNAVAILABLE', `KAFKA_BROKERS: after the brokers may come ?prefix=NAME (letters, digits, - and _), by which malls that share a cluster are told apart; it is "?${[query, ...more].join('?')}"`);
  }
  const brokers = hosts.split(',').map((address) => address.trim()).filter(Boolean);
  for (const broker of brokers) {
    if (!/^(\[[0-9a-fA-F:]+\]|[^\s:/@]+):\d{1,5}$/.test(broker)) {
      throw new Fault('UNAVAILABLE', `KAFKA_BROKERS: "${broker}" is not HOST:PORT; several are separated by commas, e.g. kafka-1:9092,kafka-2:9092`);
    }
  }
  if (brokers.length === 0) throw new Fault('UNAVAILABLE', 'KAFKA_BROKERS: names no broker; leave it out to use the embedded bus');
  return { brokers, prefix };
}

/** A client with connections of its own. */
export interface Client {
  kafka: Kafka;
  /** Breaks every connection at once and opens no more, so that whatever waits for an answer fails. */
  cut(): void;
}

/**
 * One for each producer, admin and member of a group, so that one that hangs can be given up whole: kafkajs goes on with
 * its connections after a failure, and one whose answer was broken off never understands another.
 */
export function openClient(brokers: readonly string[], log: Logger): Client {
  const sockets = new Set<Socket>();
  let isCut = false;
  const kafka = new Kafka({
    clientId: 'gomall',
    brokers: [...brokers],
    connectionTimeout: CONNECT_WITHIN_MS,
    requestTimeout: ANSWER_WITHIN_MS,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => {
      if (!isCut) write(log, entry);
    },
    socketFactory({ host, port, onConnect }) {
      if (isCut) throw new Error('this client was given up');
      // Many small requests, each waited for: none may wait for the acknowledgement of another.
      const socket = connect({ host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS }, onConnect);
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      return socket;
    },
  });
  return {
    kafka,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.destroy(new Error('this client was given up'));
    },
  };
}

export const connectKafka = (brokers: readonly string[], log: Logger): Kafka => openClient(brokers, log).kafka;

interface RequestQueue {
  pending: unknown[];
  inflight: Map<number, { sentAt: number; requestTimeout: number; timeoutRequest(): void }>;
  endLooks?: () => void;
  isConnected(): boolean;
  scheduleCheckPendingRequests(): void;
  scheduleRequestTimeoutCheck(): void;
  destroy(): void;
}

/**
 * kafkajs 2.2.4 sets a timer of a negative time, which is 1 ms, after every request of every connection, and again when it
 * fires, for ever (network/requestQueue, scheduleCheckPendingRequests: `throttledUntil` is -1 unless a broker throttles).
 * A process with ten listeners would never sleep. The timer is of use only while a request waits to be sent. And ten times
 * a second it looks on each connection for requests that were not answered in time; twice is enough.
 */
function stopIdleTimers(): void {
  const { prototype } = createRequire(import.meta.url)('kafkajs/src/network/requestQueue/index.js') as { prototype: RequestQueue };
  const { scheduleCheckPendingRequests, destroy } = prototype;
  prototype.scheduleCheckPendingRequests = function () {
    if (this.pending.length > 0) scheduleCheckPendingRequests.call(this);
  };
  prototype.scheduleRequestTimeoutCheck = function () {
    this.destroy();
    this.endLooks = systemClock.every(LOOK_EVERY_MS, () => {
      const nowMs = systemClock.nowMs();
      for (const request of [...this.inflight.values()]) if (nowMs - request.sentAt > request.requestTimeout) request.timeoutRequest();
      if (!this.isConnected()) this.destroy();
    });
  };
  prototype.destroy = function () {
    this.endLooks?.();
    destroy.call(this);
  };
}

/** What the client calls errors it mostly gets over by itself. */
function write(log: Logger, { level, namespace, log: { message, timestamp: _, logger: __, ...details } }: LogEntry): void {
  // Not so here: kafka-sender.ts goes on with a new producer, and whoever listens knows a message by its id.
  if (message.startsWith('Limiting retries for the idempotent producer')) return;
  // What it repeats by itself until a leader is elected.
  const passing = typeof details.error === 'string' && details.error.includes('not the leader');
  log[!passing && level <= logLevel.WARN ? 'warn' : 'debug']({ kafka: namespace, ...details }, message);
}
