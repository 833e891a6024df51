import { readFileSync } from 'node:fs';
import type { PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { parse, separateOperations, validate } from 'graphql';
import { expect, test } from 'vitest';
import { loadSupergraph } from './supergraph.ts';
import { createPlanner } from './plan.ts';

const supergraph = loadSupergraph(readFileSync('schema/supergraph.graphql', 'utf8'));
const contract = separateOperations(parse(readFileSync('schema/operations/contract.graphql', 'utf8')));

/** Fetches and levels of each operation that shoppers wait for: more of either is a slower shop. */
const COSTS: Record<string, [fetches: number, levels: number]> = {
  ProductList: [2, 2], Search: [2, 2], AddToCart: [2, 2], SetCartLine: [2, 2], Cart: [2, 2], CartChanged: [2, 2], PlaceOrder: [2, 2],
  Order: [2, 2], OrderChanged: [2, 2], CancelOrder: [2, 2], Viewer: [3, 2], ProductDetail: [5, 3], Recommended: [3, 3], Categories: [1, 1], Register: [1, 1], Login: [1, 1],
};

test.each(Object.entries(COSTS))('%s costs %j fetches and levels', (name, expected) => {
  const document = contract[name]!;
  expect(validate(supergraph.api, document)).toEqual([]);
  const { node } = createPlanner(supergraph).prepare(document).plan(new Map());
  expect(cost(node)).toEqual(expected);
});

test('an operation is planned once, and the oldest is forgotten when there are too many', () => {
  const planner = createPlanner(supergraph, 2);
  const [first, second, third] = ['{ categories { id } }', '{ categories { slug } }', '{ categories { name } }'].map((query) => parse(query));
  const prepared = planner.prepare(first!);
  expect(planner.prepare(parse('{ categories { id } }'))).toBe(prepared);
  expect(prepared.plan(new Map())).toBe(prepared.plan(new Map()));
  planner.prepare(second!);
  planner.prepare(third!);
  expect(planner.kept).toBe(2);
  expect(planner.prepare(first!)).not.toBe(prepared);
});

test('operations of one document are kept apart', () => {
  const planner = createPlanner(supergraph);
  const document = parse('query A { categories { id } } query B { categories { slug } }');
  expect(planner.prepare(document, 'A').operation.definition.name!.value).toBe('A');
  expect(planner.prepare(document, 'B').operation.definition.name!.value).toBe('B');
  expect(() => planner.prepare(document)).toThrow(/operation name/);
  expect(() => planner.prepare(document, 'C')).toThrow(/"C"/);
});

function cost(node: QueryPlan['node'] | PlanNode | SubscriptionNode): [number, number] {
  switch (node?.kind) {
    case undefined: return [0, 0];
    case 'Fetch': return [1, 1];
    case 'Flatten': return cost(node.node);
    case 'Sequence': return node.nodes.map(cost).reduce(([fetches, levels], [more, deeper]) => [fetches + more, levels + deeper], [0, 0]);
    case 'Parallel': return node.nodes.map(cost).reduce(([fetches, levels], [more, deep]) => [fetches + more, Math.max(levels, deep)], [0, 0]);
    case 'Subscription': return cost({ kind: 'Sequence', nodes: [node.primary, ...(node.rest ? [node.rest] : [])] });
    default: throw new Error(`unexpected ${node!.kind}`);
  }
}
