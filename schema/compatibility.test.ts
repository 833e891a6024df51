/** Each kind of change, as a developer would make it. */
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { incompatibilities, type JsonSchema } from './compatibility.ts';

const shape = {
  orderId: z.string().min(1).max(128),
  userId: z.string().nullable(),
  state: z.enum(['OPEN', 'PAID']),
  note: z.string().optional(),
  totalMinor: z.int().min(0).max(1_000),
  lines: z.array(z.object({ variantId: z.string(), quantity: z.int().min(1) })).max(100),
};
const before = z.object(shape);
const json = (schema: z.ZodType): JsonSchema => z.toJSONSchema(schema, { io: 'input' });
const named = (schemas: Record<string, z.ZodType>) => new Map(Object.entries(schemas).map(([name, schema]) => [name, json(schema)]));
const change = (now: z.ZodType) => incompatibilities(named({ told: before }), named({ told: now })).map(({ path, problem }) => `${path} ${problem}`);
const line = shape.lines.element;

describe('is let through', () => {
  test.each([
    ['nothing changed', z.object(shape)],
    ['other words', z.object({ ...shape, orderId: shape.orderId.describe('of the order') })],
    ['fields in another order', z.object(Object.fromEntries(Object.entries(shape).reverse()))],
    ['an optional field', z.object({ ...shape, gift: z.boolean().optional() })],
    ['an optional field that may be null', z.object({ ...shape, gift: z.string().nullish() })],
    ['a field with a value for when it is missing', z.object({ ...shape, gift: z.boolean().default(false) })],
    ['an optional field deep inside', z.object({ ...shape, lines: z.array(line.extend({ note: z.string().optional() })).max(100) })],
  ])('%s', (_, now) => expect(change(now)).toEqual([]));

  test('a new message, and a new version beside the old one', () => {
    expect(incompatibilities(named({ told: before }), named({ told: before, 'told.v2': z.object({ id: z.string() }), other: before }))).toEqual([]);
  });

  test('an optional field inside what may be null', () => {
    const [old, now] = [line.nullable(), line.extend({ note: z.string().optional() }).nullable()];
    expect(incompatibilities(named({ told: old }), named({ told: now }))).toEqual([]);
  });
});

describe('is refused', () => {
  const { note, orderId, ...rest } = shape;
  test.each([
    ['a field is gone', z.object({ ...rest, note }), /^orderId is gone.*would refuse it/],
    ['an optional field is gone', z.object({ ...rest, orderId }), /^note is gone.*still tell it/],
    ['a field has another name', z.object({ ...rest, note, id: orderId }), /^orderId is gone, or has another name/],
    ['a field is new and required', z.object({ ...shape, gift: z.boolean() }), /^gift is new and required.*make it optional/],
    ['a field is new, required, and may be null', z.object({ ...shape, gift: z.boolean().nullable() }), /^gift is new and required/],
    ['a field is required now', z.object({ ...shape, note: z.string() }), /^note could be missing/],
    ['a field may be missing now', z.object({ ...shape, orderId: orderId.optional() }), /^orderId was always there/],
    ['another type', z.object({ ...shape, totalMinor: z.string() }), /^totalMinor was integer, is string/],
    ['a field may not be null any more', z.object({ ...shape, userId: z.string() }), /^userId/],
    ['a field may be null now', z.object({ ...shape, orderId: orderId.nullable() }), /^orderId/],
    ['a value is gone', z.object({ ...shape, state: z.enum(['OPEN']) }), /^state may no longer be "PAID".*still tell it/],
    ['a value has come', z.object({ ...shape, state: z.enum(['OPEN', 'PAID', 'SENT']) }), /^state may now be "SENT".*would refuse it/],
    ['any text became a list of values', z.object({ ...shape, note: z.enum(['a', 'b']).optional() }), /^note was string, is one of "a", "b"/],
    ['a bound is narrower', z.object({ ...shape, totalMinor: z.int().min(0).max(500) }), /^totalMinor maximum was 1000, is 500 \(narrower\).*still tell it/],
    ['a bound is wider', z.object({ ...shape, totalMinor: z.int().min(0).max(5_000) }), /^totalMinor maximum was 1000, is 5000 \(wider\).*would refuse it/],
    ['a lower bound is narrower', z.object({ ...shape, totalMinor: z.int().min(1).max(1_000) }), /^totalMinor minimum was 0, is 1 \(narrower\)/],
    ['a text may be shorter only', z.object({ ...shape, orderId: z.string().min(1).max(64) }), /^orderId maxLength was 128, is 64 \(narrower\)/],
    ['a pattern has come', z.object({ ...shape, orderId: orderId.regex(/^o-/) }), /^orderId pattern/],
    ['fewer lines', z.object({ ...shape, lines: z.array(line).max(10) }), /^lines maxItems was 100, is 10/],
    ['a field deep inside is gone', z.object({ ...shape, lines: z.array(line.omit({ quantity: true })).max(100) }), /^lines\[\]\.quantity is gone/],
    ['a field deep inside is new and required', z.object({ ...shape, lines: z.array(line.extend({ sku: z.string() })).max(100) }), /^lines\[\]\.sku is new and required/],
    ['what is not known is refused', z.strictObject(shape), /refuses fields that it does not know/],
    ['the same deep inside', z.object({ ...shape, gift: z.strictObject({}).optional() }), /^gift refuses fields that it does not know/],
  ])('%s', (_, now, problem) => {
    const problems = change(now);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(problem);
  });

  test('a message is gone', () => {
    expect(incompatibilities(named({ 'events/told': before }), new Map())).toEqual([{ message: 'events/told', path: '', problem: expect.stringMatching(/is gone.*then delete schema\/events\/told\.json by hand/) }]);
  });

  test('one of several forms is gone, or has come', () => {
    const forms = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') }), z.object({ kind: z.literal('b') })]);
    const fewer = z.discriminatedUnion('kind', [z.object({ kind: z.literal('a') })]);
    expect(incompatibilities(named({ told: forms }), named({ told: fewer }))).toHaveLength(1);
    expect(incompatibilities(named({ told: fewer }), named({ told: forms }))).toHaveLength(1);
  });

  test('the values of a table of names', () => {
    expect(incompatibilities(named({ told: z.record(z.string(), z.string()) }), named({ told: z.record(z.string(), z.int()) }))).toMatchObject([{ path: '{}', problem: expect.stringMatching(/was string, is integer/) }]);
  });
});
