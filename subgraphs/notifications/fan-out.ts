/**
 * News for many. It is a row in the transaction of the message that brought it; from it everybody is told in portions, each
 * a transaction that also notes how far it came. A crash goes on with the next portion, two processes wait for each other at
 * the row: everybody is told once.
 */
import { placeholders, type Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { quoteVariants, staffAccounts, type VariantQuote } from '#schema/asks.ts';
import type { NotificationData } from './kinds.ts';
import { tell, type TellParts } from './tell.ts';
import type { WatchRow } from './watches.ts';

export type ManyKind = 'BACK_IN_STOCK' | 'PRICE_DROP' | 'LOW_STOCK';

export interface ManyNews {
  kind: ManyKind;
  variantId: string;
  data: NotificationData;
}

interface FanOutRow {
  id: string;
  kind: ManyKind;
  variant_id: string;
  data: string;
  after_user: string;
}

/** People told in one transaction: short enough that nobody waits for it. */
export const PORTION = 100;
export const FAN_OUTS_A_ROUND = 20;
export const FAN_OUT_SCAN_EVERY_MS = 5_000;

export interface FanOut {
  /** Writes the news down, if there may be anybody who waits for it. */
  begin(tx: Transaction, news: ManyNews): Promise<void>;
  /** Tells what is there to be told. */
  run(signal?: AbortSignal): Promise<void>;
  stop(): void;
}

/** Which roles hear of low stock: those that may change it. */
const STAFF_ROLES = ['merchant', 'admin'];

type Deps = TellParts & Pick<RoomDeps, 'database' | 'asker' | 'log'>;

export function createFanOut(deps: Deps): FanOut {
  const { database, clock, ids, asker, log } = deps;
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;

  async function round(): Promise<void> {
    do {
      again = false;
      const due = await database.query<FanOutRow>(`select id, kind, variant_id, data, after_user from notification_fan_outs where due_ms <= ? order by due_ms, id limit ${FAN_OUTS_A_ROUND}`, [clock.nowMs()]);
      if (due.length === 0 || stopped) return;
      const quotes = new Map((await asker.ask(quoteVariants, { variantIds: [...new Set(due.map(({ variant_id }) => variant_id))] })).map((quote) => [quote.variantId, quote]));
      const staff = due.some(({ kind }) => kind === 'LOW_STOCK') ? (await asker.ask(staffAccounts, { roles: STAFF_ROLES })).toSorted() : [];
      for (const { id, variant_id } of due) while (!stopped && (await tellPortion(id, quotes.get(variant_id) ?? null, staff)));
      again ||= due.length === FAN_OUTS_A_ROUND;
    } while (again && !stopped);
  }

  /** True when there may be more of them. */
  function tellPortion(id: string, quote: VariantQuote | null, staff: readonly string[]): Promise<boolean> {
    return database.transaction(async (tx) => {
      const [row] = await tx.query<FanOutRow>(`select id, kind, variant_id, data, after_user from notification_fan_outs where id = ?${tx.forUpdate}`, [id]);
      if (!row) return false;
      const data = JSON.parse(row.data) as NotificationData;
      const userIds = quote === null ? [] : row.kind === 'LOW_STOCK' ? staff.filter((userId) => userId > row.after_user).slice(0, PORTION) : await takeWaiting(tx, row, data);
      if (quote) await tell(tx, deps, userIds, { kind: row.kind, productId: quote.productId, data: { ...data, name: quote.name } }, true);
      if (userIds.length < PORTION) {
        await tx.execute('delete from notification_fan_outs where id = ?', [id]);
        return false;
      }
      await tx.execute('update notification_fan_outs set after_user = ? where id = ?', [userIds.at(-1)!, id]);
      return true;
    });
  }

  /** The next of those who wait; coming back is told once, a price as long as it falls. */
  async function takeWaiting(tx: Transaction, { kind, variant_id, after_user }: FanOutRow, { amountMinor = 0 }: NotificationData): Promise<string[]> {
    const [condition, parameters] = kind === 'BACK_IN_STOCK' ? ['back_in_stock = 1', []] as const : ['price_drop = 1 and told_minor > ?', [amountMinor]] as const;
    const waiting = await tx.query<Pick<WatchRow, 'user_id'>>(
      `select user_id from notification_watches where variant_id = ? and user_id > ? and ${condition} order by user_id limit ${PORTION}${tx.forUpdate}`,
      [variant_id, after_user, ...parameters],
    );
    const userIds = waiting.map(({ user_id }) => user_id);
    if (userIds.length === 0) return userIds;
    const list = placeholders(userIds.length);
    if (kind === 'BACK_IN_STOCK') {
      await tx.execute(`update notification_watches set back_in_stock = 0 where variant_id = ? and user_id in (${list})`, [variant_id, ...userIds]);
      await tx.execute(`delete from notification_watches where variant_id = ? and price_drop = 0 and user_id in (${list})`, [variant_id, ...userIds]);
    } else {
      await tx.execute(`update notification_watches set told_minor = ? where variant_id = ? and user_id in (${list})`, [amountMinor, variant_id, ...userIds]);
    }
    return userIds;
  }

  function run(): Promise<void> {
    again = true;
    return (running ??= round().finally(() => (running = null)));
  }

  return {
    async begin(tx, { kind, variantId, data }) {
      if (kind !== 'LOW_STOCK') {
        const [anybody] = await tx.query('select user_id from notification_watches where variant_id = ? limit 1', [variantId]);
        if (!anybody) return;
      }
      await tx.execute('insert into notification_fan_outs (id, kind, variant_id, data, after_user, due_ms, created_ms) values (?, ?, ?, ?, ?, ?, ?)', [
        ids.uuid(), kind, variantId, JSON.stringify(data), '', clock.nowMs(), clock.nowMs(),
      ]);
      tx.afterCommit(() => void run().catch((error: unknown) => log.warn({ err: error }, 'news wait for the next scan')));
    },
    run,
    stop: () => void (stopped = true),
  };
}
