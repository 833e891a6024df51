/** The one cart of this tab: its state, the changes on their way, and the subscription that keeps all tabs alike. */
import type { Api } from '../../shared/graphql.ts';
import { ProblemError } from '../../shared/problem.ts';
import type { Session } from '../../shared/session.ts';
import { readStored, writeStored } from '../../shared/storage.ts';
import { newKey, whenIdle } from '../../shared/time.ts';
import {
  AcceptCartPricesDocument, AddToCartDocument, CartChangedDocument, CartDocument, SetCartLineDocument, ViewerDocument,
} from '../gql/graphql.ts';
import { accept, adopt, begin, EMPTY_CART, refuse, type Cart, type CartState } from './cart.ts';

export interface CartStore {
  state(): CartState;
  subscribe(listener: () => void): () => void;
  /** The id the server knows the cart by; null before the first item. */
  id(): string | null;
  /** Null when it is in the cart, else why not. */
  add(variantId: string, quantity: number): Promise<string | null>;
  setQuantity(lineId: string, quantity: number): Promise<string | null>;
  acceptPrices(): Promise<string | null>;
  /** After an order: the server has emptied it. */
  reload(): Promise<void>;
}

const STORED = 'gomall.cart';

export function createCartStore(api: Api, session: Session, sayFailure: () => string): CartStore {
  let id = readStored(STORED);
  let state: CartState = { ...EMPTY_CART, loading: id !== null || session.current() !== null };
  let unsubscribe: (() => void) | null = null;
  let subscribedTo: string | null = null;
  let person = session.current()?.user.id ?? null;
  const listeners = new Set<() => void>();

  function change(next: CartState): void {
    state = next;
    for (const listener of listeners) listener();
  }

  /** Changes are sent one after another: the second knows the cart that the first made. */
  let line: Promise<unknown> = Promise.resolve();
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = line.then(work, work);
    line = turn.then(done, done);
    return turn;
  }

  function listen(): void {
    if (id === subscribedTo) return;
    unsubscribe?.();
    unsubscribe = null;
    subscribedTo = id;
    if (!id) return;
    const mine = id;
    unsubscribe = api.live.subscribe(CartChangedDocument, { cartId: mine }, (data) => {
      if (mine === id && data.cartChanged) change(adopt(state, data.cartChanged));
    });
  }

  function know(cart: Cart): void {
    const next = String(cart.id);
    if (next !== id) {
      id = next;
      writeStored(STORED, next);
    }
    listen();
  }

  async function load(): Promise<void> {
    try {
      if (session.current()) {
        const { viewer } = await api.read(ViewerDocument, {});
        if (viewer?.cart) id = String(viewer.cart.id);
        else if (viewer) id = null;
        writeStored(STORED, id);
      }
      if (!id) return change({ ...EMPTY_CART });
      const { cart } = await api.read(CartDocument, { id });
      if (!cart) {
        id = null;
        writeStored(STORED, null);
      }
      change(adopt(state, cart ?? null));
      listen();
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      // The badge stays as it is; the subscription brings the cart when the room answers again.
      change({ ...state, loading: false });
      if (error.problem.code === 'NOT_FOUND' || error.problem.code === 'FORBIDDEN') {
        id = null;
        writeStored(STORED, null);
      } else listen();
    }
  }

  async function send(key: string, ask: () => Promise<Answer | null | undefined>): Promise<string | null> {
    return await inTurn(async () => {
      try {
        const answer = await ask();
        if (answer?.__typename === 'Cart') {
          know(answer as unknown as Cart);
          change(accept(state, key, answer as unknown as Cart));
          return null;
        }
        const reason = answer && 'message' in answer ? answer.message : sayFailure();
        change(refuse(state, key, reason));
        return reason;
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        const reason = error.problem.kind === 'offline' || error.problem.code === 'INTERNAL' ? sayFailure() : error.problem.message;
        change(refuse(state, key, reason));
        return reason;
      }
    });
  }

  // Signing in merges the carts on the server; signing out leaves the shopper's cart behind.
  session.subscribe(() => {
    const now = session.current()?.user.id ?? null;
    if (now === person) return;
    if (person && !now) {
      id = null;
      writeStored(STORED, null);
    }
    person = now;
    subscribedTo = null;
    unsubscribe?.();
    api.live.reconnect();
    change({ ...state, server: now ? state.server : null });
    void load();
  });
  // A first cart that another tab made.
  window.addEventListener('storage', (event) => {
    if (event.key !== STORED || event.newValue === id) return;
    id = event.newValue;
    void load();
  });
  whenIdle(() => void load());

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    id: () => id,
    add(variantId, quantity) {
      const key = newKey();
      change(begin(state, { key, kind: 'add', quantity }));
      return send(key, async () => {
        const input = { ...(id ? { cartId: id } : {}), variantId, quantity, idempotencyKey: key };
        return (await api.send(AddToCartDocument, { input })).addToCart;
      });
    },
    setQuantity(lineId, quantity) {
      const key = newKey();
      change(begin(state, { key, kind: 'set', lineId, quantity }));
      return send(key, async () => {
        if (!id) return null;
        return (await api.send(SetCartLineDocument, { input: { cartId: id, lineId, quantity, idempotencyKey: key } })).setCartLine;
      });
    },
    acceptPrices() {
      const key = newKey();
      return send(key, async () => (id ? (await api.send(AcceptCartPricesDocument, { input: { cartId: id, idempotencyKey: key } })).acceptCartPrices : null));
    },
    reload: load,
  };
}

const done = (): void => {};
type Answer = { __typename: string } | { __typename: string; message: string };
