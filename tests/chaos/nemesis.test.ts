import { expect, test } from 'vitest';
import { seeded } from '#platform/bus/rude.ts';
import { drawPairs, faultsFor } from './faults.ts';
import { drawVisit } from './visit.ts';

const faults = faultsFor({ consul: 'localhost:8500' });
const names = (seed: number, count: number) => drawPairs(faults, count, seeded(seed)).map((pair) => pair.map(({ name }) => name));

test('a seed gives the same pairs and the same visits again, another one others', () => {
  const visits = (seed: number) => {
    const random = seeded(seed);
    return Array.from({ length: 20 }, () => drawVisit(random));
  };
  expect(names(7, 10)).toEqual(names(7, 10));
  expect(names(7, 10)).not.toEqual(names(8, 10));
  expect(visits(7)).toEqual(visits(7));
  expect(visits(7)).not.toEqual(visits(8));
});

test('ten pairs have every module and every engine in them, whatever the seed', () => {
  for (let seed = 0; seed < 200; seed++) {
    const drawn = new Set(drawPairs(faults, 10, seeded(seed)).flat().flatMap(({ targets }) => targets));
    expect(new Set(faults.flatMap(({ targets }) => targets)).difference(drawn), `seed ${seed}`).toEqual(new Set());
  }
});

test('two faults of a pair touch different things', () => {
  for (let seed = 0; seed < 200; seed++) {
    for (const [first, second] of drawPairs(faults, 10, seeded(seed))) expect(first.targets.filter((target) => second.targets.includes(target))).toEqual([]);
  }
});
