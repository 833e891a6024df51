/**
 * Calls to whichever instance of a module is well: the less busy of two drawn at random (Mitzenmacher, "The power of two
 * choices", 2001). An instance that refuses the connection is left out at once, and another is asked.
 */
import { Pool, type Dispatcher } from 'undici';
import { Fault } from '#platform/errors.ts';
import { send, type Received } from '#platform/http/send.ts';
import type { Ids } from '#platform/ids/ids.ts';
import type { Discovery, Instance, Watching } from './discovery.ts';

export interface Call {
  method: 'GET' | 'POST' | 'HEAD';
  path: string;
  headers: Record<string, string | string[]>;
  body?: string | Buffer;
  signal?: AbortSignal | undefined;
  /** Whether it may be sent again when the connection broke and nobody knows how far it came: reads only. */
  repeatable: boolean;
}

export interface Fleet {
  /** The whole answer. @throws Fault UNAVAILABLE when no instance is well, none takes the connection, or it breaks. */
  call(module: string, call: Call, maxAnswerBytes?: number): Promise<Received>;
  /** The answer as a stream. */
  open(module: string, call: Call): Promise<Dispatcher.ResponseData>;
  /** An instance to speak to by other means. @throws Fault UNAVAILABLE */
  pick(module: string, not?: Instance): Instance;
  watch(module: string): Watching;
  close(): Promise<void>;
}

/** Open connections to one instance, at most. */
const CONNECTIONS = 64;
const CONNECT_WITHIN_MS = 1_000;
/** Until the head of an answer, and between two pieces of it. */
const SILENCE_MS = 30_000;
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** A second instance is asked once. */
const ATTEMPTS = 2;

const NEVER_ARRIVED = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_CLOSED', 'UND_ERR_DESTROYED']);
const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);
const codeOf = (error: unknown) => String((error as { code?: unknown } | null)?.code);

export function createFleet({ discovery, ids }: { discovery: Discovery; ids: Ids }): Fleet {
  const watches = new Map<string, Watching>();
  const pools = new Map<string, Pool>();
  const busy = new Map<string, number>();

  function watch(module: string): Watching {
    let watching = watches.get(module);
    if (!watching) {
      watches.set(module, (watching = discovery.watch(module)));
      watching.changed(closeUnused);
    }
    return watching;
  }

  /** Connections to where nobody is any more. What still runs on them ends first. */
  function closeUnused(): void {
    const addresses = new Set([...watches.values()].flatMap((each) => each.current().map(({ address }) => address)));
    for (const [address, pool] of pools) {
      if (addresses.has(address)) continue;
      pools.delete(address);
      void pool.close();
    }
  }

  function poolOf(address: string): Pool {
    let pool = pools.get(address);
    if (!pool) {
      pool = new Pool(address, {
        connections: CONNECTIONS, connect: { timeout: CONNECT_WITHIN_MS }, headersTimeout: SILENCE_MS, bodyTimeout: SILENCE_MS, maxResponseSize: 2 * MAX_ANSWER_BYTES,
      });
      pools.set(address, pool);
    }
    return pool;
  }

  function pick(module: string, not?: Instance): Instance {
    const all = watch(module).current();
    const others = not ? all.filter(({ id }) => id !== not.id) : all;
    const from = others.length > 0 ? others : all;
    if (from.length === 0) throw new Fault('UNAVAILABLE', undefined, { cause: new Error(`no instance of ${module} is well`) });
    const first = ids.integer(from.length);
    if (from.length === 1) return from[first]!;
    const second = (first + 1 + ids.integer(from.length - 1)) % from.length;
    const load = (index: number) => busy.get(from[index]!.address) ?? 0;
    return load(first) <= load(second) ? from[first]! : from[second]!;
  }

  async function attempt<Answer>(module: string, repeatable: boolean, work: (pool: Pool) => Promise<Answer>): Promise<Answer> {
    let last: Instance | undefined;
    for (let left = ATTEMPTS; ; left--) {
      const instance: Instance = pick(module, last);
      const { address } = instance;
      busy.set(address, (busy.get(address) ?? 0) + 1);
      try {
        return await work(poolOf(address));
      } catch (error) {
        const code = codeOf(error);
        if (NEVER_ARRIVED.has(code)) watch(module).refused(instance);
        else if (!BROKEN.has(code) && !code.startsWith('UND_ERR_')) throw error;
        else if (!repeatable) throw new Fault('UNAVAILABLE', undefined, { cause: error });
        if (left <= 1) throw new Fault('UNAVAILABLE', undefined, { cause: error });
        last = instance;
      } finally {
        const now = busy.get(address)! - 1;
        if (now > 0) busy.set(address, now);
        else busy.delete(address);
      }
    }
  }

  return {
    call: (module, { signal, repeatable, ...request }, maxAnswerBytes = MAX_ANSWER_BYTES) =>
      attempt(module, repeatable, (pool) => send(pool, request, maxAnswerBytes, signal)),
    open: (module, { signal, repeatable, ...request }) => attempt(module, repeatable, (pool) => pool.request({ ...request, ...(signal && { signal }) })),
    pick,
    watch,
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}
