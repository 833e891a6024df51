/** Many hands on one cart at a time: nothing is lost, nothing is counted twice, every change is told once. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ann, guest, openCarts } from './cart-mall.ts';

const VARIANTS = ['shirt', 'mug', 'pen'];
const RUNS = 10;

const action = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), variantId: fc.constantFrom(...VARIANTS), quantity: fc.integer({ min: 1, max: 6 }), twice: fc.boolean() }),
  fc.record({ kind: fc.constant('clear' as const), variantId: fc.constantFrom(...VARIANTS), quantity: fc.integer({ min: 1, max: 6 }) }),
  fc.record({ kind: fc.constant('price' as const), variantId: fc.constantFrom(...VARIANTS), quantity: fc.integer({ min: 1, max: 9_999 }) }),
  fc.record({ kind: fc.constant('accept' as const) }),
);

test('fifty tabs add one each: fifty units', async () => {
  const carts = await openCarts();
  const id = await carts.guestCart({ pen: 1 });
  await Promise.all(Array.from({ length: 49 }, () => carts.add('pen', 1, guest, { cartId: id })));
  expect(await carts.cart(id)).toMatchObject({ itemCount: 50, version: 50 });
  await carts.mall.close();
});

test('whatever happens at once, the units are those that were answered for', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 2, maxLength: 15 }), fc.integer({ min: 1, max: 1_000_000 }), async (actions, rude) => {
      const carts = await openCarts({ rude });
      try {
        const id = (await carts.add('pen', 1, ann)).data.addToCart.id;
        let added = 1;
        await Promise.all(
          actions.map(async (each, index) => {
            if (each.kind === 'add') {
              const more = { idempotencyKey: `key-of-action-${index}` };
              const answers = await Promise.all([...Array(each.twice ? 2 : 1)].map(() => carts.add(each.variantId, each.quantity, ann, more)));
              const kinds = new Set(answers.map(({ data }) => data.addToCart.__typename));
              expect(kinds.size).toBe(1);
              if (kinds.has('Cart')) added += each.quantity;
            } else if (each.kind === 'price') await carts.priceMoves(each.variantId, each.quantity);
            else if (each.kind === 'accept') expect((await carts.accept(id, ann)).data.acceptCartPrices.__typename).toBe('Cart');
          }),
        );
        await carts.mall.settle();
        const before = await carts.cart(id, ann);
        expect(before.itemCount).toBe(added);
        expect(before.lines.every((line: any) => line.quantity <= carts.stock.get(line.variant.id)!)).toBe(true);

        for (const [index, each] of actions.entries()) if (each.kind === 'clear') await carts.clear(id, `o${index}`, { [each.variantId]: each.quantity });
        const after = await carts.cart(id, ann);
        for (const variantId of VARIANTS) {
          const had = before.lines.find((line: any) => line.variant.id === variantId)?.quantity ?? 0;
          const ordered = actions.reduce((sum, each) => sum + (each.kind === 'clear' && each.variantId === variantId ? each.quantity : 0), 0);
          expect(after.lines.find((line: any) => line.variant.id === variantId)?.quantity ?? 0).toBe(Math.max(0, had - ordered));
        }
        const versions = new Set(carts.mall.told('cart').filter(({ topic }) => topic.endsWith('.events')).map(({ message }: any) => message.data.version));
        expect([...versions].sort((a, b) => a - b)).toEqual(Array.from({ length: after.version }, (_, index) => index + 1));
      } finally {
        await carts.mall.close();
      }
    }),
    { numRuns: RUNS },
  );
});
