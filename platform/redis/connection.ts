/**
 * One connection to Redis that never makes a caller wait for long: while it is not ready a command fails at once, nothing
 * is queued, and a server that hangs with its port open is left and tried again.
 */
import { isIP } from 'node:net';
import { Redis, ReplyError } from 'ioredis';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { RedisAddress } from './address.ts';
import { explain, type Problem } from './problems.ts';
import type { Teller } from '#platform/telemetry/teller.ts';

export const CONNECT_TIMEOUT_MS = 2_000;
/** How long a caller waits for an answer. */
export const COMMAND_TIMEOUT_MS = 300;
/** With an answer due and nothing heard for so long, the connection is given up. */
export const SILENCE_MS = 1_000;
/** The same for the first words of a new connection, where the client counts itself. */
const HANDSHAKE_SILENCE_MS = 3_000;
/** Commands without an answer; what comes on top fails at once. */
export const MAX_IN_FLIGHT = 2_000;
/** How long a server that is given up may take to say goodbye. */
const LEAVE_MS = 250;
const FIRST_RETRY_MS = 50;
const LAST_RETRY_MS = 1_000;
/** A problem counts as one so long after it was last seen. */
const PROBLEM_LASTS_MS = 5_000;

export interface ConnectionSettings {
  address: RedisAddress;
  clock: Clock;
  /** Shared by the connections to one Redis, so that a loss is told once. */
  teller: Teller;
  /** Lua by name; Redis is sent the hash, and the text again when it has forgotten it. */
  scripts?: Record<string, { lua: string; numberOfKeys: number }>;
}

export interface Connection<Client extends Redis = Redis> {
  /** Connects, or tries until CONNECT_TIMEOUT_MS have passed. Never throws: `problem` says what is wrong. */
  start(): Promise<void>;
  ready(): boolean;
  /** Fault UNAVAILABLE when Redis is away, full, silent or refuses; what it said is the cause. */
  run<Answer>(command: (client: Client) => Promise<Answer>): Promise<Answer>;
  /** What is wrong now, or was within the last seconds; null when all is well. */
  problem(): Problem | null;
  /** Told each time the connection is ready, also the first time. */
  onReady(tell: () => void): void;
  client: Client;
  close(): void;
}

export function createConnection<Client extends Redis = Redis>({ address, clock, teller, scripts }: ConnectionSettings): Connection<Client> {
  const client = new Redis({
    host: address.host,
    port: address.port,
    ...(address.username !== null && { username: address.username }),
    ...(address.password !== null && { password: address.password }),
    // A name is sent along where one port serves several; an IP address cannot be.
    ...(address.tls && { tls: isIP(address.host) ? {} : { servername: address.host } }),
    ...(scripts && { scripts }),
    db: address.database,
    connectionName: address.prefix,
    // Needs a permission of its own and serves nothing here.
    disableClientInfo: true,
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: LEAVE_MS,
    socketTimeout: HANDSHAKE_SILENCE_MS,
    enableOfflineQueue: false,
    // An increment that may have been done is not done again.
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    autoResubscribe: false,
    retryStrategy: (times) => Math.min(FIRST_RETRY_MS * 2 ** Math.min(times - 1, 10), LAST_RETRY_MS),
  }) as Client;

  let inFlight = 0;
  let last: { problem: Problem; seenMs: number } | null = null;
  let away = false;
  let closing = false;
  /** The handshake was answered with something that stays wrong, e.g. no such database: what follows would go elsewhere. */
  let unusable = false;

  let heardMs = 0;
  /** Given up, and not yet closed. */
  let leaving = false;

  const ready = () => client.status === 'ready' && !unusable && !leaving;

  function note(error: unknown): void {
    if (closing) return;
    const problem = explain(error, address);
    unusable ||= problem.lasting && client.status !== 'ready';
    // One loss is told of several times, and only the first time says why.
    if (last && away && problem.vague && clock.nowMs() - last.seenMs < PROBLEM_LASTS_MS) return;
    teller.trouble(problem.words);
    last = { problem, seenMs: clock.nowMs() };
  }

  client.on('connecting', () => (unusable = leaving = false));
  client.on('error', (error: unknown) => {
    note(error);
    away = true;
  });
  client.on('close', () => {
    if (!away) note(new Error('connection closed'));
    away = true;
  });
  client.on('ready', () => {
    if (unusable) return;
    if (away) teller.well(`Redis at ${address.host}:${address.port} answers again.`);
    away = false;
    last = null;
  });

  /**
   * Rejects after COMMAND_TIMEOUT_MS. A process that was busy for as long has the answer lying in its socket: it gets one
   * more turn of the event loop to read it before Redis is blamed.
   */
  async function inTime<Answer>(answer: Promise<Answer>): Promise<Answer> {
    const sentMs = clock.nowMs();
    const heard = () => void (heardMs = clock.nowMs());
    answer.then(heard, (error: unknown) => error instanceof ReplyError && heard());
    const late = Promise.withResolvers<never>();
    const giveUp = () => {
      if (heardMs >= sentMs || !ready()) return;
      leaving = true;
      client.disconnect(true);
    };
    const cancel = clock.after(COMMAND_TIMEOUT_MS, () =>
      setImmediate(() => {
        late.reject(new Error('Command timed out'));
        clock.after(SILENCE_MS - COMMAND_TIMEOUT_MS, () => setImmediate(giveUp));
      }),
    );
    try {
      return await Promise.race([answer, late.promise]);
    } finally {
      cancel();
    }
  }

  return {
    client,
    ready,
    async start() {
      // A second error tells nothing new: it was noted when it came.
      await client.connect().catch(note);
    },
    async run(command) {
      if (!ready()) throw new Fault('UNAVAILABLE', last?.problem.words ?? `Redis at ${address.host}:${address.port} is not connected.`);
      if (inFlight >= MAX_IN_FLIGHT) throw new Fault('UNAVAILABLE', `Redis at ${address.host}:${address.port} is behind: ${MAX_IN_FLIGHT} commands wait for it.`);
      inFlight++;
      try {
        return await inTime(command(client));
      } catch (error) {
        if (error instanceof RangeError) throw error;
        note(error);
        throw new Fault('UNAVAILABLE', explain(error, address).words, { cause: error });
      } finally {
        inFlight--;
      }
    },
    problem: () => (last && (!ready() || clock.nowMs() - last.seenMs < PROBLEM_LASTS_MS) ? last.problem : null),
    onReady: (tell) => void client.on('ready', () => ready() && tell()),
    close() {
      closing = true;
      client.disconnect();
    },
  };
}

/** Whether an answer could not be had, as opposed to a caller's mistake. */
export const isAway = (error: unknown): boolean => error instanceof Fault && error.code === 'UNAVAILABLE';
