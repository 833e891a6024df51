/**
 * Where a MySQL server is and who we are there, read from a URL (`mysql://user:password@host:3306/gomall?tls=true`) or the
 * form of Go's driver (`user:password@tcp(host:3306)/gomall?charset=utf8mb4`,
 * https://github.com/go-sql-driver/mysql#dsn-data-source-name). Nothing here repeats a password in a message.
 */
import { Fault } from '#platform/errors.ts';

export interface MysqlAddress {
  host: string;
  port: number;
  user: string;
  password: string;
  /** The schema; '' where none is named. */
  schema: string;
  /** `verify`: encrypted, and the certificate must be valid. `trust`: encrypted for whoever answers. */
  tls: 'off' | 'verify' | 'trust';
  /** The variable it was read from, for messages. */
  variable: string;
}

const DEFAULT_PORT = 3306;
const EXPECTED = 'expected mysql://user:password@host:3306/gomall or user:password@tcp(host:3306)/gomall';
/** Greedy, as the password may hold `@` and `:`; the last `@tcp(` counts. */
const GO_FORM = /^([^:]*)(?::(.*))?@tcp\(([^)]*)\)\/([^?]*)(?:\?(.*))?$/;

/** Throws INVALID_INPUT, naming the variable and what was expected. */
export function readMysqlAddress(variable: string, text: string): MysqlAddress {
  return text.includes('://') ? fromUrl(variable, text) : fromGo(variable, text);
}

/** The variable that holds a room's own address. */
export const roomVariable = (room: string): string => `MYSQL_DSN_${room.toUpperCase().replaceAll('-', '_')}`;

/** MYSQL_DSN and MYSQL_DSN_<ROOM>, all read and all faults told at once. */
export function readMysqlAddresses(variables: Readonly<Record<string, string>>): Map<string, MysqlAddress> {
  const addresses = new Map<string, MysqlAddress>();
  const problems: string[] = [];
  for (const [name, text] of Object.entries(variables)) {
    if (name !== 'MYSQL_DSN' && !name.startsWith('MYSQL_DSN_')) continue;
    try {
      addresses.set(name, readMysqlAddress(name, text));
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) throw new Fault('INVALID_INPUT', problems.join('\n'));
  return addresses;
}

/** As a URL that `readMysqlAddress` reads. It has the password in it. */
export function writeMysqlAddress({ host, port, user, password, schema, tls }: Omit<MysqlAddress, 'variable'>): string {
  const mode = { off: '', verify: '?tls=true', trust: '?tls=skip-verify' }[tls];
  const place = host.includes(':') ? `[${host}]` : host;
  return `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${place}:${port}/${schema}${mode}`;
}

function fromUrl(variable: string, text: string): MysqlAddress {
  if (!URL.canParse(text)) throw bad(variable, `it cannot be read; ${EXPECTED} (percent-encode signs such as @ / # in the password)`);
  const url = new URL(text);
  if (url.protocol !== 'mysql:') throw bad(variable, `it begins with ${url.protocol}//; ${EXPECTED}`);
  return checked(variable, {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? DEFAULT_PORT : Number(url.port),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    schema: decodeURIComponent(url.pathname.slice(1)),
    options: url.searchParams,
  });
}

function fromGo(variable: string, text: string): MysqlAddress {
  const match = GO_FORM.exec(text);
  if (!match) throw bad(variable, `it cannot be read; ${EXPECTED}`);
  const [, user, password = '', place, schema, options = ''] = match;
  const [, host, port] = /^(.*?)(?::(\d+))?$/.exec(place!)!;
  return checked(variable, {
    host: host!.replace(/^\[|\]$/g, ''),
    port: port === undefined ? DEFAULT_PORT : Number(port),
    user: user!,
    password,
    schema: schema!,
    options: new URLSearchParams(options),
  });
}

function checked(variable: string, parts: { host: string; port: number; user: string; password: string; schema: string; options: URLSearchParams }): MysqlAddress {
  const { options, ...address } = parts;
  if (address.host === '') throw bad(variable, `it names no host; ${EXPECTED}`);
  if (address.user === '') throw bad(variable, `it names no account; ${EXPECTED}`);
  if (!(address.port >= 1 && address.port <= 65_535)) throw bad(variable, `${address.port} is no port`);
  if (!/^[a-z0-9_]*$/i.test(address.schema)) throw bad(variable, 'the name of the schema may have letters, digits and _ only');
  const charset = options.get('charset');
  if (charset !== null && charset !== 'utf8mb4') throw bad(variable, `charset=${charset}: text is kept in utf8mb4; leave charset out`);
  const tls = options.get('tls') ?? options.get('ssl') ?? 'false';
  const modes: Record<string, MysqlAddress['tls']> = { false: 'off', true: 'verify', 'skip-verify': 'trust' };
  if (!(tls in modes)) throw bad(variable, `tls=${tls}: one of true, skip-verify, false`);
  return { ...address, tls: modes[tls]!, variable };
}

const bad = (variable: string, problem: string) => new Fault('INVALID_INPUT', `${variable}: ${problem}.`, { fields: { [variable]: problem } });
