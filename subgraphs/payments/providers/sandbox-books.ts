/**
 * The sandbox provider's own books: a SQLite file that the shop never touches, so that what the shop believes can be
 * audited against what its provider did. What is written in one turn of the event loop is committed together: one wait
 * for the disk, however many shoppers pay at once. Nothing is answered before `durable()` has resolved.
 */
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

export type SandboxState = 'AUTHORISED' | 'DECLINED' | 'ACTION_REQUIRED' | 'PENDING' | 'VOIDED' | 'CAPTURED';

export interface SandboxRow {
  key: string;
  reference: string;
  order_id: string;
  amount_minor: number;
  currency: string;
  state: SandboxState;
  code: string | null;
  captured_minor: number;
  refunded_minor: number;
  /** Names the page of the step at the bank; unguessable. */
  page_id: string | null;
  return_path: string;
  expires_at_ms: number;
  /** When a late answer is there. */
  ready_at_ms: number;
}
export interface QueuedWebhook {
  id: string;
  authorisation_key: string;
  attempts: number;
  /** How many deliveries are still wanted; more than one to show that a shop takes a webhook that comes twice. */
  copies: number;
  due_at_ms: number;
}
export interface OrderMoney {
  heldMinor: number;
  capturedMinor: number;
  refundedMinor: number;
}

const SCHEMA = `
  create table if not exists authorisations (
    key text primary key, reference text not null unique, order_id text not null, amount_minor integer not null, currency text not null,
    state text not null, code text, captured_minor integer not null default 0, refunded_minor integer not null default 0,
    page_id text unique, return_path text not null, expires_at_ms integer not null, ready_at_ms integer not null
  ) strict;
  create table if not exists refunds (key text primary key, reference text not null, authorisation_key text not null, amount_minor integer not null) strict;
  create table if not exists webhooks (
    id text primary key, authorisation_key text not null, attempts integer not null default 0, copies integer not null, due_at_ms integer not null
  ) strict;
  create index if not exists webhooks_due on webhooks (due_at_ms);
`;

export type SandboxBooks = ReturnType<typeof openSandboxBooks>;

