/** What `npm run bench -- recommendations` makes of a file, and that its rivals are what they are called. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openTensors } from '#platform/tensors/tensors.ts';
import { holdOutLast } from '#subgraphs/recommendations/model/hold-out.ts';
import { collect, countItems } from '#subgraphs/recommendations/model/interactions.ts';
import { judge } from '#subgraphs/recommendations/model/judge.ts';
import { createRandom } from '#subgraphs/recommendations/model/random.ts';
import { plantInteractions } from '#subgraphs/recommendations/tests/planted.ts';
import { pairedDifference } from '../../bench/recommendations/bootstrap.ts';
import { readInteractions } from '../../bench/recommendations/read-interactions.ts';
import { ease } from '../../bench/recommendations/rivals/ease.ts';
import { ials } from '../../bench/recommendations/rivals/ials.ts';
import { itemCosine } from '../../bench/recommendations/rivals/item-cosine.ts';

const folder = mkdtempSync(join(tmpdir(), 'gomall-interactions-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read(text: string) {
  const file = join(folder, 'some.csv');
  writeFileSync(file, text);
  return readInteractions(file);
}

test('a file is read with or without a header, times in seconds, milliseconds or words', async () => {
  const at = Date.UTC(2026, 0, 1);
  const wanted = [{ user: 'u', item: 'a', atMs: at }, { user: 'u', item: 'b, c', atMs: at }, { user: 'v', item: 'a', atMs: at }];
  expect(await read(`u,a,${at / 1000}\nu,"b, c",${at}\r\nv,a,2026-01-01T00:00:00Z\n`)).toEqual({ rows: wanted, bad: [] });
  expect(await read(`\u{feff}Timestamp,rating,item,user\n${at / 1000},5,a,u\n\n${at},1,"b, c",u\n2026-01-01,,a,v`)).toEqual({ rows: wanted, bad: [] });
});

test('bad rows are named by their line, and the others count', async () => {
  const { rows, bad } = await read('user,item,timestamp\nu,a,1000\nu,a\n\n,a,1000\nu,,1000\nu,a,yesterday\nu,a,-5\nu,a,1,2\nv,b,2000\n');
  expect(rows.map(({ user }) => user)).toEqual(['u', 'v']);
  expect(bad).toEqual([
    { line: 3, problem: 'has 2 columns, not 3' },
    { line: 5, problem: 'has no user' },
    { line: 6, problem: 'has no item' },
    { line: 7, problem: '"yesterday" is no time: seconds or milliseconds since 1970, or RFC 3339' },
    { line: 8, problem: '"-5" is no time: seconds or milliseconds since 1970, or RFC 3339' },
    { line: 9, problem: 'has 4 columns, not 3' },
  ]);
});

test('rivals find planted tastes that popularity does not, and EASE is the same by users as by items', { timeout: 240_000 }, async () => {
  const { tf } = await openTensors('wasm');
  const { training, held } = holdOutLast(collect(plantInteractions({ interactions: 3_000, users: 150, items: 160, tastes: 6, following: 0 })));
  const ndcg = (scorer: Parameters<typeof judge>[1]) => judge(held, scorer).ndcg;
  const counts = countItems(training);
  const floor = 1.3 * ndcg(() => counts);
  for (const scorer of [itemCosine(training), ials(training, { factors: 8, alpha: 1, lambda: 5 }, createRandom(1)), ease(tf, training, 100)]) expect(ndcg(scorer)).toBeGreaterThan(floor);

  // 150 users are fewer than 160 items; with users twice there are 300.
  const twice = collect([1, 2].flatMap((copy) => training.users.flatMap((user, number) => Array.from(training.item.subarray(training.offsets[number]!, training.offsets[number + 1]!), (item, at) => ({ user: `${copy} ${user}`, item: training.items[item]!, atMs: at })))));
  expect(twice.items).toEqual(training.items);
  const [byUsers, byItems] = [ease(tf, training, 100)(held[0]!.before).slice(), ease(tf, twice, 200)(held[0]!.before)];
  const had = new Set(held[0]!.before.items);
  byUsers.forEach((score, item) => had.has(item) || expect(score).toBeCloseTo(byItems[item]!, 4));
});

test('the interval of a difference holds zero for the same, and not for what is always better', () => {
  const random = createRandom(1);
  const one = Float64Array.from({ length: 300 }, () => random.next());
  const other = Float64Array.from({ length: 300 }, () => random.next());
  expect(pairedDifference(one, one)).toEqual({ mean: 0, low: 0, high: 0 });
  const { low, high } = pairedDifference(one, other);
  expect(low).toBeLessThan(0.06);
  expect(high).toBeGreaterThan(-0.06);
  expect(pairedDifference(one.map((value) => value + 0.2), one).low).toBeCloseTo(0.2);
});
