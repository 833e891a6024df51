import { expect, test } from 'vitest';
import { choose, chosenVariant, firstChoice, outlook, type DetailProduct, type DetailVariant } from './variants.ts';

const variant = (id: string, Size: string, Colour: string, status: 'IN_STOCK' | 'OUT') =>
  ({ id, options: [{ name: 'Size', value: Size }, { name: 'Colour', value: Colour }], stock: { available: status === 'OUT' ? 0 : 9, status } }) as DetailVariant;
const shirt = { variants: [variant('1', 'S', 'Red', 'OUT'), variant('2', 'M', 'Red', 'IN_STOCK'), variant('3', 'S', 'Blue', 'IN_STOCK')] } as DetailProduct;
const stockOf = (one: DetailVariant) => one.stock;

test('a page opens with a variant that can be bought', () => {
  expect(chosenVariant(shirt, firstChoice(shirt))?.id).toBe('2');
});

test('what is sold out, or does not exist, is known before it is chosen', () => {
  const choice = { Size: 'M', Colour: 'Red' };
  expect(outlook(shirt, choice, 'Size', 'S', stockOf)).toBe('soldOut');
  expect(outlook(shirt, choice, 'Colour', 'Blue', stockOf)).toBe('none');
  expect(outlook(shirt, choice, 'Size', 'M', stockOf)).toBe('free');
});

test('choosing what does not go with the rest moves the rest', () => {
  expect(choose(shirt, { Size: 'M', Colour: 'Red' }, 'Colour', 'Blue', stockOf)).toEqual({ Size: 'S', Colour: 'Blue' });
});
