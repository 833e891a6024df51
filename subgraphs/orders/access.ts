/**
 * Who may see an order: its shopper by identity, its guest by token, staff by scope. The guest's token is derived from
 * the order's id and never stored, so that a repeat of placeOrder can give it again and a stolen database cannot.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { hasScope, type RequestContext } from '#platform/subgraph/context.ts';
import type { Scope } from '#platform/subgraph/permissions.ts';
import type { OrderRow } from './order-rows.ts';

export type Access = 'owner' | 'guest' | 'staff';

/** How long another room may take a grant for true. */
const GRANT_LIFE_MS = 300_000;

export interface AccessKeys {
  guestKey: Uint8Array;
  /** Shared with the rooms that check grants. */
  grantKey: Uint8Array;
}

const hmac = (key: Uint8Array, text: string): string => createHmac('sha256', key).update(text).digest('base64url');

export const guestTokenOf = (keys: AccessKeys, orderId: string): string => hmac(keys.guestKey, orderId);

/** In constant time for tokens of the right length. */
function tokenFits(keys: AccessKeys, orderId: string, token: string): boolean {
  const expected = Buffer.from(guestTokenOf(keys, orderId));
  const given = Buffer.from(token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Null: to this reader there is no such order. `staffScope` is what staff needs for the matter in hand. */
export function accessTo(keys: AccessKeys, order: Pick<OrderRow, 'id' | 'user_id'>, context: RequestContext, guestToken?: string | null, staffScope: Scope = 'orders:read'): Access | null {
  if (order.user_id !== null && order.user_id === context.identity?.userId) return 'owner';
  if (order.user_id === null && guestToken && tokenFits(keys, order.id, guestToken)) return 'guest';
  return hasScope(context, staffScope) ? 'staff' : null;
}

/** `<expires Unix ms>.<HMAC-SHA256 over "orderId.expires">`: proof for other rooms that the reader may see this order. */
export function grantAccess(keys: AccessKeys, orderId: string, nowMs: number): string {
  const expiresMs = nowMs + GRANT_LIFE_MS;
  return `${expiresMs}.${hmac(keys.grantKey, `${orderId}.${expiresMs}`)}`;
}
