/** What a Redis says or does that it should not, in words for the operator: which part, what was expected, how to mend it. */
import type { RedisAddress } from './address.ts';

export interface Problem {
  /** One line for logs and for the message at start. */
  words: string;
  /** It does not mend itself while the mall runs: refused at start. */
  lasting: boolean;
  /** Says that the connection is gone and not why. */
  vague: boolean;
}

const LASTING = true;

/** By what the error says; the first that fits. */
const KNOWN: readonly [pattern: RegExp, lasting: boolean, words: (address: RedisAddress) => string][] = [
  [/WRONGPASS|invalid password|invalid username-password/i, LASTING, ({ username }) => `refuses the password of the user "${username ?? 'default'}": write redis://user:password@host:port (special characters percent-encoded), and look at ACL LIST for users that are off`],
  [/NOAUTH/, LASTING, () => 'wants a password: write redis://user:password@host:port'],
  [/NOPERM/, LASTING, ({ username, prefix }) => `does not let the user "${username ?? 'default'}" do what the mall does: ACL SETUSER ${username ?? 'default'} on ~${prefix}:* &${prefix}:* +@read +@write +@scripting +@pubsub +@connection +info`],
  [/DENIED Redis is running in protected mode/, LASTING, () => 'runs in protected mode and takes only local clients: set a password (requirepass) or bind it to the right network'],
  [/DB index is out of range/i, LASTING, ({ database }) => `has no database ${database}: raise "databases" or leave the number out`],
  [/MOVED|CROSSSLOT/, LASTING, () => 'is one node of a cluster: give the address of a proxy or of a Redis that holds every slot'],
  [/READONLY/, LASTING, () => 'is a replica and takes no writes: give the address of the primary'],
  [/Protocol error|Unknown RESP type/i, LASTING, () => 'does not speak the protocol of Redis: this is the port of something else'],
  [/unknown command/i, LASTING, () => 'lacks a command that the mall uses: Redis 6 or newer is needed, with EVAL, PUBLISH and SUBSCRIBE not renamed'],
  [/CERT_HAS_EXPIRED|certificate has expired/i, LASTING, () => 'shows a certificate that has expired: renew it, and look at the clocks of both machines'],
  [/self[- ]signed|UNABLE_TO_(VERIFY|GET)|ALTNAME|Hostname\/IP/i, LASTING, () => 'shows a certificate that is not trusted for this name: give its authority by NODE_EXTRA_CA_CERTS, and use the name it was made for'],
  [/wrong version number|EPROTO|packet length too long/i, LASTING, () => 'does not speak TLS on this port: write redis:// instead of rediss://, or give the TLS port'],
  [/OOM|maxmemory/, !LASTING, () => 'is full: raise maxmemory, or set maxmemory-policy to allkeys-lru (the mall loses only speed by it)'],
  [/MISCONF/, !LASTING, () => 'takes no writes since it cannot save to its disk: free space where "dir" points to'],
  [/LOADING/, !LASTING, () => 'is still loading its data'],
  [/MASTERDOWN|CLUSTERDOWN|NOREPLICAS|TRYAGAIN/, !LASTING, () => 'takes no writes now: look at its replication'],
  [/ENOTFOUND|EAI_AGAIN/, !LASTING, ({ host }) => `cannot be found: no machine is called ${host}`],
  [/ECONNREFUSED/, !LASTING, () => 'is not there: nothing listens on this port'],
  [/timed? ?out|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|Socket timeout/i, !LASTING, ({ tls }) => `does not answer in time: it hangs, a firewall is between${tls ? ', or it does not speak TLS on this port' : ''}`],
  [/close|ECONNRESET|EPIPE|MaxRetries|writeable|aborted/i, !LASTING, () => 'has closed the connection'],
];

export function explain(error: unknown, address: RedisAddress): Problem {
  const said = saidBy(error);
  const place = `Redis at ${address.host}:${address.port}`;
  const known = KNOWN.find(([pattern]) => pattern.test(said));
  return known ? { words: `${place} ${known[2](address)}.`, lasting: known[1], vague: known === KNOWN.at(-1) } : { words: `${place} failed: ${said.slice(0, 200)}`, lasting: false, vague: false };
}

/** Name, code and message, also of errors that hold others (Node tries IPv4 and IPv6 and tells of both). */
function saidBy(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(saidBy).join('; ');
  if (error instanceof Error) return [error.name, (error as NodeJS.ErrnoException).code, error.message].filter(Boolean).join(' ');
  return String(error);
}
