/** CONSUL_ADDRESS, read. Imports no client, so that the configuration can check it. */
export interface ConsulAddress {
  host: string;
  port: number;
  tls: boolean;
  /** An ACL token: https://developer.hashicorp.com/consul/docs/security/acl. */
  token: string | null;
  /** Services are named `<prefix>-<room>`: malls that share a Consul have one each, and an ACL can name it. */
  prefix: string;
}

const DEFAULT_PORT = 8500;
const DEFAULT_TLS_PORT = 8501;
const EXPECTED = 'it must be like localhost:8500, https://consul.example:8501 or, with an ACL token, https://:token@consul.example:8501; ?prefix=name may follow';

/** Throws a RangeError that says what is wrong, without the token. */
export function parseConsulAddress(text: string): ConsulAddress {
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`);
  if (!url || !url.hostname) throw new RangeError(`this is no address; ${EXPECTED}`);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new RangeError(`${url.protocol}// is not a scheme of Consul; ${EXPECTED}`);
  if (url.pathname !== '/' || url.hash || [...url.searchParams.keys()].some((name) => name !== 'prefix')) throw new RangeError(`nothing else follows the host and its port; ${EXPECTED}`);
  const prefix = url.searchParams.get('prefix') ?? 'gomall';
  if (!/^[\w-]{1,64}$/.test(prefix)) throw new RangeError('the prefix must be 1 to 64 letters, digits, hyphens or underscores');
  if (url.username) throw new RangeError(`Consul has tokens and no accounts; ${EXPECTED}`);
  const tls = url.protocol === 'https:';
  // A URL leaves out the port that is its scheme's own; here it has been written, since Consul's are others.
  const written = /:(\d+)\/?(?:\?.*)?$/.exec(text)?.[1];
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || written || (tls ? DEFAULT_TLS_PORT : DEFAULT_PORT)), tls, token: url.password === '' ? null : decode(url.password), prefix };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (error) {
    if (error instanceof URIError) throw new RangeError('the token must be percent-encoded, e.g. %40 for @');
    throw error;
  }
}
