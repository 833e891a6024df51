import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { stockOf } from '#schema/asks.ts';
import { openLevels } from '../index.ts';
import { merchant, openStock, type StockMall } from './stock-mall.ts';

let stock: StockMall;

beforeEach(async () => {
  stock = await openStock({ shirt: 10, mug: 3, pen: 0 });
});
afterEach(async () => {
  expect(await stock.broken()).toEqual([]);
  await stock.mall.close();
});

describe('counting, receiving, writing off', () => {
  test('by a delta or to a count, with a movement each', async () => {
    expect((await stock.adjust({ delta: 5, reason: 'RECEIVED' })).data.adjustStock).toEqual({ __typename: 'StockLevel', id: 'shirt', onHand: 15, available: 15, held: 0, threshold: 5 });
    expect((await stock.adjust({ delta: -2, reason: 'WRITTEN_OFF' })).data.adjustStock).toMatchObject({ onHand: 13 });
    expect((await stock.adjust({ setTo: 7, reason: 'COUNTED' })).data.adjustStock).toMatchObject({ onHand: 7 });
    expect((await stock.adjust({ setTo: 7, reason: 'counted again' })).data.adjustStock).toMatchObject({ onHand: 7 });
    const { data } = await stock.mall.execute('inventory', '{ stockLevels(first: 1, filter: { variantIds: ["shirt"] }) { edges { node { movements(first: 3) { delta reason orderId at } } } } }', {}, merchant);
    expect(data.stockLevels.edges[0].node.movements).toEqual([
      { delta: 0, reason: 'counted again', orderId: null, at: expect.stringMatching(/^\d{4}-.*Z$/) },
      expect.objectContaining({ delta: -6, reason: 'COUNTED' }),
      expect.objectContaining({ delta: -2, reason: 'WRITTEN_OFF' }),
    ]);
  });

  test('never below what orders hold: refused in the language of the request', async () => {
    await stock.hold('o1', { shirt: 4 });
    const refused = { __typename: 'StockRefused', code: 'BELOW_HELD', message: expect.stringContaining('4') };
    expect((await stock.adjust({ setTo: 3 })).data.adjustStock).toEqual(refused);
    expect((await stock.adjust({ delta: -7 }, { ...merchant, language: 'zh' })).data.adjustStock).toEqual({ ...refused, message: expect.stringContaining('占用了 4 件') });
    expect((await stock.adjust({ setTo: 4 })).data.adjustStock).toMatchObject({ onHand: 4, available: 0, held: 4 });
  });

  test('the same key again changes nothing and answers the same; another input is a conflict', async () => {
    const input = { delta: 5, idempotencyKey: 'delivery-note-4711' };
    const first = await stock.adjust(input);
    await stock.adjust({ delta: 1 });
    expect(await stock.adjust(input)).toEqual(first);
    expect(await stock.level('shirt')).toBe('16/0');
    expect((await stock.adjust({ ...input, delta: 6 })).errors![0]!.extensions).toMatchObject({ code: 'CONFLICT' });
  });

  test('ten repeats of one key at a time adjust once', async () => {
    const input = { delta: 5, idempotencyKey: 'delivery-note-4712' };
    const answers = await Promise.all(Array.from({ length: 10 }, () => stock.adjust(input)));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveProperty('size', 1);
    expect(await stock.level('shirt')).toBe('15/0');
  });

  test('refusals: an unknown variant, more than a level holds', async () => {
    expect((await stock.adjust({ variantId: 'ghost', delta: 1 })).data.adjustStock).toMatchObject({ code: 'VARIANT_UNKNOWN' });
    expect((await stock.adjust({ setTo: 1_000_000_001 })).data.adjustStock).toMatchObject({ code: 'TOO_MUCH' });
    expect((await stock.adjust({ delta: 2_147_483_647 })).data.adjustStock).toMatchObject({ code: 'TOO_MUCH' });
  });

  test.each([
    [{ }, 'input'],
    [{ delta: 1, setTo: 1 }, 'input'],
    [{ delta: 0 }, 'input.delta'],
    [{ setTo: -1 }, 'input.setTo'],
    [{ delta: 1, reason: '  ' }, 'input.reason'],
    [{ delta: 1, reason: 'x'.repeat(201) }, 'input.reason'],
    [{ delta: 1, idempotencyKey: 'short' }, 'input.idempotencyKey'],
  ])('bad input %j names %s', async (input, field) => {
    const { errors } = await stock.adjust(input);
    expect(errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: { [field]: expect.any(String) } });
  });

  test('guests and shoppers may not', async () => {
    expect((await stock.adjust({ delta: 1 }, {})).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    expect((await stock.adjust({ delta: 1 }, { userId: 'u1', roles: ['customer'] })).errors![0]!.extensions.code).toBe('FORBIDDEN');
    expect((await stock.adjust({ delta: 1 }, { userId: 'p1', roles: ['partner'] })).errors![0]!.extensions.code).toBe('FORBIDDEN');
  });
});

