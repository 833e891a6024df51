import { expect, test } from 'vitest';
import { readArguments } from './arguments.ts';
import { placesFor, ROLES } from './roles.ts';
import { MODULES, ROOM_NAMES } from '../modules.ts';

test('without arguments the whole mall is started, a process a role', () => {
  expect(readArguments([])).toEqual({ command: 'start', replicas: {}, basePort: undefined });
  expect(placesFor({}).map(({ name }) => name)).toEqual(ROLES.map(({ name }) => name));
});

test('every room has exactly one role, and every role runs modules that there are', () => {
  expect(ROLES.flatMap(({ rooms }) => rooms).toSorted()).toEqual([...ROOM_NAMES].toSorted());
  expect(ROLES.flatMap(({ targets, onlyFirst }) => [...targets.split(','), ...(onlyFirst ? [onlyFirst] : [])]).filter((name) => !(name in MODULES))).toEqual([]);
});

test('of several processes of a room, one fills it', () => {
  const { replicas } = readArguments(['--replicas', 'products=2, orders=3', '--base-port=8100']);
  expect(placesFor(replicas).filter(({ role }) => role.name === 'products').map(({ name, targets }) => [name, targets])).toEqual([['products-1', 'products,goods'], ['products-2', 'products']]);
  expect(placesFor(replicas).filter(({ role }) => role.name === 'orders')).toHaveLength(3);
});

test.each([
  [['--replicas', 'order=2'], /there is no order; there are products/],
  [['--replicas', 'orders=0'], /orders=0: 1 to 16/],
  [['--replicas', 'orders'], /"orders" is not NAME=NUMBER/],
  [['--base-port', '80'], /"80" is no port from 1024/],
  [['rolling', 'fast'], /rolling fast: no such command/],
  [['--replica', 'orders=2'], /Unknown option '--replica'/],
])('%j is refused', (argv, message) => {
  expect(() => readArguments(argv)).toThrow(message);
});
