import type { ExecutionResult } from 'graphql';
import { expect } from 'vitest';
import { ENTITY_TROUBLE } from './market.ts';

type Errors = readonly { message: string; path?: readonly (string | number)[] | undefined; extensions?: Record<string, unknown> | undefined }[];

/**
 * Holds our answer against the stock executor's: equal data, and equal errors of subgraphs. Where a null may not be, the
 * stock executor follows the specification only half: it tells such errors apart (`extensions.valueCompletion`), and
 * only when there is no other. Ours are errors like others, so its are looked for among ours.
 */
export function compare(ours: ExecutionResult, stock: ExecutionResult & { extensions?: { valueCompletion?: unknown } }): void {
  expect(ours.data).toEqual(stock.data);
  const told = (ours.errors ?? []) as Errors;
  const [fromSubgraphs, own] = split(told, (error) => error.extensions?.serviceName !== undefined);
  const theirs = (stock.errors ?? []) as Errors;
  expect(new Set(fromSubgraphs.map(cause))).toEqual(new Set(theirs.map(cause)));
  // The stock executor tells a fetch that failed at no place, and an entity that failed at the entity; ours at each field
  // that misses it, if any is left to.
  const unlike = theirs.filter((error) => hasPlace(error) && !ENTITY_TROUBLE.test(error.message) && !fromSubgraphs.some((each) => cause(each) === cause(error) && isAtOrBelow(each, error)));
  expect(unlike).toEqual([]);
  const astray = told.filter(({ path }) => path && !meetsNothing(ours.data, path));
  expect(astray).toEqual([]);
  const completion = (stock.extensions?.valueCompletion ?? []) as Errors;
  expect(own.map(place)).toEqual(expect.arrayContaining(completion.map(place)));
  if (!stock.errors) expect(own.map(place).toSorted()).toEqual(completion.map(place).toSorted());
}

const split = (errors: Errors, holds: (error: Errors[number]) => boolean): [Errors, Errors] => [errors.filter(holds), errors.filter((error) => !holds(error))];
const place = ({ path }: Errors[number]) => JSON.stringify(path);
const cause = ({ message, extensions }: Errors[number]) => JSON.stringify([message, extensions?.serviceName]);
const hasPlace = ({ path }: Errors[number]) => path !== undefined && !path.includes('@') && !path.includes('_entities');

/** Positions in lists are left out: the stock executor counts wrong where entities were left out of a fetch. */
function isAtOrBelow({ path = [] }: Errors[number], { path: above = [] }: Errors[number]): boolean {
  return above.every((step, index) => step === path[index] || (typeof step === 'number' && typeof path[index] === 'number'));
}

/** Whether following `path` through the answer ends at a null or at a field that was not asked for. */
function meetsNothing(data: unknown, path: readonly (string | number)[]): boolean {
  let value = data;
  for (const step of path) {
    if (value === null || value === undefined) return true;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value === null || value === undefined;
}
