/** REDIS_ADDRESS, read. Imports no client, so that the configuration can check it. */
export interface RedisAddress {
  host: string;
  port: number;
  username: string | null;
  password: string | null;
  database: number;
  tls: boolean;
  /** Every key and channel starts with it: malls that share a Redis have one each, and an ACL can name it. */
  prefix: string;
}

const DEFAULT_PORT = 6379;
const EXPECTED = 'expected host:port or redis://[user:password@]host:port[/database][?prefix=name], or rediss:// for TLS';

/** Throws a RangeError that says what is wrong, without the password. */
export function parseRedisAddress(text: string): RedisAddress {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `redis://${text}`);
  if (!url || !url.hostname) throw new RangeError(`this is no address; ${EXPECTED}`);
  if (url.protocol !== 'redis:' && url.protocol !== 'rediss:') throw new RangeError(`${url.protocol}// is not a scheme of Redis; ${EXPECTED}`);
  const database = /^\/?(\d{0,5})$/.exec(url.pathname)?.[1];
  if (database === undefined) throw new RangeError(`the path must be the number of a database, e.g. /0; ${EXPECTED}`);
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'prefix');
  if (unknown !== undefined) throw new RangeError(`?${unknown}= is not known; ${EXPECTED}`);
  const prefix = url.searchParams.get('prefix') ?? 'gomall';
  if (!/^[\w.-]{1,64}$/.test(prefix)) throw new RangeError('the prefix must be 1 to 64 letters, digits, dots, hyphens or underscores');
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    username: decode(url.username),
    password: decode(url.password),
    database: Number(database),
    tls: url.protocol === 'rediss:',
    prefix,
  };
}

function decode(part: string): string | null {
  try {
    return part === '' ? null : decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) throw new RangeError('user and password must be percent-encoded, e.g. %40 for @');
    throw error;
  }
}
