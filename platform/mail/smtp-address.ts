/** SMTP_URL, read. Imports no client, so that the configuration can check it. */
import { isIP } from 'node:net';

export interface SmtpAddress {
  host: string;
  port: number;
  /**
   * `whole`: from the first byte (RFC 8314). `required`: STARTTLS (RFC 3207) comes before account and letter. `offered`: it is
   * used where the server has it. `off`: never. A certificate always has to be valid.
   */
  tls: 'whole' | 'required' | 'offered' | 'off';
  account: { user: string; password: string } | null;
}

/** Submission (RFC 6409), and submission over TLS (RFC 8314). */
const DEFAULT_PORT = { 'smtp:': 587, 'smtps:': 465 } as const;
const EXPECTED = 'expected smtp://[user:password@]host[:587][?requireTLS=true], or smtps:// for TLS from the start';

/** Throws a RangeError that says what is wrong, without the password. */
export function parseSmtpAddress(text: string): SmtpAddress {
  const url = URL.parse(text);
  const protocol = url?.protocol;
  if (!url || !/^[a-z]+:\/\//i.test(text)) throw new RangeError(`this is no address; ${EXPECTED} (percent-encode signs such as @ / # in the password)`);
  if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new RangeError(`${protocol}// is not a scheme of mail; ${EXPECTED}`);
  if (!url.hostname) throw new RangeError(`it names no host; ${EXPECTED}`);
  if (!/^\/?$/.test(url.pathname) || url.hash) throw new RangeError(`nothing follows the host and its port; ${EXPECTED} (percent-encode signs such as @ / # in the password)`);
  const [user, password] = [decode(url.username), decode(url.password)];
  if ((user === '') !== (password === '')) throw new RangeError(`there is ${user === '' ? 'a password without an account' : 'an account without a password'}; ${EXPECTED}`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const account = user === '' ? null : { user, password };
  return {
    host,
    port: url.port === '' ? DEFAULT_PORT[protocol] : Number(url.port),
    tls: protocol === 'smtps:' ? 'whole' : startTlsOf(host, account !== null, requireTlsOf(url)),
    account,
  };
}

function startTlsOf(host: string, hasAccount: boolean, asked: boolean | null): 'required' | 'offered' | 'off' {
  if (asked) return 'required';
  // Nobody is in between, and the certificates that servers make for themselves are nobody's.
  if (isLoopback(host)) return 'off';
  // A password is not said in the clear to whoever is in between, unless the address says so.
  return hasAccount && asked === null ? 'required' : 'offered';
}

function requireTlsOf(url: URL): boolean | null {
  const unknown = [...url.searchParams.keys()].find((name) => name !== 'requireTLS');
  if (unknown !== undefined) throw new RangeError(`?${unknown}= is not known; ${EXPECTED}`);
  const given = url.searchParams.get('requireTLS');
  if (given !== null && given !== 'true' && given !== 'false') throw new RangeError('requireTLS must be true or false');
  return given === null ? null : given === 'true';
}

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) throw new RangeError('user and password must be percent-encoded, e.g. %40 for @');
    throw error;
  }
}
