import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openMall, type Mall, type MallOptions, type Visitor } from '#platform/subgraph/testing.ts';
import { popularProducts, productCards, relatedProducts } from '#schema/asks.ts';
import { FIRST_AGAIN_MS, importHistory, recommendations } from '../index.ts';
import { modelPublished } from '../messages.ts';
import { writeModel } from '../model/model-file.ts';
import { objectionTo } from '../train-model.ts';
import { forget, historyOf } from '../interaction-rows.ts';
import { plantInteractions } from './planted.ts';
import { smallModel } from './small-model.ts';

const LIMIT_MS = 240_000;
const OPS: Visitor = { userId: 'ops', roles: ['ops'] };
const ADA: Visitor = { userId: 'ada' };
const PLANTED = { interactions: 2_400, users: 200, items: 80, tastes: 4 };

let mall: Mall;
/** Products that are not sold any more. */
let gone: Set<string>;
beforeEach(() => void (gone = new Set()));
afterEach(() => mall.close());

/** Products plays: what it calls them, what it says of them, and what sells best. */
async function open(options: Partial<MallOptions> = {}): Promise<void> {
  mall = await openMall({
    ...options,
    rooms: [recommendations],
    asks: [
      { contract: productCards, handle: async ({ productIds }: { productIds: string[] }) => productIds.map((productId) => ({ productId, name: { en: `Thing ${productId}`, zh: `东西${productId}` }, onSale: !gone.has(productId) })) },
      { contract: relatedProducts, handle: async ({ productIds }: { productIds: string[] }) => productIds.map((productId) => ({ productId, similar: ['s1', 's2', 's3'], together: ['t1', 't2'] })) },
      { contract: popularProducts, handle: async ({ first }: { first: number }) => ['p1', 'a', 'p2', 'p3', 'p4'].slice(0, first).map((productId) => ({ productId, category: { en: 'Kitchen', zh: '厨房' } })) },
    ],
  });
}

const buy = (userId: string | null, orderId: string, ...productIds: string[]) =>
  mall.tell({ topic: 'gomall.orders.events', type: 'order.confirmed', version: 1, subject: orderId, data: { orderId, userId, totalMinor: 1, currency: 'USD', lines: productIds.map((productId) => ({ variantId: `v-${productId}`, productId, quantity: 1 })) } });
const view = (userId: string | null, productId: string, atMs = mall.clock.nowMs()) =>
  mall.tell({ topic: 'gomall.analytics.events', type: 'product.viewed', version: 1, subject: productId, data: { visitor: 'hash', userId, productId, atMs } });

async function recommended(visitor: Visitor = {}, variables: Record<string, unknown> = {}): Promise<string[]> {
  const query = 'query ($first: Int! = 3, $basedOn: [ID!]) { recommendedProducts(first: $first, basedOn: $basedOn) { product { id } reason { kind text } } }';
  const { data, errors } = await mall.execute('recommendations', query, variables, visitor);
  if (errors) throw errors[0];
  return data.recommendedProducts.map(({ product, reason }: any) => `${product.id}: ${reason.kind} ${reason.text}`);
}

