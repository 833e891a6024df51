/** What a request tells about its client: language, address, trace. */
import { BlockList, isIP } from 'node:net';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Ids } from '#platform/ids/ids.ts';
import type { Language } from '#platform/subgraph/context.ts';

/** The best of en and zh in an Accept-Language header (RFC 9110 §12.5.4); en when it names neither. */
export function languageOf(header: string | undefined): Language {
  let best: Language = 'en';
  let bestWeight = 0;
  for (const part of (header ?? '').slice(0, MAX_LANGUAGE_HEADER).split(',')) {
    const [, language, weight = '1'] = /^\s*(en|zh)\b[\w-]*\s*(?:;\s*q=([\d.]+))?/i.exec(part) ?? [];
    if (!language || !(Number(weight) > bestWeight)) continue;
    best = language.toLowerCase() as Language;
    bestWeight = Number(weight);
  }
  return best;
}

const MAX_LANGUAGE_HEADER = 256;

/** W3C trace context §3.2.2: version, trace id, parent id, flags. A trace id of zeros is none. */
const TRACEPARENT = /^[\da-f]{2}-(?!0{32})([\da-f]{32})-[\da-f]{16}-[\da-f]{2}/;

/** The caller's trace, or a new one: 32 hexadecimal digits. */
export function traceIdOf(headers: IncomingHttpHeaders, ids: Ids): string {
  const given = headers.traceparent;
  return (typeof given === 'string' && TRACEPARENT.exec(given)?.[1]) || ids.uuid().replaceAll('-', '');
}

export interface Proxies {
  trusts(address: string): boolean;
}

/** `list`: addresses or networks, `10.0.0.0/8`. @throws Error naming an entry that is neither. */
export function trustedProxies(list: readonly string[]): Proxies {
  const blocks = new BlockList();
  for (const entry of list) {
    const [address = '', length] = entry.split('/');
    const family = isIP(address);
    const bits = length === undefined ? (family === 6 ? 128 : 32) : Number(length);
    if (!family || !Number.isInteger(bits) || bits < 0 || bits > (family === 6 ? 128 : 32)) throw new Error(`TRUSTED_PROXIES: "${entry}" is no address and no network`);
    blocks.addSubnet(address, bits, family === 6 ? 'ipv6' : 'ipv4');
  }
  return {
    trusts(address) {
      const family = isIP(address);
      return family !== 0 && blocks.check(address, family === 6 ? 'ipv6' : 'ipv4');
    },
  };
}

/**
 * The nearest address that is not one of our own proxies. X-Forwarded-For grows to the right, and only what trusted
 * proxies have added is believed: from the right, up to the first address that we do not trust.
 */
export function clientAddress(request: IncomingMessage, proxies: Proxies): string {
  let address = plain(request.socket.remoteAddress ?? '');
  const header = request.headers['x-forwarded-for'];
  const hops = (Array.isArray(header) ? header.join(',') : (header ?? '')).split(',').map((hop) => plain(hop.trim()));
  while (proxies.trusts(address) && hops.length > 0) {
    const hop = hops.pop()!;
    if (isIP(hop) === 0) break;
    address = hop;
  }
  return address;
}

/** IPv4 addresses come mapped into IPv6 on dual-stack sockets. */
const plain = (address: string): string => (address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address);
