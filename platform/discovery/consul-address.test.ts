import { expect, test } from 'vitest';
import { parseConsulAddress } from './consul-address.ts';

const plain = { host: 'consul', port: 8500, tls: false, token: null, prefix: 'gomall' };

test.each([
  ['consul', plain],
  ['consul:9500', { ...plain, port: 9500 }],
  ['http://consul:80/', { ...plain, port: 80 }],
  ['[::1]:8500', { ...plain, host: '::1' }],
  ['https://consul', { ...plain, port: 8501, tls: true }],
  ['https://consul:443', { ...plain, port: 443, tls: true }],
  ['https://:se%40cret@consul:8501', { ...plain, port: 8501, tls: true, token: 'se@cret' }],
  ['https://consul:443?prefix=toys', { ...plain, port: 443, tls: true, prefix: 'toys' }],
])('%s is understood', (text, address) => expect(parseConsulAddress(text)).toEqual(address));

test.each([
  ['', 'no address'],
  ['consul:port', 'no address'],
  ['consul:99999', 'no address'],
  ['redis://consul', 'redis:// is not a scheme of Consul'],
  ['http://consul/v1', 'nothing else follows'],
  ['http://consul?token=hunter2', 'nothing else follows'],
  ['consul?prefix=a/b', 'the prefix must be'],
  ['http://hunter2@consul', 'tokens and no accounts'],
  ['http://:%E0%A4%A@consul', 'percent-encoded'],
])('%s is refused with what is wrong', (text, problem) => {
  expect(() => parseConsulAddress(text)).toThrow(problem);
  expect(() => parseConsulAddress(text)).not.toThrow('hunter2');
});
