/** What must hold in this room's books at every moment, as SQL. Tests run it after every storm; so may an operator. */
import type { Reader } from '#platform/database/database.ts';

const CHECKS: Record<string, string> = {
  'units held are between 0 and those on hand': 'select variant_id from stock_levels where held < 0 or held > on_hand',
  'units held are those of the open holds': `
    select l.variant_id from stock_levels l
    where l.held <> (
      select coalesce(sum(line.quantity), 0) from stock_hold_lines line
      join stock_holds hold on hold.order_id = line.order_id
      where line.variant_id = l.variant_id and hold.state in ('HELD', 'CONFIRMED'))`,
  'units on hand are the first count and all movements': `
    select l.variant_id from stock_levels l
    where l.on_hand <> l.initial_units + (select coalesce(sum(m.delta), 0) from stock_movements m where m.variant_id = l.variant_id)`,
  'an order brings back no more than it took': `
    select line.order_id from stock_hold_lines line
    join stock_holds hold on hold.order_id = line.order_id
    where line.returned < 0 or line.returned > line.quantity or (line.returned > 0 and hold.state <> 'TAKEN')`,
  'what is free is on hand less held': 'select variant_id from stock_levels where available <> on_hand - held',
};

/** The checks that fail, each with the first rows that break it; an empty list is a sound house. */
export async function brokenInvariants(reader: Reader): Promise<string[]> {
  const broken: string[] = [];
  for (const [rule, sql] of Object.entries(CHECKS)) {
    const rows = await reader.query(`${sql} limit 5`);
    if (rows.length > 0) broken.push(`${rule}: ${rows.map((row) => Object.values(row)[0]).join(', ')}`);
  }
  return broken;
}