describe('thresholds', () => {
  const set = (variantId: string, threshold: number) =>
    stock.mall.execute('inventory', 'mutation ($input: SetLowStockThresholdInput!) { setLowStockThreshold(input: $input) { ... on StockLevel { threshold } ... on Refusal { code } } }', { input: { variantId, threshold } }, merchant);

  test('a variant has its own; raising it over what is free tells it is low', async () => {
    expect((await set('shirt', 12)).data.setLowStockThreshold).toEqual({ threshold: 12 });
    await stock.mall.settle();
    expect(stock.events('stock.low')).toEqual([{ variantId: 'shirt', available: 10, threshold: 12 }]);
    expect((await set('shirt', 11)).errors).toBeUndefined();
    await stock.mall.settle();
    expect(stock.events('stock.low')).toHaveLength(1);
  });

  test('what is none or out of bounds is said', async () => {
    expect((await set('ghost', 1)).data.setLowStockThreshold).toEqual({ code: 'VARIANT_UNKNOWN' });
    for (const threshold of [-1, 1_000_001]) expect((await set('shirt', threshold)).errors![0]!.extensions).toMatchObject({ fields: { 'input.threshold': expect.any(String) } });
  });
});

describe('opening', () => {
  const added = (units: readonly (readonly [variantId: string, initialStock: number])[]) =>
    stock.mall.tell({
      topic: 'gomall.products.events', type: 'variants.added', version: 1, subject: 'p',
      data: { productId: 'p', variants: units.map(([variantId, initialStock]) => ({ variantId, sku: `SKU-${variantId}`, initialStock })) },
    });
  const opened = (id: string) => stock.events('stock.changed').filter(({ variantId }) => variantId === id);

  test('new variants open their levels, each once, and those that are open stay as they are', async () => {
    await added([['hat', 12], ['cap', 0], ['shirt', 99]]);
    await added([['hat', 99], ['scarf', 7]]);
    await stock.mall.settle();
    expect(await Promise.all(['hat', 'cap', 'scarf', 'shirt'].map((id) => stock.level(id)))).toEqual(['12/0', '0/0', '7/0', '10/0']);
    expect(opened('hat')).toEqual([{ variantId: 'hat', available: 12, onHand: 12, held: 0 }]);
    expect(opened('shirt')).toHaveLength(1);
    expect(stock.events('stock.back').concat(stock.events('stock.low'))).toEqual([]);
  });

  test('a hundred variants of one product are opened by two statements, and one message each tells it', async () => {
    const { sql } = await stock.mall.statements(async () => {
      await added(Array.from({ length: 100 }, (_, index) => [`many-${index}`, index] as const));
      await stock.mall.settle();
    });
    expect(sql.filter((one) => one.sql.includes('stock_levels'))).toHaveLength(2);
    expect(await stock.level('many-99')).toBe('99/0');
    expect(opened('many-99')).toHaveLength(1);
  });

  test('two of the same in one message are one', async () => {
    expect(await openLevels(stock.mall.room('inventory').deps, [{ variantId: 'twin', onHand: 3 }, { variantId: 'twin', onHand: 8 }])).toBe(1);
    expect(await stock.level('twin')).toBe('3/0');
  });

  test('seeding opens many, and again changes nothing', async () => {
    const levels = Array.from({ length: 1_200 }, (_, index) => ({ variantId: `bulk-${index}`, onHand: index }));
    const { deps } = stock.mall.room('inventory');
    expect(await openLevels(deps, levels)).toBe(1_200);
    expect(await openLevels(deps, levels)).toBe(0);
    expect(await stock.level('bulk-777')).toBe('777/0');
    await stock.mall.settle();
  });
});

