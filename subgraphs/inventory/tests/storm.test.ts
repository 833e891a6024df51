/** Random orders in random interleavings, delivered late, twice and shuffled: the books are right at the end of each. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { linesOf, MINUTE_MS, openStock } from './stock-mall.ts';

const VARIANTS = ['a', 'b', 'c'];
const RUNS = 12;

const order = fc.record({
  lines: fc.dictionary(fc.constantFrom(...VARIANTS), fc.integer({ min: 1, max: 4 }), { minKeys: 1, maxKeys: 3 }),
  steps: fc.array(fc.constantFrom('confirm-hold', 'release-stock', 'take-stock', 'return-stock'), { maxLength: 4 }),
});
const happening = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  onHand: fc.integer({ min: 0, max: 12 }),
  orders: fc.array(order, { minLength: 2, maxLength: 12 }),
  adjustments: fc.array(fc.record({ variantId: fc.constantFrom(...VARIANTS), delta: fc.integer({ min: -6, max: 6 }).filter((delta) => delta !== 0) }), { maxLength: 4 }),
  expires: fc.boolean(),
});

test('whatever happens in whatever order, no unit is sold twice, lost or made up', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(happening, async ({ seed, onHand, orders, adjustments, expires }) => {
      const stock = await openStock(Object.fromEntries(VARIANTS.map((variant) => [variant, onHand])), { rude: seed });
      try {
        const expiresAtMs = stock.mall.clock.nowMs() + 10 * MINUTE_MS;
        const sent = orders.map(async ({ lines, steps }, index) => {
          await stock.send('hold-stock', `o${index}`, { lines: linesOf(lines), expiresAtMs });
          for (const [at, step] of steps.entries()) {
            const input = step === 'return-stock' ? { lines: linesOf(lines) } : {};
            await stock.send(step, `o${index}`, input, { key: `o${index}/${step}/${at}` });
          }
        });
        await Promise.all([...sent, ...adjustments.map(({ variantId, delta }) => stock.adjust({ variantId, delta }))]);
        await stock.mall.settle();
        expect(await stock.broken()).toEqual([]);
        if (expires) {
          await stock.later(11 * MINUTE_MS);
          expect(await stock.broken()).toEqual([]);
          const [open] = await stock.mall.database('inventory').query<{ open: number }>("select count(*) as open from stock_holds where state = 'HELD'");
          expect(open!.open).toBe(0);
        }
        expect(await stock.mall.deadLetters()).toEqual([]);
      } finally {
        await stock.mall.close();
      }
    }),
    { numRuns: RUNS },
  );
});

test('a hundred shoppers for forty units: forty holds, sixty refusals', { timeout: 60_000 }, async () => {
  const stock = await openStock({ lamp: 40, shade: 100 }, { rude: 11 });
  const expiresAtMs = stock.mall.clock.nowMs() + 10 * MINUTE_MS;
  const shoppers = Array.from({ length: 100 }, (_, index) => index);
  // Half of them name their lines the other way round.
  const keys = await Promise.all(
    shoppers.map((index) => {
      const lines = linesOf({ lamp: 1, shade: 1 });
      return stock.send('hold-stock', `o${index}`, { lines: index % 2 ? lines : lines.reverse(), expiresAtMs });
    }),
  );
  await stock.mall.settle();
  const outcomes = keys.map((key) => stock.replyTo(key).outcome);
  expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(40);
  expect([await stock.level('lamp'), await stock.level('shade')]).toEqual(['40/40', '100/40']);
  expect(await stock.broken()).toEqual([]);
  await stock.mall.close();
});
