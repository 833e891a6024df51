import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePositions, decodeCursor, encodeCursor, pageStart } from './cursor.ts';

test('a cursor comes back as the position it was made of, any number and any id', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.string({ maxLength: 64 }), (key, id) => {
      const encoded = encodeCursor('X', { key, id });
      if (encoded.length <= 300) expect(decodeCursor('X', encoded)).toEqual({ key: key === 0 ? 0 : key, id });
    }),
  );
});

test.each(['', '!', 'bm90IGpzb24', Buffer.from('[1,2,3]').toString('base64url'), Buffer.from('null').toString('base64url'), 'x'.repeat(10_000)])(
  '%s is no cursor',
  (text) => {
    expect(() => decodeCursor('X', text)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT', fields: { after: 'is not a cursor of this list' } }));
  },
);

test('a page starts behind its cursor also when the item of the cursor is gone', () => {
  fc.assert(
    fc.property(fc.array(fc.record({ key: fc.integer({ min: 0, max: 5 }), id: fc.string({ maxLength: 2 }) }), { maxLength: 30 }), fc.nat(29), (list, at) => {
      const items = list.sort(comparePositions);
      const after = items[at] ?? { key: 3, id: 'b' };
      const rest = items.filter((item) => comparePositions(item, after) !== 0);
      const start = pageStart(rest, (item) => item.key, after);
      expect(rest.slice(start)).toEqual(rest.filter((item) => comparePositions(item, after) > 0));
    }),
  );
});
