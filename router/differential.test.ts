/** Our executor answers as the stock one does, on the same plans and the same subgraphs. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marketSchemas, marketSupergraph } from './testing/market.ts';
import { compare } from './testing/compare.ts';
import { openCourt } from './testing/judge.ts';
import { randomOperation } from './testing/operations.ts';

const court = openCourt(marketSupergraph(), marketSchemas());

const OPERATIONS: Record<string, string | [string, Record<string, unknown>]> = {
  'one subgraph': '{ me { id name } }',
  'entities of a list, some gone, some failing': '{ topProducts(first: 6) { upc name inStock reviews { body author { name username } } } }',
  'a field that needs another subgraph\'s fields': '{ topProducts(first: 6) { shippingEstimate } }',
  'a field that needs nested fields, some null': '{ topProducts(first: 6) { box } }',
  'a null where none may be, in a nullable list': '{ topProducts(first: 6) { upc rating } }',
  'a null where none may be, in a strict list': '{ strictProducts { upc rating } }',
  'a null where none may be, of an object': '{ topProducts(first: 6) { upc shelf { number row } } }',
  'a null where none may be, nested': '{ latestReviews { id strictAuthor { id name } } users { reviews { strictAuthor { name } } } }',
  'strict list of entities with a failing one': '{ strictUsers { id name birthday } }',
  'an interface object': '{ catalogue { id title reviews { body } } }',
  'an interface object with its name': '{ catalogue { __typename id reviews { stars } ... on Book { pages } ... on Film { minutes } } }',
  'an interface object with a null where none may be': '{ catalogue { __typename id verdict } }',
  'a union': '{ search { __typename ... on Product { upc reviews { body } inStock } ... on Shop { owner { name } open } ... on Book { title reviews { body } } } }',
  'a union under other names': '{ search { kindOf: __typename ... on Product { number: upc price } ... on Shop { id } } }',
  'an interface': '{ a: node(id: "p1") { id label ... on Product { price inStock } } b: node(id: "s1") { id ... on Shop { open stocks { name inStock } } } }',
  'fragments': 'query { topProducts { ...P reviews { ...R } } } fragment P on Product { upc name } fragment R on Review { body product { ...P price } author { ...U } } fragment U on User { id name }',
  'aliases': '{ first: topProducts(first: 1) { a: name b: name c: reviews(first: 1) { body } d: reviews(first: 2) { id } } second: topProducts(first: 2) { a: price } }',
  'aliases that every object has': '{ topProducts(first: 6) { constructor: inStock toString: name valueOf: shelf { hasOwnProperty: number } } }',
  'lists of lists': '{ everything { upc name inStock reviews { id } } }',
  'conditions that hold': ['query ($yes: Boolean!, $no: Boolean!) { topProducts(first: 2) { upc @skip(if: $yes) name @include(if: $yes) inStock @include(if: $no) ... @skip(if: $no) { reviews { body } } } }', { yes: true, no: false }],
  'conditions with defaults': ['query ($also: Boolean = true) { me @include(if: $also) { id name } topProducts(first: 1) @skip(if: $also) { name } }', {}],
  'one field under two conditions': ['query ($a: Boolean!, $b: Boolean!) { topProducts(first: 2) { reviews @include(if: $a) { id } reviews @include(if: $b) { body } } }', { a: false, b: true }],
  'variables': ['query ($first: Int, $upc: String!) { topProducts(first: $first) { upc reviews(first: $first) { id } } product(upc: $upc) { name } }', { first: 2, upc: 'p2' }],
  'variables left out': ['query ($first: Int = 3, $other: Int) { topProducts(first: $first) { upc reviews(first: $other) { id } } }', {}],
  'introspection beside data': '{ __typename me { __typename id } __schema { queryType { name } } shop: __type(name: "Shop") { name fields { name } } }',
  'introspection alone': '{ __schema { types { name } } }',
  'a value that the API hides': '{ topProducts(first: 6) { upc kind } }',
  'a provided field': '{ latestReviews { author { username } } }',
  'a provided field and one that is not': '{ latestReviews { author { username name } } }',
  'nothing there': '{ user(id: "u9") { name reviews { body } } product(upc: "none") { name inStock } }',
  'an entity that its own room does not know': '{ user(id: "u3") { id name reviews { author { name boss { name } } } } }',
  'deep and round': '{ me { friends { reviews { product { reviews { author { friends { name birthday } } } } } } } }',
  'mutations in order': 'mutation { a: rename(id: "u1", name: "New") { name reviews { body } } b: reprice(upc: "p1", price: 5) { price shippingEstimate inStock } c: rename(id: "u2", name: "Other") { name } }',
  'a mutation that fails': 'mutation { bad: reprice(upc: "p1", price: -1) { price inStock } good: rename(id: "u1", name: "X") { name } }',
  'the benchmark': `query TestQuery { users { ...User reviews { ...Review product { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } } }
    topProducts { ...Product reviews { ...Review author { ...User reviews { ...Review product { ...Product } } } } } }
    fragment User on User { id username name } fragment Review on Review { id body } fragment Product on Product { inStock name price shippingEstimate upc weight }`,
};

test.each(Object.entries(OPERATIONS))('%s', async (_name, operation) => {
  const [query, variables] = typeof operation === 'string' ? [operation, {}] : operation;
  compare(await court.ours(query, variables), await court.stock(query, variables));
});

test('the comparison can fail', () => {
  expect(() => compare({ data: { a: 1 } }, { data: { a: 2 } })).toThrow();
  expect(() => compare({ data: { a: null } }, { data: { a: null }, errors: [{ message: 'x', path: ['a'] } as never] })).toThrow();
});

test('operations at random', async () => {
  const property = fc.asyncProperty(fc.nat(), async (seed) => {
    const { query, variables } = randomOperation(court.supergraph.api, seed);
    compare(await court.ours(query, variables), await court.stock(query, variables));
  });
  await fc.assert(property, { numRuns: RUNS });
});

/** Enough to find what broke the executor while it was written, in a few seconds. */
const RUNS = 150;
