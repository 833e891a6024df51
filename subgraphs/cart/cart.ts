/**
 * The domain of a cart: lines, limits, totals and what stands in the way of buying. Prices and stock belong to other
 * rooms and come in as facts; a line only remembers the price its shopper has seen and not yet been told to be another.
 */

export const MAX_LINES = 100;
export const MAX_UNITS_A_LINE = 999;
/** No total may pass this (the `Int` of GraphQL). */
export const MAX_TOTAL_MINOR = 2_147_483_647;

export interface CartLine {
  id: string;
  variantId: string;
  /** 1 to MAX_UNITS_A_LINE. */
  quantity: number;
  /** The price of one unit that the shopper has seen or accepted, in minor units. */
  seenPriceMinor: number;
  addedAtMs: number;
}

export interface Cart {
  id: string;
  /** Null for a guest's cart. */
  userId: string | null;
  version: number;
  couponCode: string | null;
  /** In the order they were put there. */
  lines: CartLine[];
}

/** What the other rooms say now; null where the room does not answer. */
export interface Facts {
  /** By variant id; a variant that products does not know is not there. */
  quotes: ReadonlyMap<string, { priceMinor: number; sellable: boolean }> | null;
  /** Units that can be sold, by variant id. */
  available: ReadonlyMap<string, number> | null;
}

/** Facts of rooms that both answered: what more units can be decided by. */
export type FullFacts = { [Name in keyof Facts]: NonNullable<Facts[Name]> };

export type RefusalCode = 'CART_NOT_FOUND' | 'LINE_NOT_FOUND' | 'VARIANT_UNAVAILABLE' | 'QUANTITY_LIMIT' | 'CART_FULL' | 'TOTAL_TOO_LARGE';
export type Refused = { refused: RefusalCode } | { refused: 'OUT_OF_STOCK'; variantId: string; available: number };
export type Decision = { lines: CartLine[] } | Refused;

export type Problem =
  | { code: 'PRICE_MOVED'; fromMinor: number; toMinor: number }
  | { code: 'STOCK_SHORT'; available: number }
  | { code: 'OUT_OF_STOCK' | 'UNAVAILABLE' | 'NOT_CHECKED' | 'TOTAL_TOO_LARGE' };

/** Puts `quantity` more units of a variant in: on its line when it has one, on a new last line otherwise. */
export function addUnits(lines: readonly CartLine[], units: { lineId: string; variantId: string; quantity: number; nowMs: number }, facts: FullFacts): Decision {
  const { variantId, quantity } = units;
  const known = lines.find((line) => line.variantId === variantId);
  if (known) return withUnits(lines, { ...known, quantity: known.quantity + quantity }, facts);
  const seenPriceMinor = facts.quotes.get(variantId)?.priceMinor ?? 0;
  const line = { id: units.lineId, variantId, quantity, seenPriceMinor, addedAtMs: units.nowMs };
  if (lines.length >= MAX_LINES) return { refused: 'CART_FULL' };
  return withUnits([...lines, line], line, facts);
}

/** Sets how many units a line has. Fewer is always possible, whatever the other rooms say; 0 takes the line away. */
export function setUnits(lines: readonly CartLine[], lineId: string, quantity: number, factsForMore: () => FullFacts): Decision {
  const line = lines.find((candidate) => candidate.id === lineId);
  if (!line) return { refused: 'LINE_NOT_FOUND' };
  if (quantity === 0) return { lines: lines.filter((other) => other !== line) };
  const wanted = { ...line, quantity };
  return quantity <= line.quantity ? { lines: replaced(lines, wanted) } : withUnits(lines, wanted, factsForMore());
}

/** Takes today's prices for seen. */
export function acceptPrices(lines: readonly CartLine[], facts: Pick<FullFacts, 'quotes'>): CartLine[] {
  return lines.map((line) => ({ ...line, seenPriceMinor: facts.quotes.get(line.variantId)?.priceMinor ?? line.seenPriceMinor }));
}

