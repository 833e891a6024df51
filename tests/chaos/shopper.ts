/** The generator: people who look around, fill carts, buy, change their minds, and do not give up when no answer comes. */
import { systemIds } from '#platform/ids/system.ts';
import { address } from '../journeys/shop.ts';
import { pause } from '../crash/doomed-mall.ts';
import { ask, NoAnswer, post, type Answer } from './door.ts';
import type { Entry, History, Operation, SeenOrder } from './history.ts';
import { insist } from './insist.ts';
import { drawVisit, type Visit } from './visit.ts';
import { Watching } from './watching.ts';

/** What shoppers need of a mall, whatever it runs on. */
export interface Front {
  /** Where its door is: http://host:port. */
  origin: string;
  /** Acts as staff; another one after each start of the router. */
  staffToken(): string;
  /** Variant ids by SKU. */
  variants: ReadonlyMap<string, string>;
}

export interface ShopperParts {
  who: string;
  front: Front;
  history: History;
  random: () => number;
  /** With an account of their own. */
  signsIn: boolean;
  /** How much of the rest between visits is taken: 1 all of it. */
  rests: number;
}

/** Between two looks at an order that is not decided. */
const LOOK_EVERY_MS = 400;
/** An order that is still not decided after so long is left to the audit. */
const FOLLOW_LIMIT_MS = 150_000;
/** Orders that a shopper looks after at once, besides the one being bought. */
const MAX_FOLLOWED = 6;
const REFUND_MINOR = 100;
const PASSWORD = 'correct horse battery';

export class Shopper {
  readonly #parts: ShopperParts;
  readonly #watching: Watching;
  readonly #followed = new Set<Promise<void>>();
  #session: { token: string; userId: string } | null = null;

  constructor(parts: ShopperParts) {
    this.#parts = parts;
    const { front, history, who } = parts;
    this.#watching = new Watching({ origin: front.origin, history, who: `${who}'s watch`, token: () => this.#session?.token });
  }

