/** What a Redis says or does that it should not, in words for the operator: which part, what was expected, how to mend it. */
import { connectionProblem, saidBy } from '#platform/connection-problems.ts';
import type { RedisAddress } from './address.ts';

export interface Problem {
  /** One line for logs and for the message at start. */
  words: string;
  /** For health, without addresses. */
  brief: string;
  /** It does not mend itself while the mall runs: refused at start. */
  lasting: boolean;
  /** Says that the connection is gone and not why. */
  vague: boolean;
}

const LASTING = true;

/** By what the error says; the first that fits. */
const KNOWN: readonly [pattern: RegExp, lasting: boolean, brief: string, words: (address: RedisAddress) => string][] = [
  [/WRONGPASS|invalid password|invalid username-password/i, LASTING, 'it refuses the password', ({ username }) => `refuses the password of the user "${username ?? 'default'}": write redis://user:password@host:port (special characters percent-encoded), and look at ACL LIST for users that are off`],
  [/NOAUTH/, LASTING, 'it wants a password', () => 'wants a password: write redis://user:password@host:port'],
  [/NOPERM/, LASTING, 'it lacks rights for the mall', ({ username, prefix }) => `does not let the user "${username ?? 'default'}" do what the mall does: ACL SETUSER ${username ?? 'default'} on ~${prefix}:* &${prefix}:* +@read +@write +@scripting +@pubsub +@connection +info`],
  [/DENIED Redis is running in protected mode/, LASTING, 'it is in protected mode', () => 'runs in protected mode and takes only local clients: set a password (requirepass) or bind it to the right network'],
  [/DB index is out of range/i, LASTING, 'it has no such database', ({ database }) => `has no database ${database}: raise "databases" or leave the number out`],
  [/MOVED|CROSSSLOT/, LASTING, 'it is a node of a cluster', () => 'is one node of a cluster: give the address of a proxy or of a Redis that holds every slot'],
  [/READONLY/, LASTING, 'it is a replica', () => 'is a replica and takes no writes: give the address of the primary'],
  [/Protocol error|Unknown RESP type/i, LASTING, 'it does not speak the protocol of Redis', () => 'does not speak the protocol of Redis: this is the port of something else'],
  [/unknown command/i, LASTING, 'it lacks a command', () => 'lacks a command that the mall uses: Redis 6 or newer is needed, with EVAL, PUBLISH and SUBSCRIBE not renamed'],
  [/wrong version number|EPROTO|packet length too long/i, LASTING, 'it does not speak TLS', () => 'does not speak TLS on this port: write redis:// instead of rediss://, or give the TLS port'],
  [/OOM|maxmemory/, !LASTING, 'it is full: raise maxmemory or let it evict', () => 'is full: raise maxmemory, or set maxmemory-policy to allkeys-lru (the mall loses only speed by it)'],
  [/MISCONF/, !LASTING, 'it cannot save to its disk', () => 'takes no writes since it cannot save to its disk: free space where "dir" points to'],
  [/LOADING/, !LASTING, 'it is still loading', () => 'is still loading its data'],
  [/MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN/, !LASTING, 'its replication is broken', () => 'takes no writes now: look at its replication'],
];

export function explain(error: unknown, address: RedisAddress): Problem {
  const said = saidBy(error);
  const place = `Redis at ${address.host}:${address.port}`;
  const known = KNOWN.find(([pattern]) => pattern.test(said));
  if (known) return { words: `${place} ${known[3](address)}.`, brief: known[2], lasting: known[1], vague: false };
  const problem = connectionProblem(said, address);
  if (problem) return { ...problem, words: `${place} ${problem.words}.` };
  return { words: `${place} failed: ${said.slice(0, 200)}`, brief: 'it fails; the log says how', lasting: false, vague: false };
}
