/** The mutations of a cart. Other rooms are asked before the transaction; inside it the cart is read anew and decided. */
import type { Transaction } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { askFacts, fullFacts } from './ask-facts.ts';
import { acceptPrices, addUnits, setUnits, type Cart, type Decision, type Facts, type Refused } from './cart.ts';
import { viewCart, type CartView } from './price-cart.ts';
import type { CartHint, CartHints } from './cart-hints.ts';
import { lockCart, lockCartOfUser } from './read-cart.ts';
import { insertCart, newCart, saveCart } from './save-cart.ts';

export type CartRoomDeps = RoomDeps & { hints: CartHints };
/** Null for a guest. */
export type Shopper = string | null;
export type Answer = CartView | Refused;

export interface AddToCartInput {
  cartId?: string | null;
  variantId: string;
  quantity: number;
  idempotencyKey: string;
}

export interface SetCartLineInput {
  cartId: string;
  lineId: string;
  quantity: number;
  idempotencyKey: string;
}

export interface AcceptCartPricesInput {
  cartId: string;
  idempotencyKey: string;
}

/** What is kept with an idempotency key: the cart as it was left, or the refusal. */
type Outcome = { cart: Cart } | Refused;

const NO_CART: Refused = { refused: 'CART_NOT_FOUND' };
const MAX_ID = 128;

/**
 * Puts units in the shopper's one cart, in the guest's cart that is named, or in a new one. Faults: INVALID_INPUT,
 * UNAVAILABLE when products or inventory do not answer, CONFLICT for a key used with another input.
 */
export async function addToCart(deps: CartRoomDeps, shopper: Shopper, input: AddToCartInput): Promise<Answer> {
  checkId('input.variantId', input.variantId);
  if (input.cartId != null) checkId('input.cartId', input.cartId);
  if (input.quantity < 1) throw invalidInput('input.quantity', 'must be at least 1');
  const known = await cartToAsk(deps, shopper, input.cartId ?? null);
  if (!shopper && input.cartId != null && !known) return NO_CART;

  const facts = await askFacts(deps, [input.variantId, ...(known?.variantIds ?? [])]);
  return once(deps, { operation: 'addToCart', shopper, cart: known, input }, facts, async (tx) => {
    const cart = await cartToFill(deps, tx, shopper, known);
    if (!cart) return NO_CART;
    const units = { lineId: deps.ids.uuid(), variantId: input.variantId, quantity: input.quantity, nowMs: deps.clock.nowMs() };
    const decision = addUnits(cart.lines, units, fullFacts(facts));
    if ('refused' in decision) return decision;
    // A guest's first cart is made with its first units, so that refusals leave no empty carts behind.
    if (cart.version === 0 && !cart.userId) await insertCart(deps, tx, cart);
    return { cart: await saveCart(deps, tx, cart, decision.lines) };
  });
}

/** Sets a line's quantity; 0 removes it. Fewer units and removals need no other room; more of them do. */
export async function setCartLine(deps: CartRoomDeps, shopper: Shopper, input: SetCartLineInput): Promise<Answer> {
  checkId('input.lineId', input.lineId);
  if (input.quantity < 0) throw invalidInput('input.quantity', 'must be at least 0');
  return changeLines(deps, shopper, 'setCartLine', input, (cart, facts) => setUnits(cart.lines, input.lineId, input.quantity, () => fullFacts(facts)));
}

/** Takes today's prices for seen. */
export async function acceptCartPrices(deps: CartRoomDeps, shopper: Shopper, input: AcceptCartPricesInput): Promise<Answer> {
  return changeLines(deps, shopper, 'acceptCartPrices', input, (cart, facts) => {
    const quotes = facts.quotes ?? fullFacts(facts).quotes;
    return { lines: acceptPrices(cart.lines, { quotes }) };
  });
}

async function changeLines<Input extends { cartId: string; idempotencyKey: string }>(
  deps: CartRoomDeps,
  shopper: Shopper,
  operation: string,
  input: Input,
  decide: (cart: Cart, facts: Facts) => Decision,
): Promise<Answer> {
  checkId('input.cartId', input.cartId);
  const known = await deps.hints.ofCart(deps.database, input.cartId, shopper);
  if (!known) return NO_CART;
  const facts = await askFacts(deps, known.variantIds);
  return once(deps, { operation, shopper, cart: known, input }, facts, async (tx) => {
    const cart = await lockCart(tx, known.id);
    if (!cart || cart.userId !== known.userId) return NO_CART;
    const decision = decide(cart, facts);
    return 'refused' in decision ? decision : { cart: await saveCart(deps, tx, cart, decision.lines) };
  });
}

/** Runs `work` once a key; a repeat answers the cart as it was left then, at the prices of now. */
async function once(
  deps: CartRoomDeps,
  { operation, shopper, cart, input }: { operation: string; shopper: Shopper; cart: CartHint | null; input: { idempotencyKey: string } },
  facts: Facts,
  work: (tx: Transaction) => Promise<Outcome>,
): Promise<Answer> {
  const scope = shopper ? `user:${shopper}` : cart ? `cart:${cart.id}` : 'anonymous';
  const { outcome, replayed } = await deps.idempotency.run<Outcome>({ operation, scope, key: input.idempotencyKey, input }, work);
  if ('refused' in outcome) return outcome;
  if (!replayed) deps.hints.remember(outcome.cart);
  return viewCart(deps, outcome.cart, facts);
}

/** The cart that units go into, locked; null when it was merged or forgotten a moment ago. */
async function cartToFill(deps: CartRoomDeps, tx: Transaction, shopper: Shopper, known: CartHint | null): Promise<Cart | null> {
  if (known) {
    const cart = await lockCart(tx, known.id);
    return cart && cart.userId === known.userId ? cart : null;
  }
  if (!shopper) return newCart(deps, null);
  // Two first items at a time: one inserts the shopper's cart, the other finds it.
  await insertCart(deps, tx, newCart(deps, shopper));
  return lockCartOfUser(tx, shopper);
}

/** The cart that units will go into, as far as it is known; null for a new one, and for one that is not the guest's. */
async function cartToAsk(deps: CartRoomDeps, shopper: Shopper, cartId: string | null): Promise<CartHint | null> {
  if (shopper) return deps.hints.ofUser(deps.database, shopper);
  return cartId === null ? null : deps.hints.ofCart(deps.database, cartId, null);
}

function checkId(field: string, id: string): void {
  if (id.length < 1 || id.length > MAX_ID) throw invalidInput(field, `must have 1 to ${MAX_ID} characters`);
}