  /** One visit after the other until closing time; then what was begun is brought to its end. */
  async shop(closing: () => boolean): Promise<void> {
    if (this.#parts.signsIn && !this.#session) await this.#register();
    while (!closing()) {
      const visit = drawVisit(this.#parts.random);
      await this.visit(visit);
      if (this.#followed.size >= MAX_FOLLOWED) await Promise.race(this.#followed);
      await pause(visit.restMs * this.#parts.rests);
    }
    await Promise.all(this.#followed);
  }

  get watching(): Watching {
    return this.#watching;
  }

  /** Buys, or is told why not: the order's id, and when it is decided. Null where there is none. */
  async visit(visit: Visit): Promise<{ id: string; followed: Promise<void> } | null> {
    const { front } = this.#parts;
    if (visit.browses) await this.#insist('browse', systemIds.uuid(), 'ProductList', { first: 10 }, () => ({ kind: 'ok' }));
    const key = systemIds.uuid();
    const cart = await this.#insist('fill', key, 'AddToCart', { input: { variantId: front.variants.get(visit.sku)!, quantity: visit.quantity, idempotencyKey: key } }, ({ __typename, code }) =>
      __typename === 'Cart' ? { kind: 'ok' } : { kind: 'fail', code: code ?? 'OUT_OF_STOCK' },
    );
    if (cart?.__typename !== 'Cart') return null;
    const order = await this.#buy(visit, cart.id);
    if (!order) return null;
    const followed = this.#follow(visit, order).finally(() => this.#followed.delete(followed));
    this.#followed.add(followed);
    return { id: order.id, followed };
  }

  async #buy(visit: Visit, cartId: string): Promise<Bought | null> {
    const key = systemIds.uuid();
    const input = { cartId, email: 'guest@example.com', shippingAddress: address, payment: { provider: 'SANDBOX', token: visit.token }, idempotencyKey: key, waitMs: visit.waitMs };
    const said = { scope: this.#session ? `user:${this.#session.userId}` : `cart:${cartId}`, token: visit.token };
    const place = () => this.#insist('place', key, 'PlaceOrder', { input }, readPlaced, said);
    const placed = await place();
    if (visit.again && placed) await place();
    const order = placed?.order ?? placed;
    return order?.id ? { id: order.id, guestToken: order.guestToken ?? null } : null;
  }

  /** Looks until the order is decided, and does what the shopper means to do with it. */
  async #follow(visit: Visit, order: Bought): Promise<void> {
    if (visit.watches) this.#watching.follow(order);
    if (visit.cancels === 'at once') await this.#cancel(order);
    const deadline = performance.now() + FOLLOW_LIMIT_MS;
    let atBank = false;
    while (performance.now() < deadline) {
      const seen = await this.#insist('look', order.id, 'Order', { ...order }, readOrder);
      if (seen === null) return;
      if (!atBank && seen.payment.actionUrl) atBank = await this.#goToBank(visit, order, seen.payment.actionUrl);
      if (visit.cancels === 'once it is bought' && seen.status === 'CONFIRMED') return void (await this.#cancel(order));
      if (visit.refunds && seen.status === 'CONFIRMED' && seen.payment.status === 'CAPTURED') return void (await this.#refund(order));
      const settled = seen.status === 'CANCELLED' || (seen.status === 'CONFIRMED' && (!visit.refunds || seen.payment.status !== 'AUTHORISED'));
      if (settled) return;
      await pause(LOOK_EVERY_MS);
    }
  }

  async #goToBank(visit: Visit, order: Bought, actionUrl: string): Promise<boolean> {
    const url = new URL(new URL(actionUrl, this.#parts.front.origin).pathname, this.#parts.front.origin).href;
    const decide = async (): Promise<Answer> => ({ value: await post(url, { decision: visit.approves ? 'approve' : 'decline' }), missing: [] });
    await insist({ ...this.#call('bank', order.id), attempt: decide, read: (status: number) => (status < 400 ? { kind: 'ok' } : { kind: 'fail', code: `HTTP_${status}` }) });
    return true;
  }

  async #cancel(order: Bought): Promise<void> {
    const key = systemIds.uuid();
    await this.#insist('cancel', key, 'CancelOrder', { input: { ...order, reason: 'changed my mind', idempotencyKey: key } }, (value) => readChanged(value, order.id));
  }

  async #refund({ id }: Bought): Promise<void> {
    const key = systemIds.uuid();
    const input = { orderId: id, amount: { amountMinor: REFUND_MINOR, currency: 'USD' }, reason: 'a scratch', idempotencyKey: key };
    const attempt = () => ask(this.#parts.front.origin, 'RefundOrder', { input }, this.#parts.front.staffToken());
    await insist({ ...this.#call('refund', key), said: { amountMinor: REFUND_MINOR }, attempt: () => asStaff(attempt), read: (value) => readChanged(value, id) });
  }

  /** The answer to the first attempt may have been lost, so the second one may find the account made. */
  async #register(): Promise<void> {
    const account = { email: `${systemIds.uuid()}@example.com`, password: PASSWORD };
    const attempt = async (): Promise<Answer> => {
      const made = await ask(this.#parts.front.origin, 'Register', { input: { ...account, displayName: 'Ada' } });
      return made.value.__typename === 'EmailTaken' ? ask(this.#parts.front.origin, 'Login', { input: account }) : made;
    };
    const session = await insist({ ...this.#call('register', account.email), attempt, read: ({ __typename, code }) => (__typename === 'Session' ? { kind: 'ok' } : { kind: 'fail', code }) });
    if (session?.__typename === 'Session') this.#session = { token: session.accessToken, userId: session.user.id };
  }

  #call(op: Operation, key: string) {
    const { history, who, random } = this.#parts;
    return { history, who, op, key, random };
  }

  #insist(op: Operation, key: string, name: string, variables: Record<string, unknown>, read: (value: any) => Pick<Entry, 'order' | 'code'> & { kind: 'ok' | 'fail' }, said?: Pick<Entry, 'scope' | 'token'>): Promise<any> {
    return insist({ ...this.#call(op, key), ...(said && { said }), attempt: () => ask(this.#parts.front.origin, name, variables, this.#session?.token), read });
  }
}

type Bought = { id: string; guestToken: string | null };

const seenOrder = (order: { id: string; status: string; payment?: { status: string } }): SeenOrder => ({ id: order.id, status: order.status, payment: order.payment?.status ?? '' });

const readOrder = (order: any): { kind: 'ok' | 'fail'; order?: SeenOrder; code?: string } => (order ? { kind: 'ok', order: seenOrder(order) } : { kind: 'fail', code: 'NOT_THERE' });

/** An order that was placed and called off by the bank is an order that was told. */
function readPlaced(value: any): { kind: 'ok' | 'fail'; order?: SeenOrder; code?: string } {
  if (value.__typename === 'Order') return { kind: 'ok', order: seenOrder(value) };
  if (value.order) return { kind: 'ok', order: { ...seenOrder(value.order), payment: 'DECLINED' }, code: value.code };
  return { kind: 'fail', code: value.code ?? 'OUT_OF_STOCK' };
}

const readChanged = (value: any, id: string): { kind: 'ok' | 'fail'; order?: SeenOrder; code?: string } =>
  value.__typename === 'Order' ? { kind: 'ok', order: seenOrder(value) } : { kind: 'fail', code: value.code, order: { id, status: '', payment: '' } };

/** The router makes its local token anew at each start; an old one is refused until the file is read again. */
async function asStaff(attempt: () => Promise<Answer>): Promise<Answer> {
  try {
    return await attempt();
  } catch (error) {
    if (error instanceof NoAnswer && error.code === 'UNAUTHENTICATED') throw new NoAnswer('UNAVAILABLE', { cause: error });
    throw error;
  }
}
