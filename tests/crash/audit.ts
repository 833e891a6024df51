/** Audits what a mall left on disk: the files of its rooms against each other, against the provider's own books and against what shoppers were told. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Reader, SqlValue } from '#platform/database/database.ts';
import { brokenInvariants } from '#subgraphs/inventory/invariants.ts';
import { auditOrders } from '#subgraphs/orders/audit.ts';
import { auditPayments, readSandboxBooks } from '#subgraphs/payments/audit.ts';
import { SANDBOX_FILE } from '#subgraphs/payments/index.ts';
import type { Bought } from './shoppers.ts';

const ROOMS = ['users', 'products', 'inventory', 'cart', 'orders', 'payments'] as const;
type RoomName = (typeof ROOMS)[number];

interface Files {
  rows(room: RoomName, sql: string, ...parameters: SqlValue[]): Record<string, any>[];
  reader(room: RoomName): Reader;
  close(): void;
}

export function openFiles(dataDir: string): Files {
  const open = new Map(ROOMS.map((room) => [room, new DatabaseSync(join(dataDir, `${room}.sqlite`), { readOnly: true })]));
  const rows = (room: RoomName, sql: string, ...parameters: SqlValue[]) => open.get(room)!.prepare(sql).all(...parameters) as Record<string, any>[];
  return {
    rows,
    reader: (room) => ({ query: async <Row>(sql: string, parameters: readonly SqlValue[] = []) => rows(room, sql, ...parameters) as Row[] }),
    close: () => open.forEach((database) => database.close()),
  };
}

/** What is still under way; nothing when the mall is at rest. */
export function underWay(dataDir: string): string[] {
  const files = openFiles(dataDir);
  const count = (room: RoomName, what: string, sql: string) => {
    const [row] = files.rows(room, sql);
    return row!.n > 0 ? [`${room}: ${row!.n} ${what}`] : [];
  };
  const found = [
    ...ROOMS.flatMap((room) => count(room, 'messages', 'select count(*) as n from platform_outbox')),
    ...ROOMS.flatMap((room) => count(room, 'deliveries', 'select count(*) as n from platform_delivery')),
    ...count('orders', 'sagas', "select count(*) as n from platform_saga where state in ('RUNNING', 'UNDOING')"),
    ...count('payments', 'calls of the provider', 'select count(*) as n from provider_call'),
  ];
  files.close();
  return found;
}

/** Sentences, each a contradiction; none is good. To be run at rest. */
export async function audit(dataDir: string, bought: readonly Bought[]): Promise<string[]> {
  const files = openFiles(dataDir);
  const problems: string[] = [];
  const say = (problem: string) => void problems.push(problem);
  try {
    for (const room of ROOMS) {
      const [integrity] = files.rows(room, 'pragma integrity_check');
      if (integrity!.integrity_check !== 'ok') say(`${room}: the file is damaged: ${integrity!.integrity_check}`);
      for (const letter of files.rows(room, 'select room, error from platform_dead_letter')) say(`${room} told what ${letter.room} could not handle: ${letter.error}`);
    }
    for (const saga of files.rows('orders', "select id, name, state from platform_saga where state not in ('DONE', 'UNDONE')")) say(`the saga ${saga.name} ${saga.id} is ${saga.state}`);
    auditKeys(files, bought, say);
    auditMoney(files, readSandboxBooks(providerFile(dataDir)), say);
    auditStock(files, say);

    const payments = await auditPayments(files.reader('payments'), readSandboxBooks(providerFile(dataDir)));
    const orders = await auditOrders(files.reader('orders'), payments.byOrder);
    problems.push(...payments.problems, ...orders.problems, ...(await brokenInvariants(files.reader('inventory'))));
  } finally {
    files.close();
  }
  return problems;
}

