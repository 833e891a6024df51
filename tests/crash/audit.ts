/** Audits what a mall has written down: its rooms' books against each other, against the provider's and against what shoppers were told. */
import { brokenInvariants } from '#subgraphs/inventory/invariants.ts';
import { auditOrders } from '#subgraphs/orders/audit.ts';
import { auditPayments } from '#subgraphs/payments/audit.ts';
import { ROOMS, rowsOf, type Books } from './books.ts';

/** What one key of placeOrder was answered with. */
export interface Told {
  key: string;
  /** Every order id that was ever answered to it. */
  orderIds: ReadonlySet<string>;
}

type Say = (problem: string) => void;

/** What is still under way; nothing when the mall is at rest. */
export async function underWay(books: Books): Promise<string[]> {
  const count = async (room: string, what: string, sql: string) => {
    const [row] = await rowsOf(books, room, sql);
    return row!.n > 0 ? [`${room}: ${row!.n} ${what}`] : [];
  };
  const found = await Promise.all([
    ...ROOMS.map((room) => count(room, 'messages', 'select count(*) as n from platform_outbox where sent_at_ms is null')),
    ...ROOMS.map((room) => count(room, 'deliveries', 'select count(*) as n from platform_delivery')),
    count('orders', 'sagas', "select count(*) as n from platform_saga where state in ('RUNNING', 'UNDOING')"),
    count('payments', 'calls of the provider', 'select count(*) as n from provider_call'),
    count('notifications', 'news for many', 'select count(*) as n from notification_fan_outs'),
  ]);
  return found.flat();
}

/** Sentences, each a contradiction; none is good. To be run at rest. */
export async function audit(books: Books, told: readonly Told[]): Promise<string[]> {
  const problems: string[] = [];
  const say: Say = (problem) => void problems.push(problem);
  for (const room of ROOMS) {
    for (const letter of await rowsOf(books, room, 'select room, topic, error from platform_dead_letter')) say(`${room} keeps a dead letter of ${letter.topic} that ${letter.room} could not handle: ${letter.error}`);
  }
  for (const saga of await rowsOf(books, 'orders', "select id, name, state from platform_saga where state not in ('DONE', 'UNDONE')")) say(`the saga ${saga.name} ${saga.id} is ${saga.state}`);
  await auditKeys(books, told, say);
  await auditMoney(books, say);
  await auditStock(books, say);
  await auditNews(books, say);

  const payments = await auditPayments(books.reader('payments'), books.provider());
  const orders = await auditOrders(books.reader('orders'), payments.byOrder);
  return [...problems, ...payments.problems, ...orders.problems, ...(await brokenInvariants(books.reader('inventory')))];
}

/** One key, one order; every order that was told is there; no order without a key. */
async function auditKeys(books: Books, told: readonly Told[], say: Say): Promise<void> {
  const known = new Set((await rowsOf(books, 'orders', 'select id from orders')).map(({ id }) => id as string));
  const keyed = (await rowsOf(books, 'orders', "select outcome from platform_idempotency where operation = 'placeOrder'")).map(({ outcome }) => (JSON.parse(outcome) as { orderId: string }).orderId);
  if (new Set(keyed).size !== keyed.length) say('two keys have one order');
  if (keyed.length !== known.size || keyed.some((id) => !known.has(id))) say(`${known.size} orders and ${keyed.length} keys`);
  const toldBefore = new Set<string>();
  for (const { key, orderIds } of told) {
    if (orderIds.size > 1) say(`the key ${key} was answered with the orders ${[...orderIds].join(', ')}`);
    for (const id of orderIds) {
      if (!known.has(id)) say(`the order ${id} was told and is not there`);
      if (toldBefore.has(id)) say(`the order ${id} was told to two shoppers`);
      toldBefore.add(id);
    }
  }
}

/** What the provider kept is what the ledger says, and what the orders say: what was not given back of a confirmed order, nothing of another. */
async function auditMoney(books: Books, say: Say): Promise<void> {
  const provider = books.provider();
  const ledger = new Map(
    (await rowsOf(books, 'payments', "select order_id, sum(case kind when 'CAPTURE' then amount_minor when 'REFUND' then -amount_minor else 0 end) as kept from ledger_entry group by order_id")).map(
      ({ order_id, kept }) => [order_id as string, kept as number],
    ),
  );
  const refunds = new Map((await rowsOf(books, 'orders', 'select order_id, sum(amount_minor) as amount from order_refund group by order_id')).map(({ order_id, amount }) => [order_id as string, amount as number]));
  for (const { id, status, total_minor } of await rowsOf(books, 'orders', 'select id, status, total_minor from orders')) {
    if (status !== 'CONFIRMED' && status !== 'CANCELLED') say(`the order ${id} is ${status}`);
    const owed = status === 'CONFIRMED' ? total_minor - (refunds.get(id) ?? 0) : 0;
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
async function auditStock(books: Books, say: Say): Promise<void> {
  const sold = new Map(
    (await rowsOf(books, 'orders', "select variant_id, sum(quantity) as units from order_line join orders on orders.id = order_id where status = 'CONFIRMED' group by variant_id")).map(({ variant_id, units }) => [
      variant_id as string,
      units as number,
    ]),
  );
  for (const { variant_id, initial_units, on_hand, held } of await rowsOf(books, 'inventory', 'select variant_id, initial_units, on_hand, held from stock_levels')) {
    if (held !== 0) say(`${held} of ${variant_id} are held`);
    if (on_hand !== initial_units - (sold.get(variant_id) ?? 0)) say(`${variant_id}: ${on_hand} on hand, ${initial_units} at first, ${sold.get(variant_id) ?? 0} sold`);
  }
  for (const { order_id, state } of await rowsOf(books, 'inventory', "select order_id, state from stock_holds where state in ('HELD', 'CONFIRMED')")) say(`the hold of the order ${order_id} is ${state}`);
}

/** Every order that was confirmed was told once, by letter, and to a shopper with an account in the inbox too; no other was. */
async function auditNews(books: Books, say: Say): Promise<void> {
  const counted = async (table: string) =>
    new Map((await rowsOf(books, 'notifications', `select order_id, count(*) as n from ${table} where kind = 'ORDER_CONFIRMED' group by order_id`)).map(({ order_id, n }) => [order_id as string, n as number]));
  const [told, written] = [await counted('notifications'), await counted('notification_letters')];
  const confirmed = new Map((await rowsOf(books, 'orders', "select o.id, o.user_id from orders o join order_timeline t on t.order_id = o.id where t.kind = 'CONFIRMED'")).map(({ id, user_id }) => [id as string, user_id as string | null]));
  for (const [id, userId] of confirmed) {
    if ((written.get(id) ?? 0) !== 1) say(`the confirmed order ${id} has ${written.get(id) ?? 0} letters`);
    if ((told.get(id) ?? 0) !== (userId === null ? 0 : 1)) say(`the confirmed order ${id} of ${userId ?? 'a guest'} was told ${told.get(id) ?? 0} times`);
  }
  for (const id of new Set([...told.keys(), ...written.keys()])) if (!confirmed.has(id)) say(`the order ${id} was told to be confirmed, and never was`);
}
