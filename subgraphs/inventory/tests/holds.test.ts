import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ENDED_HOLDS_DAYS, FORGET_BATCH } from '../forget-holds.ts';
import { linesOf, MINUTE_MS, openStock, type StockMall } from './stock-mall.ts';

let stock: StockMall;

beforeEach(async () => {
  stock = await openStock({ shirt: 10, mug: 3 });
});
afterEach(async () => {
  expect(await stock.broken()).toEqual([]);
  await stock.mall.close();
});

describe('holding', () => {
  test('all lines of an order are set aside together', async () => {
    expect(await stock.hold('o1', { shirt: 4, mug: 1 })).toEqual({ outcome: 'done' });
    expect([await stock.level('shirt'), await stock.level('mug')]).toEqual(['10/4', '3/1']);
  });

  test('one short line: refused with what is there, and no line is held', async () => {
    await stock.hold('o1', { mug: 2 });
    expect(await stock.hold('o2', { shirt: 4, mug: 2 })).toMatchObject({ outcome: 'refused', code: 'OUT_OF_STOCK', data: { variantId: 'mug', available: 1 } });
    expect([await stock.level('shirt'), await stock.level('mug')]).toEqual(['10/0', '3/2']);
  });

  test('two lines of one variant count together', async () => {
    const lines = [{ variantId: 'mug', quantity: 2 }, { variantId: 'mug', quantity: 2 }];
    const reply = await stock.ask('hold-stock', 'o1', { lines, expiresAtMs: stock.mall.clock.nowMs() + MINUTE_MS });
    expect(reply).toMatchObject({ code: 'OUT_OF_STOCK', data: { variantId: 'mug', available: 3 } });
  });

  test('a variant nobody has heard of has none', async () => {
    expect(await stock.hold('o1', { ghost: 1 })).toMatchObject({ code: 'OUT_OF_STOCK', data: { variantId: 'ghost', available: 0 } });
  });

  test('a command that comes twice holds once', async () => {
    const input = { lines: linesOf({ shirt: 4 }), expiresAtMs: stock.mall.clock.nowMs() + MINUTE_MS };
    for (let time = 0; time < 2; time++) await stock.ask('hold-stock', 'o1', input, { key: 'o1/hold' });
    expect(await stock.ask('hold-stock', 'o1', input, { key: 'o1/hold again' })).toEqual({ outcome: 'done' });
    expect(await stock.level('shirt')).toBe('10/4');
  });

  test('a command that comes after its own time is over holds nothing', async () => {
    expect(await stock.hold('o1', { shirt: 1 }, stock.mall.clock.nowMs() - 1)).toMatchObject({ code: 'HOLD_EXPIRED' });
    expect(await stock.level('shirt')).toBe('10/0');
  });

  test('a quantity beyond every level is refused, not wrapped', async () => {
    expect(await stock.hold('o1', { shirt: 2_147_483_647 })).toMatchObject({ code: 'OUT_OF_STOCK', data: { available: 10 } });
  });
});

describe('releasing', () => {
  test.each([
    ['a hold', []],
    ['a permanent hold', ['confirm-hold']],
  ])('%s comes back once', async (_, before) => {
    await stock.hold('o1', { shirt: 4 });
    for (const type of before) await stock.ask(type, 'o1');
    for (let time = 0; time < 2; time++) expect(await stock.ask('release-stock', 'o1')).toEqual({ outcome: 'done' });
    expect(await stock.level('shirt')).toBe('10/0');
  });

  test('an order that never held anything has nothing to give back', async () => {
    expect(await stock.ask('release-stock', 'o9')).toEqual({ outcome: 'done' });
    expect(await stock.level('shirt')).toBe('10/0');
  });

  test('an undo that comes first leaves a tombstone: the hold after it holds nothing', async () => {
    await stock.ask('release-stock', 'o1', {}, { key: 'o1/hold/undo', undoes: 'o1/hold' });
    const late = await stock.ask('hold-stock', 'o1', { lines: linesOf({ shirt: 1 }), expiresAtMs: stock.mall.clock.nowMs() + MINUTE_MS }, { key: 'o1/hold' });
    expect(late).toMatchObject({ outcome: 'refused', code: 'UNDONE' });
    expect(await stock.level('shirt')).toBe('10/0');
  });

  test('sold units are not released', async () => {
    await stock.hold('o1', { shirt: 4 });
    await stock.ask('take-stock', 'o1');
    expect(await stock.ask('release-stock', 'o1')).toMatchObject({ outcome: 'refused', code: 'ALREADY_TAKEN' });
    expect(await stock.level('shirt')).toBe('6/0');
  });
});

