import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { madeFiles, readRooms, staleFiles } from '#app/schema.ts';
import { compose } from './compose.ts';
import { loadSupergraph, subgraphUrls } from './supergraph.ts';

const SHARED = 'type Money @shareable { amountMinor: Int! }';
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])';
const room = (name: string, sdl: string) => ({ name, sdl: `${LINK}\n${sdl}`, url: `http://localhost/${name}` });

test('what is committed is what the schemas make: else run npm run schema', () => {
  expect(staleFiles(madeFiles())).toEqual([]);
});

test('the committed supergraph loads, and knows every room', () => {
  const sdl = readFileSync('schema/supergraph.graphql', 'utf8');
  expect([...subgraphUrls(sdl).keys()]).toEqual(readRooms().map(({ name }) => name));
  expect(loadSupergraph(sdl).api.getQueryType()?.getFields()).toHaveProperty('products');
});

test('rooms that contradict each other do not compose, and the error says what is wrong', () => {
  const one = room('one', 'type Query { a: Thing } type Thing @key(fields: "id") { id: ID! size: Int @shareable }');
  const other = room('other', 'type Query { b: Int } type Thing @key(fields: "id") { id: ID! size: String @shareable }');
  expect(() => compose([one, other], SHARED)).toThrow(/Thing\.size/);
});

test('a hint is an error: a field that is nullable in one room only', () => {
  const one = room('one', 'type Query { a: Thing } type Thing @key(fields: "id") { id: ID! size: Int! @shareable }');
  const other = room('other', 'type Query { b: Int } type Thing @key(fields: "id") { id: ID! size: Int @shareable }');
  expect(() => compose([one, other], SHARED)).toThrow(/INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE.*Thing\.size/);
});

test('a supergraph that needs a policy we do not enforce is refused', () => {
  const link = LINK.replace('"@key"', '"@key", "@policy"');
  const sdl = `${link}\ntype Query { a: Int @policy(policies: [["p"]]) }`;
  const { supergraph } = compose([{ name: 'one', sdl, url: '' }], SHARED);
  expect(() => loadSupergraph(supergraph)).toThrow(/policy/);
});
