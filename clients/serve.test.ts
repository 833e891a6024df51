import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '#platform/telemetry/log.ts';
import { createWeb, type Answer, type Web } from './serve.ts';

const usd = (amountMinor: number) => ({ amountMinor, currency: 'USD' });
const PRODUCT = {
  id: 'p', slug: 'pot', name: '</script><script>alert(1)</script> & pot', description: 'Holds <tea>', brand: null, image: null, media: [], categories: [], attributes: [], options: [],
  variants: [{ id: 'v', sku: 'S', name: 'Pot', price: usd(1999), compareAtPrice: null, stock: { available: 1, status: 'LOW' }, options: [], image: null }],
  priceRange: { min: usd(1999), max: usd(1999) }, rating: { average: null, count: 0, histogram: [0, 0, 0, 0, 0] },
  reviews: { totalCount: 0, edges: [], pageInfo: { hasNextPage: false, endCursor: null } }, similarProducts: [], boughtTogether: [],
};

let folder: string;
let web: Web;
let nowMs: number;
let asked: string[];
let answer: (operation: string, variables: Record<string, unknown>) => Answer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gomall-web-'));
  nowMs = 0;
  asked = [];
  answer = (operation, variables) => (operation === 'Product' ? { data: { product: variables.slug === 'pot' ? PRODUCT : null } } : { data: { categories: [] } });
  const execute = async (document: string, variables: Record<string, unknown>): Promise<Answer> => {
    const operation = /query (\w+)/.exec(document)![1]!;
    asked.push(operation);
    return answer(operation, variables);
  };
  web = createWeb({ execute, publicUrl: 'http://mall.example', cacheDir: folder, log: createLogger('silent'), clock: { nowMs: () => nowMs } });
});
afterEach(async () => {
  await web.stop();
  await web.built;
  await rm(folder, { recursive: true, force: true });
});

const get = async (path: string, init: RequestInit = {}) => {
  const response = await web(new Request(`http://mall.example${path}`, init));
  return { status: response.status, headers: response.headers, text: await response.text() };
};

test('before the client is built a product is read as text, and the page comes again by itself', async () => {
  const { status, text } = await get('/products/pot');
  expect(status).toBe(200);
  expect(text).toContain('$19.99');
  expect(text).toContain('<meta http-equiv="refresh"');
  expect((await get('/assets/reading.css')).text).toContain('--accent');
});

test('what a merchant types is shown, never run: in text, in attributes, in data', async () => {
  const { text } = await get('/zh/products/pot');
  expect(text).not.toContain('<script>alert');
  expect(text).toContain('&lt;/script&gt;');
  expect(text).toContain('Holds &lt;tea&gt;');
});

test('facts and options are shown by their labels, in the words of the page', async () => {
  const described = { ...PRODUCT, attributes: [{ name: 'power', label: '供电方式', value: '可充电' }, { name: 'material', label: 'material', value: '铜' }], options: [{ name: '香味', values: ['雪松', '薰衣草'] }] };
  answer = () => ({ data: { product: described, categories: [] } });
  const { text } = await get('/zh/products/pot');
  expect(text).toContain('<dt>供电方式</dt><dd>可充电</dd>');
  expect(text).toContain('<dt>材质</dt><dd>铜</dd>');
  expect(text).toContain('<strong>香味</strong>：雪松、薰衣草');
});

test('pages are asked for once in a while, however many read them', async () => {
  await Promise.all([get('/products/pot'), get('/products/pot'), get('/products/pot?x=1#y')]);
  expect(asked.filter((operation) => operation === 'Product')).toHaveLength(2);
  await get('/products/pot');
  expect(asked.filter((operation) => operation === 'Product')).toHaveLength(2);
  nowMs = 60_000;
  await get('/products/pot');
  expect(asked.filter((operation) => operation === 'Product')).toHaveLength(3);
});

test('a missing product is 404; one whose room does not answer is 503 with its trace id, and is not kept', async () => {
  expect((await get('/products/nothing')).status).toBe(404);
  answer = () => ({ data: { product: null }, errors: [{ message: 'down', extensions: { code: 'UNAVAILABLE', traceId: 'trace-1' } }] });
  const down = await get('/products/pot');
  expect(down.status).toBe(503);
  expect(down.headers.get('retry-after')).toBe('5');
  expect(down.text).toContain('trace-1');
  answer = () => ({ data: { product: PRODUCT, categories: [] } });
  expect((await get('/products/pot')).status).toBe(200);
});

test('an answer with a gap is shown but not handed on to the client', async () => {
  answer = (operation) => (operation === 'Product' ? { data: { product: PRODUCT }, errors: [{ message: 'stock is down' }] } : { data: { categories: [] } });
  const { status, text } = await get('/products/pot');
  expect(status).toBe(200);
  const initial = JSON.parse(/id="initial-data">(.*?)<\/script>/s.exec(text)![1]!) as object;
  expect(Object.keys(initial)).toHaveLength(1);
});

test('other methods are refused, slashes at the end are taken off, HEAD has no body', async () => {
  expect((await get('/', { method: 'POST' })).status).toBe(405);
  const moved = await get('/products/pot/?a=1');
  expect([moved.status, moved.headers.get('location')]).toEqual([301, '/products/pot?a=1']);
  expect((await get('/products/pot', { method: 'HEAD' })).text).toBe('');
});