describe('time', () => {
  test('an expired hold comes back and is told, once', async () => {
    await stock.hold('o1', { shirt: 4 });
    await stock.later(21 * MINUTE_MS);
    expect(await stock.level('shirt')).toBe('10/0');
    expect(stock.events('hold.expired')).toEqual([{ orderId: 'o1' }]);
  });

  test('a confirmed hold never expires', async () => {
    await stock.hold('o1', { shirt: 4 });
    expect(await stock.ask('confirm-hold', 'o1')).toEqual({ outcome: 'done' });
    await stock.later(24 * 60 * MINUTE_MS);
    expect(await stock.level('shirt')).toBe('10/4');
    expect(stock.events('hold.expired')).toEqual([]);
  });

  test('a hold whose time is over cannot be confirmed, whether it was given back yet or not', async () => {
    const soon = stock.mall.clock.nowMs() + 5;
    await stock.hold('o1', { shirt: 4 }, soon + MINUTE_MS);
    await stock.mall.database('inventory').transaction((tx) => tx.execute('update stock_holds set expires_at = ?', [soon - MINUTE_MS]));
    expect(await stock.ask('confirm-hold', 'o1')).toMatchObject({ outcome: 'refused', code: 'HOLD_EXPIRED' });
    await stock.later(MINUTE_MS);
    expect(await stock.ask('confirm-hold', 'o1')).toMatchObject({ outcome: 'refused', code: 'HOLD_EXPIRED' });
    expect(await stock.ask('confirm-hold', 'o2')).toMatchObject({ outcome: 'refused', code: 'HOLD_EXPIRED' });
  });

  test('many holds expire in bounded batches until none is left', async () => {
    const many = await openStock({ pen: 500 });
    const expiresAtMs = many.mall.clock.nowMs() + MINUTE_MS;
    for (let order = 0; order < 230; order++) await many.send('hold-stock', `o${order}`, { lines: linesOf({ pen: 2 }), expiresAtMs });
    await many.mall.settle();
    expect(await many.level('pen')).toBe('500/460');
    await many.later(2 * MINUTE_MS);
    expect(await many.level('pen')).toBe('500/0');
    expect(many.events('hold.expired')).toHaveLength(230);
    await many.mall.close();
  });
});

describe('forgetting', () => {
  const DAY_MS = 24 * 60 * MINUTE_MS;
  const kept = async () => {
    const database = stock.mall.database('inventory');
    const holds = await database.query('select order_id from stock_holds order by order_id');
    const lines = await database.query('select distinct order_id from stock_hold_lines order by order_id');
    return [holds, lines].map((rows) => rows.map((row) => row.order_id));
  };

  test('holds that came to nothing go with their lines when their days are over, others stay, and the books are as they were', async () => {
    await stock.hold('expired', { shirt: 1 });
    await stock.hold('released', { shirt: 2, mug: 1 });
    await stock.ask('release-stock', 'released');
    await stock.hold('confirmed', { shirt: 1 });
    await stock.ask('confirm-hold', 'confirmed');
    await stock.hold('sold', { shirt: 4 });
    await stock.ask('take-stock', 'sold');
    await stock.later(DAY_MS);
    await stock.mall.runTask('inventory', 'inventory.forget-holds');
    expect((await kept())[0]).toEqual(['confirmed', 'expired', 'released', 'sold']);
    await stock.later(ENDED_HOLDS_DAYS * DAY_MS);
    await stock.mall.runTask('inventory', 'inventory.forget-holds');
    expect(await kept()).toEqual([['confirmed', 'sold'], ['confirmed', 'sold']]);
    expect([await stock.level('shirt'), await stock.level('mug')]).toEqual(['6/1', '3/0']);
    expect(await stock.ask('release-stock', 'released')).toEqual({ outcome: 'done' });
    expect(await stock.ask('confirm-hold', 'expired')).toMatchObject({ code: 'HOLD_EXPIRED' });
  });

  test('however many there are', async () => {
    const database = stock.mall.database('inventory');
    const oldMs = stock.mall.clock.nowMs() - (ENDED_HOLDS_DAYS + 1) * DAY_MS;
    await database.transaction(async (tx) => {
      for (let order = 0; order < 2 * FORGET_BATCH + 1; order++) await tx.insertIfAbsent('stock_holds', { order_id: `o${order}`, state: 'EXPIRED', expires_at: oldMs, made_at: oldMs });
    });
    await stock.mall.runTask('inventory', 'inventory.forget-holds');
    expect((await kept())[0]).toEqual([]);
  });
});

