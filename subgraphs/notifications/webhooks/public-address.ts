/**
 * Where a webhook may go: to public addresses alone, so that nobody has the mall knock at doors inside its own house
 * (server-side request forgery). A name is looked up for each connection and what it means then is checked, and connected
 * to: one that means something else a moment later (DNS rebinding) gains nothing.
 */
import { lookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** The special-purpose registries of IANA (RFC 6890), multicast, and forms of IPv6 that carry an IPv4 address. */
const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24],
  ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3],
] as const) PRIVATE.addSubnet(net, bits, 'ipv4');
/** Of IPv6 only 2000::/3 is given out; of that these are not for the public. */
const GIVEN_OUT = new BlockList();
GIVEN_OUT.addSubnet('2000::', 3, 'ipv6');
for (const [net, bits] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16], ['3fff::', 20]] as const) PRIVATE.addSubnet(net, bits, 'ipv6');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** `loopback`: the machine itself is allowed too, for development. */
export function isAllowedAddress(address: string, loopback: boolean): boolean {
  const family = isIP(address);
  if (family === 0) return false;
  const kind = family === 4 ? 'ipv4' : 'ipv6';
  if (LOOPBACK.check(address, kind)) return loopback;
  if (family === 6 && !GIVEN_OUT.check(address, kind)) return false;
  return !PRIVATE.check(address, kind);
}

/** Why an address cannot be an endpoint's; null when it can. What its name means is checked at each connection. */
export function refusalOfUrl(text: string, loopback: boolean): 'URL_INVALID' | 'URL_NOT_HTTPS' | 'URL_PRIVATE' | null {
  if (text.length > 1_000 || !URL.canParse(text)) return 'URL_INVALID';
  const url = new URL(text);
  if (url.username !== '' || url.password !== '' || url.hash !== '') return 'URL_INVALID';
  const host = hostOf(url);
  const here = host === 'localhost' || (isIP(host) !== 0 && LOOPBACK.check(host, isIP(host) === 4 ? 'ipv4' : 'ipv6'));
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && here && loopback)) return 'URL_NOT_HTTPS';
  if (here) return loopback ? null : 'URL_PRIVATE';
  if (isIP(host) !== 0) return isAllowedAddress(host, loopback) ? null : 'URL_PRIVATE';
  // A name without a dot, or of the house's own, is not one of the public's.
  return /\.(local|localhost|internal|lan|home\.arpa|test|invalid|example)\.?$/.test(host) || !host.includes('.') ? 'URL_PRIVATE' : null;
}

/** Without the brackets of IPv6. */
export const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, '');

type Resolve = (host: string, done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void) => void;
const resolveAll: Resolve = (host, done) => lookup(host, { all: true }, done);

/** For `net.connect`: every address of the name must be allowed, and the connection goes to one that was checked. */
export function guardedLookup(loopback: boolean, resolve: Resolve = resolveAll): LookupFunction {
  return (host, options, done) => {
    resolve(host, (error, addresses) => {
      if (error) return done(error, []);
      if (addresses.length === 0 || addresses.some(({ address }) => !isAllowedAddress(address, loopback))) return done(new PrivateAddress(host), []);
      if (options.all) return done(null, addresses);
      done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

export class PrivateAddress extends Error {
  constructor(host: string) {
    super(`${host} is at an address that is not public`);
    this.name = 'PrivateAddress';
  }
}