const MODELS = '{ recommendationModels(first: 10) { id state served progress ndcg popularityNdcg reason interactions endedAt } }';
const models = async () => (await mall.execute('recommendations', MODELS, {}, OPS)).data.recommendationModels;
const related = async (id: string, fields: string) => {
  const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Product { ${fields} } } }`;
  return (await mall.execute('recommendations', query, { r: [{ __typename: 'Product', id }] })).data._entities[0];
};

/** As a training would have: a file, a row and the word of it. */
async function publish(model = smallModel(), id = 'm1', atMs = 1_000): Promise<void> {
  const { blobs, database, outbox } = mall.room('recommendations').deps;
  const key = await blobs.put(writeModel(model));
  await database.transaction(async (tx) => {
    await tx.execute('insert into model_version (id, state, blob_key, begun_ms, progress, interactions, scores) values (?, ?, ?, ?, 1000, 9, ?)', [id, 'PUBLISHED', key, atMs, JSON.stringify(model.offline)]);
    await outbox.add(tx, modelPublished({ modelId: id, ndcg: model.offline.ndcg, recall: model.offline.recall }));
  });
  await mall.settle();
}

describe('answers', () => {
  test('a stranger sees what sells well and why, in the language asked for', async () => {
    await open();
    expect(await recommended()).toEqual(['p1: POPULAR Popular in Kitchen', 'a: POPULAR Popular in Kitchen', 'p2: POPULAR Popular in Kitchen']);
    expect((await recommended({ language: 'zh' }, { first: 1 }))[0]).toBe('p1: POPULAR 「厨房」热销');
  });

  test('a model changes nothing for strangers', async () => {
    await open();
    const before = await recommended();
    await publish();
    expect(await recommended()).toEqual(before);
    expect(await recommended({ userId: 'somebody new' })).toEqual(before);
  });

  test('whoever bought or looked at something sees what goes with it and why, filled up with best sellers', async () => {
    await open();
    await publish();
    await view('ada', 'a');
    await buy('ada', 'o1', 'c');
    await mall.settle();
    expect(await recommended(ADA, { first: 4 })).toEqual(['b: VIEWED Because you looked at Thing a', 'd: BOUGHT Because you bought Thing c', 'p1: POPULAR Popular in Kitchen', 'p2: POPULAR Popular in Kitchen']);
    expect((await recommended({ ...ADA, language: 'zh' }, { first: 1 }))[0]).toBe('b: VIEWED 因为您看过「东西a」');
  });

  test('a guest with a cart sees what goes with it', async () => {
    await open();
    await publish();
    expect(await recommended({}, { basedOn: ['c', 'unknown'], first: 2 })).toEqual(['d: GOES_WITH Goes with Thing c', 'a: FOR_YOU Picked for you']);
  });

  test('what is not sold any more is left out', async () => {
    await open();
    await publish();
    gone.add('d');
    expect((await recommended({}, { basedOn: ['c'], first: 5 })).map((line) => line.split(':')[0])).not.toContain('d');
    expect(await related('c', 'boughtTogether(first: 3) { id }')).toEqual({ boughtTogether: [{ id: 't1' }, { id: 't2' }] });
  });

  test("like and together are the catalogue's until there is a model, and fill it up after", async () => {
    await open();
    const fields = 'similarProducts(first: 3) { id } boughtTogether(first: 2) { id }';
    expect(await related('a', fields)).toEqual({ similarProducts: [{ id: 's1' }, { id: 's2' }, { id: 's3' }], boughtTogether: [{ id: 't1' }, { id: 't2' }] });
    await publish();
    expect(await related('a', fields)).toEqual({ similarProducts: [{ id: 'b' }, { id: 's1' }, { id: 's2' }], boughtTogether: [{ id: 'b' }, { id: 't1' }] });
    expect(await related('never learnt', fields)).toMatchObject({ boughtTogether: [{ id: 't1' }, { id: 't2' }] });
  });

  test('too many, too few and too much to base it on are refused', async () => {
    await open();
    for (const variables of [{ first: 0 }, { first: 51 }, { basedOn: Array.from({ length: 101 }, (_, at) => `x${at}`) }]) await expect(recommended({}, variables)).rejects.toMatchObject({ extensions: { code: 'INVALID_INPUT' } });
  });
});

describe('interactions', () => {
  test('the same thing again is one row, the newest time and the strongest deed; rude messages change nothing', async () => {
    await open({ rude: 5 });
    await view('ada', 'a', 2_000);
    await view('ada', 'a', 1_000);
    await buy('ada', 'o1', 'b', 'b', 'a');
    await buy(null, 'o2', 'c');
    await view(null, 'd', 3_000);
    await view('ada', 'b', 4_000);
    await mall.settle();
    const database = mall.database('recommendations');
    const rows = await historyOf(database, 'ada');
    expect(rows.map(({ productId, kind }) => `${productId} ${kind}`).toSorted()).toEqual(['a 3', 'b 3']);
    expect((await historyOf(database, 'order:o2')).length + (await historyOf(database, 'visitor:hash')).length).toBe(2);
    await mall.crash();
    await mall.settle();
    expect(await historyOf(mall.database('recommendations'), 'ada')).toEqual(rows);
  });

  test('they are bounded in number and age, the oldest go', async () => {
    await open();
    const { deps } = mall.room('recommendations');
    const nowMs = mall.clock.nowMs();
    const rows = Array.from({ length: 20 }, (_, at) => ({ user: `u${at % 3}`, item: `i${at}`, atMs: nowMs - at * 1_000 }));
    await importHistory(deps, [...rows, { user: 'u0', item: 'ancient', atMs: nowMs - 800 * 86_400_000 }]);
    await importHistory(deps, rows);
    const count = async () => Number((await deps.database.query<{ n: number }>('select count(*) as n from interaction'))[0]!.n);
    expect(await count()).toBe(21);
    await forget(deps, AbortSignal.timeout(LIMIT_MS));
    expect(await count()).toBe(20);
    await forget(deps, AbortSignal.timeout(LIMIT_MS), 12);
    expect(await count()).toBe(12);
    expect(Number((await deps.database.query<{ oldest: number }>('select min(at_ms) as oldest from interaction'))[0]!.oldest)).toBe(nowMs - 11_000);
  });
});

describe('models', () => {
  test('a training learns, is published, served, kept after a restart; the next one on the same must be better', { timeout: LIMIT_MS }, async () => {
    await open();
    await importHistory(mall.room('recommendations').deps, [...plantInteractions(PLANTED)]);
    await mall.runTask('recommendations', 'recommendations.train');
    await mall.settle();
    const [first] = await models();
    expect(first).toMatchObject({ state: 'PUBLISHED', served: true, progress: 1, reason: null, interactions: expect.any(Number) });
    expect(first.ndcg).toBeGreaterThan(first.popularityNdcg);
    expect(mall.told('recommendations').map(({ message }) => message.type)).toContain('model.published');
    expect((await recommended({}, { basedOn: ['i1', 'i10'], first: 5 })).filter((line) => line.startsWith('i'))).toHaveLength(5);
    await mall.crash();
    expect((await models())[0]).toMatchObject({ id: first.id, served: true });
    await mall.runTask('recommendations', 'recommendations.train');
    const [second] = await models();
    expect(second).toMatchObject({ state: 'REFUSED', served: false, reason: expect.stringContaining('that of the version before') });
    expect((await models())[1]).toMatchObject({ id: first.id, served: true });
  });

  test('ops trains on demand and sees how far it is; one at a time; others may not', { timeout: LIMIT_MS }, async () => {
    await open();
    await importHistory(mall.room('recommendations').deps, [...plantInteractions({ ...PLANTED, interactions: 1_000 })]);
    const TRAIN = 'mutation { trainRecommendations { __typename ... on RecommendationModel { id state progress } ... on Refusal { code message } } }';
    const train = async (visitor: Visitor) => mall.execute('recommendations', TRAIN, {}, visitor);
    expect((await train({ userId: 'x', roles: ['merchant'] })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    const { data } = await train(OPS);
    expect(data.trainRecommendations).toMatchObject({ __typename: 'RecommendationModel', state: 'TRAINING' });
    expect((await train({ ...OPS, language: 'zh' })).data.trainRecommendations).toEqual({ __typename: 'AlreadyTraining', code: 'ALREADY_TRAINING', message: '已有一次训练正在进行。' });
    await expect.poll(async () => (await models())[0], { timeout: LIMIT_MS }).toMatchObject({ id: data.trainRecommendations.id, state: 'PUBLISHED' });
    expect((await mall.execute('recommendations', MODELS)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('too little is no model, and says so', { timeout: LIMIT_MS }, async () => {
    await open();
    await mall.runTask('recommendations', 'recommendations.first-model');
    expect(await models()).toEqual([]);
    await buy('ada', 'o1', 'a');
    await mall.settle();
    await mall.runTask('recommendations', 'recommendations.train');
    expect(await models()).toMatchObject([{ state: 'REFUSED', served: false, reason: expect.stringContaining('20 are needed to judge a model') }]);
  });

  test('the first is trained by itself once there is enough', { timeout: LIMIT_MS }, async () => {
    await open();
    await importHistory(mall.room('recommendations').deps, [...plantInteractions({ ...PLANTED, interactions: 1_000 })]);
    // One that came to nothing is tried again, some time later.
    const { database } = mall.room('recommendations').deps;
    await database.transaction((tx) => tx.execute("insert into model_version (id, state, begun_ms, ended_ms, progress, interactions) values ('m0', 'FAILED', ?, ?, 500, 9)", [mall.clock.nowMs(), mall.clock.nowMs()]));
    await mall.runTask('recommendations', 'recommendations.first-model');
    expect(await models()).toMatchObject([{ state: 'FAILED' }]);
    await mall.clock.advance(FIRST_AGAIN_MS);
    await mall.runTask('recommendations', 'recommendations.first-model');
    expect(await models()).toMatchObject([{ state: 'PUBLISHED', served: true }, { state: 'FAILED' }]);
    await mall.runTask('recommendations', 'recommendations.first-model');
    expect(await models()).toHaveLength(2);
  });

  test('a process killed in the middle of a training leaves the former model, and the next training says so', { timeout: LIMIT_MS }, async () => {
    await open();
    await publish();
    await importHistory(mall.room('recommendations').deps, [...plantInteractions(PLANTED)]);
    await mall.execute('recommendations', 'mutation { trainRecommendations { __typename } }', {}, OPS);
    await mall.crash();
    expect(await models()).toMatchObject([{ state: 'TRAINING', served: false }, { id: 'm1', served: true }]);
    expect((await mall.execute('recommendations', 'mutation { trainRecommendations { __typename } }', {}, OPS)).data.trainRecommendations.__typename).toBe('AlreadyTraining');
    await mall.clock.advance(130_000);
    await mall.runTask('recommendations', 'recommendations.train');
    const [newest, dead] = await models();
    expect(dead).toMatchObject({ state: 'FAILED', reason: 'the process that trained it has gone' });
    expect(newest.state).toMatch(/PUBLISHED|REFUSED/);
  });

  test('a file that is broken or missing is not served: the one before it stays, also after a restart', async () => {
    await open();
    await publish();
    const blobs = join(mall.room('recommendations').deps.dataDir, '..', 'blobs');
    const files = () => (readdirSync(blobs, { recursive: true }) as string[]).filter((name) => name.length > 60);
    const [good] = files();
    // Published, and whole only until it is looked at.
    const { database } = mall.room('recommendations').deps;
    await database.transaction((tx) => tx.execute("insert into model_version (id, state, blob_key, begun_ms, progress, interactions) values ('m2', 'PUBLISHED', ?, 2000, 1000, 9)", ['0'.repeat(64)]));
    const { blobs: store } = mall.room('recommendations').deps;
    const noModel = await store.put(new TextEncoder().encode('no model at all'));
    await database.transaction((tx) => tx.execute("insert into model_version (id, state, blob_key, begun_ms, progress, interactions) values ('m3', 'PUBLISHED', ?, 3000, 1000, 9)", [noModel]));
    await mall.tell(modelPublished({ modelId: 'm3', ndcg: 1, recall: 1 }));
    await mall.settle();
    const served = async () => (await models()).filter((each: any) => each.served).map((each: any) => each.id);
    expect(await served()).toEqual(['m1']);
    await mall.crash();
    expect(await served()).toEqual(['m1']);
    // With none left the catalogue answers.
    writeFileSync(join(blobs, good!), 'broken');
    await mall.crash();
    expect(await served()).toEqual([]);
    expect(await recommended({}, { basedOn: ['c'], first: 1 })).toEqual(['p1: POPULAR Popular in Kitchen']);
    rmSync(join(blobs, good!));
  });

  test('a replica that missed the word looks for itself', async () => {
    await open();
    const { blobs, database } = mall.room('recommendations').deps;
    const key = await blobs.put(writeModel(smallModel()));
    await database.transaction((tx) => tx.execute("insert into model_version (id, state, blob_key, begun_ms, progress, interactions) values ('m9', 'PUBLISHED', ?, 2000, 1000, 9)", [key]));
    await mall.clock.advance(61_000);
    await expect.poll(async () => (await models())[0]).toMatchObject({ id: 'm9', served: true });
  });
});

test('a model is published only when it is better than popularity and than the one before', async () => {
  await open();
  const score = { ndcg: 0.1, recall: 0.2, popularityNdcg: 0.05, popularityRecall: 0.1, judged: 100 };
  expect(objectionTo(score, null, null)).toBeNull();
  expect(objectionTo({ ...score, ndcg: 0.05 }, null, null)).toContain('popularity');
  expect(objectionTo({ ...score, judged: 5 }, null, null)).toContain('judged on 5 only');
  expect(objectionTo(score, null, { ...score, ndcg: 0.1 })).toContain('that of the version before');
  expect(objectionTo(score, { own: 0.1, former: 0.2, judged: 50 }, score)).toContain('what neither has seen');
  // The times have changed: on what is new it is better, though the former had a better score in its time.
  expect(objectionTo(score, { own: 0.1, former: 0.05, judged: 50 }, { ...score, ndcg: 0.3 })).toBeNull();
});
