/** A mall with nothing but the inventory room, and the words its tests speak in. */
import type { Reply } from '#platform/inbox/inbox.ts';
import { openMall, type Mall, type MallOptions, type Visitor } from '#platform/subgraph/testing.ts';
import { inventory, openLevels } from '../index.ts';
import { brokenInvariants } from '../invariants.ts';

export const merchant: Visitor = { userId: 'merchant', roles: ['merchant'] };
export const MINUTE_MS = 60_000;

export async function openStock(levels: Record<string, number>, options: Partial<MallOptions> = {}): Promise<StockMall> {
  const mall = await openMall({ ...options, rooms: [inventory] });
  await openLevels(mall.room('inventory').deps, Object.entries(levels).map(([variantId, onHand]) => ({ variantId, onHand })));
  await mall.settle();
  return new StockMall(mall);
}

export class StockMall {
  readonly mall: Mall;
  #asked = 0;

  constructor(mall: Mall) {
    this.mall = mall;
  }

  /** Sends a command without waiting for what comes of it. Its key is `orderId/type` unless another is given. */
  async send(type: string, orderId: string, input: Record<string, unknown> = {}, keys: { key?: string; undoes?: string } = {}): Promise<string> {
    const key = keys.key ?? `${orderId}/${type}`;
    const data = { key, ...(keys.undoes && { undoes: keys.undoes }), input: { orderId, ...input } };
    await this.mall.tell({ topic: 'gomall.inventory.commands', type, version: 1, subject: orderId, data });
    return key;
  }

  /** Sends a command and answers its reply. */
  async ask(type: string, orderId: string, input: Record<string, unknown> = {}, keys: { key?: string; undoes?: string } = {}): Promise<Reply> {
    const key = await this.send(type, orderId, input, { key: `${orderId}/${type}/${this.#asked++}`, ...keys });
    await this.mall.settle();
    return this.replyTo(key);
  }

  hold(orderId: string, units: Record<string, number>, expiresAtMs = this.mall.clock.nowMs() + 20 * MINUTE_MS): Promise<Reply> {
    return this.ask('hold-stock', orderId, { lines: linesOf(units), expiresAtMs });
  }

  replyTo(key: string): Reply {
    const replies = this.mall.told('inventory').filter(({ topic, message }) => topic === 'gomall.inventory.replies' && (message.data as { key: string }).key === key);
    const last = replies.at(-1);
    if (!last) throw new Error(`no reply to ${key}`);
    return (last.message.data as { reply: Reply }).reply;
  }

  /** `onHand/held` of a variant. */
  async level(variantId: string): Promise<string> {
    const [row] = await this.mall.database('inventory').query<{ on_hand: number; held: number }>('select on_hand, held from stock_levels where variant_id = ?', [variantId]);
    return row ? `${row.on_hand}/${row.held}` : 'none';
  }

  /** Data of the events told so far, each message once. */
  events(type: string): any[] {
    const seen = new Set<string>();
    return this.mall.told('inventory').filter(({ topic, message }) => {
      if (topic !== 'gomall.inventory.events' || message.type !== type || seen.has(message.id)) return false;
      seen.add(message.id);
      return true;
    }).map(({ message }) => message.data);
  }

  async adjust(input: Record<string, unknown>, visitor: Visitor = merchant) {
    const query = `mutation ($input: AdjustStockInput!) {
      adjustStock(input: $input) { __typename ... on StockLevel { id onHand available held threshold } ... on Refusal { code message } } }`;
    return this.mall.execute('inventory', query, { input: { variantId: 'shirt', reason: 'count', idempotencyKey: `key-${this.#asked++}-padded`, ...input } }, visitor);
  }

  /** So much later, when the holds whose time is over have been given back. */
  async later(byMs: number): Promise<void> {
    await this.mall.advance(byMs);
    await this.mall.runTask('inventory', 'inventory.expire-holds');
    await this.mall.settle();
  }

  broken(): Promise<string[]> {
    return brokenInvariants(this.mall.database('inventory'));
  }
}

export const linesOf = (units: Record<string, number>) => Object.entries(units).map(([variantId, quantity]) => ({ variantId, quantity }));
