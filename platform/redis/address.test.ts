import { expect, test } from 'vitest';
import { parseRedisAddress } from './address.ts';

const plain = { host: 'cache', port: 6379, username: null, password: null, database: 0, tls: false, prefix: 'gomall' };

test.each([
  ['cache', plain],
  ['cache:7000', { ...plain, port: 7000 }],
  ['127.0.0.1:6379', { ...plain, host: '127.0.0.1' }],
  ['[::1]:6380', { ...plain, host: '::1', port: 6380 }],
  ['redis://cache', plain],
  ['redis://:p%40ss@cache/3', { ...plain, password: 'p@ss', database: 3 }],
  ['rediss://mall:secret@cache:6380/1?prefix=shop-1', { ...plain, port: 6380, username: 'mall', password: 'secret', database: 1, tls: true, prefix: 'shop-1' }],
])('%s is understood', (text, address) => expect(parseRedisAddress(text)).toEqual(address));

test.each([
  ['', 'no address'],
  ['cache:port', 'no address'],
  ['cache:99999', 'no address'],
  ['http://cache:6379', 'http:// is not a scheme of Redis'],
  ['redis://cache/orders', 'number of a database'],
  ['redis://cache?password=hunter2', '?password= is not known'],
  ['redis://cache?prefix=a{b}', 'the prefix must be'],
  ['redis://:%E0%A4%A@cache', 'percent-encoded'],
])('%s is refused with what is wrong', (text, problem) => {
  expect(() => parseRedisAddress(text)).toThrow(problem);
  expect(() => parseRedisAddress(text)).not.toThrow('hunter2');
});
