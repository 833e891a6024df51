/**
 * The cart's rules in the browser, as plain functions on plain data: what the shopper sees is the server's cart with the
 * changes on top that have not been answered yet; a refused change is taken away again and leaves its reason.
 */
import type { CartViewFragment } from '../gql/graphql.ts';

export type Cart = CartViewFragment;
export type CartLine = Cart['lines'][number];

/** A change that is on its way. */
export type Pending =
  | { key: string; kind: 'set'; lineId: string; quantity: number }
  | { key: string; kind: 'add'; quantity: number };

export interface CartState {
  /** As the server said last; null when there is none, or none is known yet. */
  server: Cart | null;
  pending: readonly Pending[];
  /** Why a change was refused, by line; `''` is the cart as a whole. */
  refusals: Readonly<Record<string, string>>;
  /** True until it is known whether there is a cart. */
  loading: boolean;
}

export const EMPTY_CART: CartState = { server: null, pending: [], refusals: {}, loading: false };

export function begin(state: CartState, change: Pending): CartState {
  const { [lineOf(change)]: _gone, ...refusals } = state.refusals;
  return { ...state, pending: [...state.pending, change], refusals };
}

/** The server took it; its cart counts unless a newer one is here already (the subscription may be faster). */
export function accept(state: CartState, key: string, cart: Cart): CartState {
  return { ...adopt(state, cart), pending: state.pending.filter((change) => change.key !== key) };
}

/** The server said no, or nothing: the change is undone and its line says why. */
export function refuse(state: CartState, key: string, reason: string): CartState {
  const change = state.pending.find((one) => one.key === key);
  if (!change) return state;
  return {
    ...state,
    pending: state.pending.filter((one) => one !== change),
    refusals: { ...state.refusals, [lineOf(change)]: reason },
  };
}

/** A cart that came by itself. Versions grow with every change: an older one of the same cart is late news. */
export function adopt(state: CartState, cart: Cart | null): CartState {
  const late = cart && state.server && cart.id === state.server.id && cart.version < state.server.version;
  return { ...state, loading: false, server: late ? state.server : cart };
}

/** What the shopper sees. Money of changed lines is reckoned from the unit price until the server says. */
export function shown(state: CartState): Cart | null {
  const { server, pending } = state;
  if (!server || pending.length === 0) return server;
  let lines = server.lines;
  for (const change of pending) {
    if (change.kind !== 'set') continue;
    lines = lines
      .map((line) => (String(line.id) === change.lineId ? withQuantity(line, change.quantity) : line))
      .filter((line) => line.quantity > 0);
  }
  const itemCount = lines.reduce((sum, line) => sum + line.quantity, 0) + added(pending);
  const subtotalMinor = lines.reduce((sum, line) => sum + line.lineTotal.amountMinor, 0);
  const movedMinor = subtotalMinor - server.subtotal.amountMinor;
  return {
    ...server, lines, itemCount,
    subtotal: { ...server.subtotal, amountMinor: subtotalMinor },
    total: { ...server.total, amountMinor: Math.max(0, server.total.amountMinor + movedMinor) },
  };
}

/** How many units the badge shows. */
export const itemCount = (state: CartState): number => shown(state)?.itemCount ?? added(state.pending);

/** Whether something stands in the way of buying it as it is. */
export const troubled = (cart: Cart): CartLine[] => cart.lines.filter((line) => line.problems.length > 0);

const lineOf = (change: Pending): string => (change.kind === 'set' ? change.lineId : '');
const added = (pending: readonly Pending[]): number => pending.reduce((sum, change) => sum + (change.kind === 'add' ? change.quantity : 0), 0);
const withQuantity = (line: CartLine, quantity: number): CartLine =>
  ({ ...line, quantity, lineTotal: { ...line.lineTotal, amountMinor: line.unitPrice.amountMinor * quantity } });