/** One key, one order; every order that was told is there; no order without a key. */
function auditKeys(files: Files, bought: readonly Bought[], say: (problem: string) => void): void {
  const known = new Set(files.rows('orders', 'select id from orders').map(({ id }) => id as string));
  const keyed = files.rows('orders', "select outcome from platform_idempotency where operation = 'placeOrder'").map(({ outcome }) => (JSON.parse(outcome) as { orderId: string }).orderId);
  if (new Set(keyed).size !== keyed.length) say('two keys have one order');
  if (keyed.length !== known.size || keyed.some((id) => !known.has(id))) say(`${known.size} orders and ${keyed.length} keys`);
  const told = new Map<string, string>();
  for (const { key, orderIds } of bought) {
    if (orderIds.size > 1) say(`the key ${key} was answered with the orders ${[...orderIds].join(', ')}`);
    for (const id of orderIds) {
      if (!known.has(id)) say(`the order ${id} was told and is not there`);
      if (told.has(id)) say(`the order ${id} was told to two shoppers`);
      told.set(id, key);
    }
  }
}

/** What the provider took is what the ledger says, and what the orders say: all of a confirmed order, nothing of another. */
function auditMoney(files: Files, provider: ReturnType<typeof readSandboxBooks>, say: (problem: string) => void): void {
  const ledger = new Map(
    files
      .rows('payments', "select order_id, sum(case kind when 'CAPTURE' then amount_minor when 'REFUND' then -amount_minor else 0 end) as kept from ledger_entry group by order_id")
      .map(({ order_id, kept }) => [order_id as string, kept as number]),
  );
  for (const { id, status, total_minor } of files.rows('orders', 'select id, status, total_minor from orders')) {
    if (status !== 'CONFIRMED' && status !== 'CANCELLED') say(`the order ${id} is ${status}`);
    const owed = status === 'CONFIRMED' ? (total_minor as number) : 0;
    const charge = provider.get(id);
    const kept = charge ? charge.capturedMinor - charge.refundedMinor : 0;
    if (kept !== owed) say(`the order ${id} (${status}) owes ${owed}, the provider kept ${kept}`);
    if (charge && charge.heldMinor !== 0) say(`the provider holds ${charge.heldMinor} for the order ${id} (${status})`);
    if ((ledger.get(id) ?? 0) !== owed) say(`the order ${id} (${status}) owes ${owed}, the ledger says ${ledger.get(id) ?? 0}`);
    provider.delete(id);
  }
  // An authorisation that was called off before it came is written down without an order and without money.
  for (const [id, { heldMinor, capturedMinor }] of provider) if (heldMinor + capturedMinor > 0) say(`the provider has money of the order ${id}, which is not there`);
}

/** On hand is what there was at first less what was sold; nothing is set aside any more. */
function auditStock(files: Files, say: (problem: string) => void): void {
  const sold = new Map(
    files
      .rows('orders', "select variant_id, sum(quantity) as units from order_line join orders on orders.id = order_id where status = 'CONFIRMED' group by variant_id")
      .map(({ variant_id, units }) => [variant_id as string, units as number]),
  );
  for (const { variant_id, initial_units, on_hand, held } of files.rows('inventory', 'select variant_id, initial_units, on_hand, held from stock_levels')) {
    if (held !== 0) say(`${held} of ${variant_id} are held`);
    if (on_hand !== initial_units - (sold.get(variant_id) ?? 0)) say(`${variant_id}: ${on_hand} on hand, ${initial_units} at first, ${sold.get(variant_id) ?? 0} sold`);
  }
  for (const { order_id, state } of files.rows('inventory', "select order_id, state from stock_holds where state in ('HELD', 'CONFIRMED')")) say(`the hold of the order ${order_id} is ${state}`);
}

function providerFile(dataDir: string): string {
  const file = join(dataDir, 'payments', SANDBOX_FILE);
  if (!readdirSync(join(dataDir, 'payments')).includes(SANDBOX_FILE)) throw new Error(`the provider has no books at ${file}`);
  return file;
}
