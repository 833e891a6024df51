import { readFileSync } from 'node:fs';
import { Supergraph } from '@apollo/federation-internals';
import { isInterfaceType, isObjectType, isUnionType, validate, type GraphQLObjectType } from 'graphql';
import { expect, test } from 'vitest';
import { contractDocuments, notBuilt } from './documents.ts';

/** The stock library refuses `for: SECURITY`; the router enforces those directives itself. */
const supergraph = readFileSync('schema/supergraph.graphql', 'utf8').replaceAll(', for: SECURITY)', ')');
const api = Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
const documents = contractDocuments();

test.each(documents.filter(({ name }) => !(name in notBuilt)))('$name validates against the supergraph', ({ document }) => {
  expect(validate(api, document).map((error) => error.message)).toEqual([]);
});

test('a document listed as not built does not validate, and none is listed that is not there', () => {
  const listed = documents.filter(({ name }) => name in notBuilt);
  expect(listed.filter(({ document }) => validate(api, document).length === 0).map(({ name }) => name)).toEqual([]);
  expect(Object.keys(notBuilt).filter((name) => !documents.some((document) => document.name === name))).toEqual([]);
});

test("every mutation's union holds a type that implements Refusal", () => {
  const refusal = api.getType('Refusal');
  if (!isInterfaceType(refusal)) throw new Error('Refusal is not an interface');
  const without = Object.values(api.getMutationType()!.getFields()).filter(
    ({ type }) => !isUnionType(type) || !type.getTypes().some((member: GraphQLObjectType) => member.getInterfaces().includes(refusal)),
  );
  expect(without.map(({ name }) => name)).toEqual([]);
});

test('connections are Relay connections', () => {
  const odd = Object.values(api.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => name.endsWith('Connection'))
    .filter((type) => ['totalCount', 'edges', 'pageInfo'].some((field) => !(field in type.getFields())));
  expect(odd.map(({ name }) => name)).toEqual([]);
});
