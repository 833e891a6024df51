import { buildSchema, parse, validate } from 'graphql';
import { expect, test } from 'vitest';
import { resumable } from './resume.ts';

const schema = buildSchema('type Query { a: Int } type Event { cursor: String!, title(long: Boolean): String! } type Subscription { arrived(after: String, of: String): Event }');

test('an operation goes on from the last place it has told, whatever its variables and aliases are called', () => {
  for (const query of [
    'subscription ($after: String, $of: String) { arrived(after: $after, of: $of) { cursor title } }',
    'subscription ($of: String) { news: arrived(of: $of) { place: cursor title } }',
    'subscription ($place: String, $of: String, $long: Boolean) { arrived(after: $place, of: $of) { cursor title(long: $long) } }',
  ]) {
    const resuming = resumable(query, { of: 'x' })!;
    const event = query.includes('news:') ? { news: { place: 'p7' } } : { arrived: { cursor: 'p7' } };
    expect(resuming.placeOf({ data: event })).toBe('p7');
    expect(resuming.placeOf({ data: null, errors: [] })).toBeNull();
    const resumed = resuming.from('p7');
    expect(validate(schema, parse(resumed.query)).map(({ message }) => message)).toEqual([]);
    expect(resumed.query).toContain('after: $__after');
    expect(resumed.variables).toEqual({ of: 'x', __after: 'p7' });
  }
});

test('one without a cursor begins anew', () => {
  expect(resumable('subscription { orderChanged(id: "1") { id } }', {})).toBeNull();
  expect(resumable('subscription { orderChanged(id: "cursor") { id } }', {})).toBeNull();
});
