import { expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';
import { MODULES, ROOM_NAMES, ROOM_ROUTES } from './modules.ts';
import { planFor, type Plan } from './plan.ts';

const SECRET = { SESSION_SECRET: 'x'.repeat(32) };
const ENGINES = { MYSQL_DSN: 'mysql://gomall:secret@localhost/gomall', KAFKA_BROKERS: 'localhost:9092', REDIS_ADDRESS: 'localhost:6379' };
const plan = (targets: string, environment: Record<string, string> = {}): Plan => planFor(readConfig([`--target=${targets}`], environment, '/nowhere'), MODULES, ROOM_NAMES);
const faults = (targets: string, environment: Record<string, string> = {}): string => {
  try {
    plan(targets, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults.join('\n');
    throw error;
  }
  return '';
};

test('all in one process: rooms, then messages, then the front door; nothing listens for other processes', () => {
  const { modules, crosses } = plan('all');
  expect(crosses).toBe(false);
  expect(modules).not.toContain('server');
  expect(modules).toEqual([...ROOM_NAMES, 'bus', 'router', 'web', 'dev', 'goods']);
});

test('rooms without the router listen for it, on whatever engines', () => {
  expect(plan(ROOM_NAMES.join(','), SECRET)).toEqual({ modules: [...ROOM_NAMES, 'bus', 'server'], roomsHere: ROOM_NAMES, roomsElsewhere: [], crosses: true });
});

test('the router alone reaches every room elsewhere', () => {
  expect(plan('router', { ...SECRET, MODULE_ADDRESSES: 'rooms=http://a:8090' })).toEqual({ modules: ['router'], roomsHere: [], roomsElsewhere: ROOM_NAMES, crosses: true });
  expect(plan('web', { ...SECRET, CONSUL_ADDRESS: 'localhost:8500' }).modules).toEqual(['router', 'web']);
});

test('a room of its own needs engines that it can share, and every one that is missing is named', () => {
  expect(plan('orders', { ...SECRET, ...ENGINES, MODULE_ADDRESSES: 'rooms=http://a:8090' }).modules).toEqual(['orders', 'bus', 'server']);
  const said = faults('orders,cart', { MODULE_ADDRESSES: 'users=http://a:8090' });
  expect(said).toMatch(/SESSION_SECRET[^]*MODULE_ADDRESSES for products, inventory, payments[^]*MYSQL_DSN_<ROOM> for cart, orders[^]*KAFKA_BROKERS[^]*REDIS_ADDRESS/);
  expect(faults('orders', { ...SECRET, KAFKA_BROKERS: 'b:9092', REDIS_ADDRESS: 'r:6379', MYSQL_DSN_ORDERS: 'mysql://orders:secret@m/orders', CONSUL_ADDRESS: 'c:8500' })).toBe('');
});

test('a target that is none is refused with those there are', () => {
  expect(faults('ordres')).toMatch(/ordres: no such module; there are all, users/);
  expect(faults('router', {})).toMatch(/SESSION_SECRET/);
});

test('addresses are read as a table, and what is none is said', () => {
  expect(readConfig([], { MODULE_ADDRESSES: 'orders=http://a:1, http://b:2/; users=https://c' }, '/nowhere').moduleAddresses).toEqual({ orders: ['http://a:1', 'http://b:2'], users: ['https://c'] });
  for (const wrong of ['orders', 'orders=a:1', 'orders=http://a/path', 'Orders=http://a']) expect(() => readConfig([], { MODULE_ADDRESSES: wrong }, '/nowhere')).toThrow(/is not ROOM=ADDRESS/);
});

test('routes that are passed on belong to rooms', () => {
  expect(ROOM_ROUTES.filter(({ room }) => !ROOM_NAMES.includes(room))).toEqual([]);
});