describe('selling and returning', () => {
  test('held units leave the house, and stand in the book of movements', async () => {
    await stock.hold('o1', { shirt: 4 });
    await stock.ask('confirm-hold', 'o1');
    for (let time = 0; time < 2; time++) expect(await stock.ask('take-stock', 'o1')).toEqual({ outcome: 'done' });
    expect(await stock.level('shirt')).toBe('6/0');
  });

  test('what was given back cannot be sold', async () => {
    await stock.hold('o1', { shirt: 4 });
    await stock.ask('release-stock', 'o1');
    expect(await stock.ask('take-stock', 'o1')).toMatchObject({ outcome: 'refused', code: 'HOLD_EXPIRED' });
    expect(await stock.level('shirt')).toBe('10/0');
  });

  test('returned units are on hand again, never more than were taken', async () => {
    await stock.hold('o1', { shirt: 4, mug: 1 });
    await stock.ask('take-stock', 'o1');
    expect(await stock.ask('return-stock', 'o1', { lines: linesOf({ shirt: 3 }) })).toEqual({ outcome: 'done' });
    const more = await stock.ask('return-stock', 'o1', { lines: linesOf({ mug: 1, shirt: 2 }) });
    expect(more).toMatchObject({ outcome: 'refused', code: 'RETURN_TOO_MUCH', data: { variantId: 'shirt', returnable: 1 } });
    expect([await stock.level('shirt'), await stock.level('mug')]).toEqual(['9/0', '2/0']);
  });

  test('nothing returns from an order that took nothing', async () => {
    await stock.hold('o1', { shirt: 4 });
    expect(await stock.ask('return-stock', 'o1', { lines: linesOf({ shirt: 1 }) })).toMatchObject({ code: 'RETURN_TOO_MUCH' });
    expect(await stock.level('shirt')).toBe('10/4');
  });
});

test('two shoppers, one item left: one hold, one refusal', async () => {
  const input = { lines: linesOf({ mug: 3 }), expiresAtMs: stock.mall.clock.nowMs() + MINUTE_MS };
  const keys = await Promise.all(['o1', 'o2'].map((order) => stock.send('hold-stock', order, input)));
  await stock.mall.settle();
  expect(keys.map((key) => stock.replyTo(key).outcome).sort()).toEqual(['done', 'refused']);
  expect(await stock.level('mug')).toBe('3/3');
});

describe('what is told', () => {
  test('every change with the numbers after it; low and back at the edge only', async () => {
    await stock.hold('o1', { shirt: 4 });
    await stock.hold('o2', { shirt: 1 });
    await stock.hold('o3', { shirt: 5 });
    await stock.ask('release-stock', 'o3');
    await stock.ask('release-stock', 'o2');
    expect(stock.events('stock.changed').slice(2).map(({ available, onHand, held }) => [available, onHand, held])).toEqual([
      [6, 10, 4], [5, 10, 5], [0, 10, 10], [5, 10, 5], [6, 10, 4],
    ]);
    expect(stock.events('stock.low')).toEqual([{ variantId: 'shirt', available: 5, threshold: 5 }]);
    expect(stock.events('stock.back')).toEqual([{ variantId: 'shirt', available: 5 }]);
  });
});

test('killed and started again, holds are where they were', async () => {
  await stock.hold('o1', { shirt: 4 });
  await stock.mall.crash();
  expect(await stock.level('shirt')).toBe('10/4');
  expect(await stock.ask('confirm-hold', 'o1')).toEqual({ outcome: 'done' });
});
