/** What people did, as rows: one a person and product. */
import { placeholders, type Reader, type SqlValue, type Transaction } from '#platform/database/database.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { collect, type Interaction, type Interactions } from './model/interactions.ts';

/** The stronger one stays when a person does both. */
export const KINDS = { viewed: 1, bought: 3 } as const;
export type Kind = keyof typeof KINDS;

/** The oldest beyond this go, and whatever is older than this. */
export const INTERACTIONS_MAX = 1_000_000;
export const INTERACTION_DAYS = 730;
/** Of one person the newest so many speak. */
export const HISTORY_ROWS_MAX = 200;

const DAY_MS = 86_400_000;
const PAGE = 5_000;
const FORGET_BATCH = 500;
const FORGET_BATCHES_MAX = 200;
const IMPORT_BATCH = 200;

export interface Row {
  productId: string;
  kind: number;
  atMs: number;
}

/** A repeat makes it newer, never older or weaker. */
export async function record(tx: Transaction, person: string, productIds: readonly string[], kind: Kind, atMs: number): Promise<void> {
  // In one order for all writers, so that two never wait for each other's rows.
  for (const productId of [...new Set(productIds)].sort()) {
    if (await tx.insertIfAbsent('interaction', { person, product_id: productId, kind: KINDS[kind], at_ms: atMs })) continue;
    await tx.execute(
      'update interaction set kind = case when kind < ? then ? else kind end, at_ms = case when at_ms < ? then ? else at_ms end where person = ? and product_id = ?',
      [KINDS[kind], KINDS[kind], atMs, atMs, person, productId],
    );
  }
}

/** Newest last. */
export async function historyOf(reader: Reader, person: string): Promise<Row[]> {
  const rows = await reader.query<Row>(`select product_id as productId, kind, at_ms as atMs from interaction where person = ? order by at_ms desc, product_id limit ${HISTORY_ROWS_MAX}`, [person]);
  return rows.reverse();
}

/** All of them, page by page, so that the process serves others between two pages. */
export async function readAll({ database, clock }: Pick<RoomDeps, 'database' | 'clock'>, signal: AbortSignal): Promise<Interactions> {
  const all: Interaction[] = [];
  for (let [person, product] = ['', '']; ; ) {
    const page = await database.query<{ person: string; productId: string; atMs: number }>(
      `select person, product_id as productId, at_ms as atMs from interaction where person > ? or (person = ? and product_id > ?) order by person, product_id limit ${PAGE}`,
      [person, person, product],
    );
    for (const row of page) all.push({ user: row.person, item: row.productId, atMs: row.atMs });
    if (page.length < PAGE || all.length >= INTERACTIONS_MAX) return collect(all);
    [person, product] = [page.at(-1)!.person, page.at(-1)!.productId];
    await clock.sleep(0, signal);
  }
}

/** Those beyond the bounds, oldest first. */
export async function forget({ database, clock }: Pick<RoomDeps, 'database' | 'clock'>, signal: AbortSignal, most = INTERACTIONS_MAX): Promise<void> {
  const [newestGone] = await database.query<{ atMs: number }>(`select at_ms as atMs from interaction order by at_ms desc limit 1 offset ${most}`);
  const beforeMs = Math.max(clock.nowMs() - INTERACTION_DAYS * DAY_MS, newestGone ? newestGone.atMs + 1 : 0);
  for (let batch = 0; batch < FORGET_BATCHES_MAX && !signal.aborted; batch++) {
    const gone = await database.query<{ person: string; productId: string }>(`select person, product_id as productId from interaction where at_ms < ? order by at_ms limit ${FORGET_BATCH}`, [beforeMs]);
    if (gone.length === 0) return;
    await database.transaction(async (tx) => {
      for (const [person, rows] of Map.groupBy(gone, (row) => row.person)) {
        const ids = rows.map((row) => row.productId);
        await tx.execute(`delete from interaction where person = ? and at_ms < ? and product_id in (${placeholders(ids.length)})`, [person, beforeMs, ...ids]);
      }
    });
  }
}

/** Purchases of the time before this shop counted, for a new shop; the same again changes nothing. */
export async function importHistory({ database, clock }: Pick<RoomDeps, 'database' | 'clock'>, rows: readonly Interaction[]): Promise<void> {
  for (let at = 0; at < rows.length; at += IMPORT_BATCH) {
    const some = rows.slice(at, at + IMPORT_BATCH);
    await database.transaction(async (tx) => {
      const people = [...new Set(some.map(({ user }) => user))];
      const known = await tx.query<{ person: string; productId: string }>(`select person, product_id as productId from interaction where person in (${placeholders(people.length)})`, people);
      const there = new Set(known.map(({ person, productId }) => `${person} ${productId}`));
      const fresh = [...new Map(some.map((row) => [`${row.user} ${row.item}`, row])).entries()].filter(([name]) => !there.has(name)).map(([, row]) => row);
      if (fresh.length === 0) return;
      const values = fresh.flatMap(({ user, item, atMs }): SqlValue[] => [user, item, KINDS.bought, atMs]);
      await tx.execute(`insert into interaction (person, product_id, kind, at_ms) values ${fresh.map(() => '(?, ?, ?, ?)').join(', ')}`, values);
    });
    await clock.sleep(0);
  }
}