describe('reading', () => {
  const entities = (variantIds: readonly string[], selection: string, visitor = {}) =>
    stock.mall.execute('inventory', `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Variant { id ${selection} } } }`, { of: variantIds.map((id) => ({ __typename: 'Variant', id })) }, visitor);

  test('shoppers see what can be bought, and in a word how much that is', async () => {
    await stock.hold('o1', { shirt: 1 });
    const { data } = await entities(['mug', 'shirt', 'pen', 'ghost'], 'stock { available status }');
    expect(data._entities.map(({ stock: { available, status } }: any) => `${available} ${status}`)).toEqual(['3 LOW', '9 IN_STOCK', '0 OUT', '0 OUT']);
  });

  test('sixty variants of a list are one statement', async () => {
    const variantIds = Array.from({ length: 60 }, (_, index) => (index % 2 ? `x${index}` : 'shirt'));
    const { total, sql } = await stock.mall.statements(() => entities(variantIds, 'stock { available status }'));
    expect({ total, sql }).toMatchObject({ total: 1, sql: [{ sql: expect.stringContaining('from stock_levels') }] });
  });

  test('what staff knows is for staff', async () => {
    expect((await entities(['shirt'], 'stockLevel { onHand }')).errors![0]!.extensions.code).toBe('UNAUTHENTICATED');
    const { data } = await entities(['shirt', 'ghost'], 'stockLevel { onHand held variant { id stock { available } } }', { userId: 'p1', roles: ['partner'] });
    expect(data._entities).toEqual([
      { id: 'shirt', stockLevel: { onHand: 10, held: 0, variant: { id: 'shirt', stock: { available: 10 } } } },
      { id: 'ghost', stockLevel: null },
    ]);
  });

  test('another room asks for many at once; unknown ones count 0', async () => {
    await stock.hold('o1', { shirt: 4 });
    const answer = await stock.mall.room('inventory').deps.asker.ask(stockOf, { variantIds: ['ghost', 'shirt', 'mug'] });
    expect(answer).toEqual([{ variantId: 'ghost', available: 0 }, { variantId: 'shirt', available: 6 }, { variantId: 'mug', available: 3 }]);
  });
});

describe('the list for staff', () => {
  const list = (variables: Record<string, unknown>, visitor = merchant) =>
    stock.mall.execute('inventory', `query ($first: Int!, $after: String, $filter: StockFilter) {
      stockLevels(first: $first, after: $after, filter: $filter) { totalCount edges { cursor node { id available movements { delta } } } pageInfo { hasNextPage endCursor } } }`, variables, visitor);

  test('pages through all levels, the fewest free units first, each once', async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { stockLevels }: any = (await list({ first: 2, after })).data;
      expect(stockLevels.totalCount).toBe(3);
      seen.push(...stockLevels.edges.map(({ node }: any) => `${node.id} ${node.available}`));
      ({ endCursor: after, hasNextPage: more } = stockLevels.pageInfo);
    }
    expect(seen).toEqual(['pen 0', 'mug 3', 'shirt 10']);
  });

  test('narrowed to low ones, to some, to none', async () => {
    const ids = async (filter: object) => (await list({ first: 10, filter })).data.stockLevels.edges.map(({ node }: any) => node.id);
    expect(await ids({ low: true })).toEqual(['pen', 'mug']);
    expect(await ids({ variantIds: ['shirt', 'pen'], low: true })).toEqual(['pen']);
    expect(await ids({ variantIds: [] })).toEqual([]);
  });

  test('three statements for a page with movements, however long', async () => {
    const { total } = await stock.mall.statements(() => list({ first: 50 }));
    expect(total).toBe(3);
  });

  test.each([
    [{ first: 0 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ first: 10, after: 'nonsense' }, 'after'],
    [{ first: 10, filter: { variantIds: Array.from({ length: 101 }, String) } }, 'filter.variantIds'],
  ])('bad input %# names %s', async (variables, field) => {
    expect((await list(variables)).errors![0]!.extensions).toMatchObject({ code: 'INVALID_INPUT', fields: { [field]: expect.any(String) } });
  });

  test('not for shoppers', async () => {
    expect((await list({ first: 1 }, { userId: 'u1', roles: ['customer'] })).errors![0]!.extensions.code).toBe('FORBIDDEN');
  });
});
