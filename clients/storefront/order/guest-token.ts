/** Guest tokens of orders placed here: each opens one order without an account. In the address they stay behind the `#`. */
import { readStoredJson, writeStored } from '../../shared/storage.ts';

const STORED = 'gomall.orders';
const MOST_KEPT = 50;
type Tokens = [string, string][];
const isTokens = (value: unknown): value is Tokens => Array.isArray(value) && value.every((one) => Array.isArray(one) && one.length === 2 && one.every((part) => typeof part === 'string'));

export function keepGuestToken(orderId: string, token: string): void {
  const others = (readStoredJson(STORED, isTokens) ?? []).filter(([id]) => id !== orderId);
  writeStored(STORED, JSON.stringify([...others, [orderId, token]].slice(-MOST_KEPT)));
}

/** From the address (`#t=…`, or `?token=` of a letter), else what was kept. */
export function guestTokenOf(orderId: string, hash: string, search: string): string | null {
  const inHash = /^#t=(.+)$/.exec(hash)?.[1];
  const query = new URLSearchParams(search);
  return (inHash && decodeURIComponent(inHash)) || query.get('token') || query.get('guestToken') || ((readStoredJson(STORED, isTokens) ?? []).find(([id]) => id === orderId)?.[1] ?? null);
}