/** Opens the books, making the file when it is not there. */
export function openSandboxBooks(file: string) {
  const db = new DatabaseSync(file);
  db.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000');
  db.exec(SCHEMA);
  const insert = db.prepare(
    `insert or ignore into authorisations
      (key, reference, order_id, amount_minor, currency, state, code, page_id, return_path, expires_at_ms, ready_at_ms) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const byKey = db.prepare('select * from authorisations where key = ?');
  const byPage = db.prepare('select * from authorisations where page_id = ?');
  const move = db.prepare('update authorisations set state = ?, code = ? where key = ? and state = ?');
  const capture = db.prepare(`update authorisations set state = 'CAPTURED', captured_minor = amount_minor where key = ? and amount_minor = ? and state = 'AUTHORISED'`);
  const refund = db.prepare('update authorisations set refunded_minor = refunded_minor + ? where key = ? and refunded_minor + ? <= captured_minor');
  const insertRefund = db.prepare('insert or ignore into refunds (key, reference, authorisation_key, amount_minor) values (?, ?, ?, ?)');
  const refundByKey = db.prepare('select reference, amount_minor from refunds where key = ?');
  const insertWebhook = db.prepare('insert or ignore into webhooks (id, authorisation_key, copies, due_at_ms) values (?, ?, ?, ?)');
  const dueWebhooks = db.prepare('select * from webhooks where due_at_ms <= ? order by due_at_ms limit ?');
  const nextWebhook = db.prepare('select min(due_at_ms) as due from webhooks');
  const deleteWebhook = db.prepare('delete from webhooks where id = ?');
  const rescheduleWebhook = db.prepare('update webhooks set attempts = ?, copies = ?, due_at_ms = ? where id = ?');

  /** Who waits for the open group to be on the disk; null when none is open. */
  let group: { resolve(): void; reject(error: unknown): void }[] | null = null;

  /** Takes part in the open group, or opens one that ends with this turn. */
  function enter(): void {
    if (group) return;
    db.exec('begin immediate');
    group = [];
    queueMicrotask(commit);
  }

  function commit(): void {
    if (!group) return;
    const waiting = group;
    group = null;
    try {
      db.exec('commit');
    } catch (error) {
      if (db.isTransaction) db.exec('rollback');
      for (const { reject } of waiting) reject(error);
      return;
    }
    for (const { resolve } of waiting) resolve();
  }

  /** A statement's number of changed rows, in the group. */
  const run = (statement: StatementSync, ...parameters: SQLInputValue[]): number => (enter(), Number(statement.run(...parameters).changes));

  /** All of `work` or nothing of it, in the group; it is synchronous, so nothing can come between. */
  const together = <T>(work: () => T): T => {
    enter();
    db.exec('savepoint together');
    try {
      return work();
    } catch (error) {
      db.exec('rollback to together');
      throw error;
    } finally {
      db.exec('release together');
    }
  };

  return {
    /** Resolves when everything written so far is on the disk. */
    durable: (): Promise<void> => new Promise((resolve, reject) => (group ? group.push({ resolve, reject }) : resolve())),
    together,
    /** False when the key is known already. */
    insert: (row: Omit<SandboxRow, 'captured_minor' | 'refunded_minor'>): boolean =>
      run(insert, row.key, row.reference, row.order_id, row.amount_minor, row.currency, row.state, row.code, row.page_id, row.return_path, row.expires_at_ms, row.ready_at_ms) === 1,
    byKey: (key: string) => byKey.get(key) as SandboxRow | undefined,
    byPage: (pageId: string) => byPage.get(pageId) as SandboxRow | undefined,
    /** False when the authorisation was not in state `from`. */
    move: (key: string, from: SandboxState, to: SandboxState, code: string | null): boolean => run(move, to, code, key, from) === 1,
    capture: (key: string, amountMinor: number): boolean => run(capture, key, amountMinor) === 1,
    refundByKey: (key: string) => refundByKey.get(key) as { reference: string; amount_minor: number } | undefined,
    /** False when it is more than what is left; then nothing is written. */
    refund: (key: string, reference: string, authorisationKey: string, amountMinor: number): boolean =>
      together(() => {
        if (run(refund, amountMinor, authorisationKey, amountMinor) !== 1) return false;
        run(insertRefund, key, reference, authorisationKey, amountMinor);
        return true;
      }),
    queueWebhook: (id: string, authorisationKey: string, copies: number, dueAtMs: number): void => void run(insertWebhook, id, authorisationKey, copies, dueAtMs),
    dueWebhooks: (nowMs: number, limit: number) => dueWebhooks.all(nowMs, limit) as unknown as QueuedWebhook[],
    nextWebhookMs: (): number | null => (nextWebhook.get() as { due: number | null }).due,
    deleteWebhook: (id: string): void => void run(deleteWebhook, id),
    rescheduleWebhook: (id: string, attempts: number, copies: number, dueAtMs: number): void => void run(rescheduleWebhook, attempts, copies, dueAtMs, id),
    close: () => {
      commit();
      db.close();
    },
  };
}

/** What the provider holds, took and gave back for each order: the outside judge of an audit. Reads a file that may be in use. */
export function readSandboxBooks(file: string): Map<string, OrderMoney> {
  const db = new DatabaseSync(file, { readOnly: true });
  const rows = db
    .prepare(
      `select order_id, sum(case when state = 'AUTHORISED' then amount_minor else 0 end) as held, sum(captured_minor) as captured, sum(refunded_minor) as refunded
       from authorisations group by order_id`,
    )
    .all() as unknown as { order_id: string; held: number; captured: number; refunded: number }[];
  db.close();
  return new Map(rows.map((row) => [row.order_id, { heldMinor: row.held, capturedMinor: row.captured, refundedMinor: row.refunded }]));
}