/** Takes off what was ordered; units added since stay. */
export function takeOff(lines: readonly CartLine[], ordered: readonly { variantId: string; quantity: number; lineId?: string | undefined }[]): CartLine[] {
  const taken = (line: CartLine) =>
    ordered.filter(({ variantId, lineId }) => variantId === line.variantId && (lineId ?? line.id) === line.id).reduce((sum, { quantity }) => sum + quantity, 0);
  return lines.map((line) => ({ ...line, quantity: line.quantity - taken(line) })).filter((line) => line.quantity > 0);
}

/**
 * The shopper's lines with a guest's added: quantities add up, as far as a line, the cart and its total (by the prices
 * seen) can hold them. Lines of a guest come after the shopper's, under the ids they have.
 */
export function merge(own: readonly CartLine[], guest: readonly CartLine[]): CartLine[] {
  const lines = [...own];
  let room = MAX_TOTAL_MINOR - lines.reduce((sum, line) => sum + line.quantity * line.seenPriceMinor, 0);
  for (const line of guest) {
    const at = lines.findIndex((other) => other.variantId === line.variantId);
    if (at < 0 && lines.length >= MAX_LINES) continue;
    const into = lines[at] ?? { ...line, quantity: 0 };
    const affordable = into.seenPriceMinor === 0 ? MAX_UNITS_A_LINE : Math.floor(room / into.seenPriceMinor);
    const moved = Math.max(0, Math.min(line.quantity, MAX_UNITS_A_LINE - into.quantity, affordable));
    if (moved === 0) continue;
    room -= moved * into.seenPriceMinor;
    const merged = { ...into, quantity: into.quantity + moved };
    if (at < 0) lines.push(merged);
    else lines[at] = merged;
  }
  return lines;
}

/** Today's price of one unit; the last one seen where today's is not known. */
export const unitPriceOf = (line: CartLine, facts: Pick<Facts, 'quotes'>): number => facts.quotes?.get(line.variantId)?.priceMinor ?? line.seenPriceMinor;

/** May pass MAX_TOTAL_MINOR when prices rose after the units were put in; exact up to 2^53. */
export const subtotalOf = (lines: readonly CartLine[], facts: Pick<Facts, 'quotes'>): number =>
  lines.reduce((sum, line) => sum + line.quantity * unitPriceOf(line, facts), 0);

/** What stands in the way of buying a line as it is, the gravest alone where it makes the others idle. */
export function problemsOf(line: CartLine, facts: Facts): Problem[] {
  const problems: Problem[] = [];
  if (facts.quotes) {
    const quote = facts.quotes.get(line.variantId);
    if (!quote?.sellable) return [{ code: 'UNAVAILABLE' }];
    if (quote.priceMinor !== line.seenPriceMinor) problems.push({ code: 'PRICE_MOVED', fromMinor: line.seenPriceMinor, toMinor: quote.priceMinor });
  }
  const stock = facts.available && stockProblem(line.quantity, facts.available.get(line.variantId) ?? 0);
  if (stock) problems.push(stock);
  if (!facts.quotes || !facts.available) problems.push({ code: 'NOT_CHECKED' });
  return problems;
}

export function stockProblem(quantity: number, available: number): Problem | null {
  if (available <= 0) return { code: 'OUT_OF_STOCK' };
  return available < quantity ? { code: 'STOCK_SHORT', available } : null;
}

/** The lines with `wanted` in its place, if it can be bought so. The tightest limit is named: stock before the shop's own. */
function withUnits(lines: readonly CartLine[], wanted: CartLine, facts: FullFacts): Decision {
  const { variantId, quantity } = wanted;
  if (!facts.quotes.get(variantId)?.sellable) return { refused: 'VARIANT_UNAVAILABLE' };
  const available = Math.max(0, facts.available.get(variantId) ?? 0);
  if (quantity > available) return { refused: 'OUT_OF_STOCK', variantId, available };
  if (quantity > MAX_UNITS_A_LINE) return { refused: 'QUANTITY_LIMIT' };
  const next = replaced(lines, wanted);
  return subtotalOf(next, facts) > MAX_TOTAL_MINOR ? { refused: 'TOTAL_TOO_LARGE' } : { lines: next };
}

const replaced = (lines: readonly CartLine[], wanted: CartLine): CartLine[] => lines.map((line) => (line.id === wanted.id ? wanted : line));
