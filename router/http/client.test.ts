import type { IncomingMessage } from 'node:http';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { systemIds } from '#platform/ids/system.ts';
import { clientAddress, languageOf, traceIdOf, trustedProxies } from './client.ts';

const from = (remoteAddress: string, forwarded?: string) => ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

test.each<[string | undefined, string]>([
  [undefined, 'en'], ['', 'en'], ['de-DE,de;q=0.9', 'en'], ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'], ['en;q=0.5, zh;q=0.7', 'zh'], ['en, zh', 'en'],
  ['zh;q=0, en;q=0.1', 'en'], ['ZH-hant', 'zh'], ['zhuang', 'en'], ['*', 'en'],
])('the language of "%s" is %s', (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test('no header breaks the language', () => {
  fc.assert(fc.property(fc.string(), (header) => ['en', 'zh'].includes(languageOf(header))));
});

test('nobody is believed about addresses unless trusted', () => {
  expect(clientAddress(from('203.0.113.5', '198.51.100.1'), trustedProxies([]))).toBe('203.0.113.5');
  expect(clientAddress(from('::ffff:203.0.113.5'), trustedProxies([]))).toBe('203.0.113.5');
});

test('behind trusted proxies the nearest address that is not one of them counts', () => {
  const proxies = trustedProxies(['10.0.0.0/8', '2001:db8::/32']);
  expect(clientAddress(from('10.1.2.3', '6.6.6.6, 198.51.100.1, 10.9.9.9'), proxies)).toBe('198.51.100.1');
  expect(clientAddress(from('2001:db8::1', '198.51.100.1'), proxies)).toBe('198.51.100.1');
  expect(clientAddress(from('10.1.2.3'), proxies)).toBe('10.1.2.3');
  expect(clientAddress(from('10.1.2.3', 'unknown'), proxies)).toBe('10.1.2.3');
  expect(clientAddress(from('10.1.2.3', '10.1.1.1, 10.2.2.2'), proxies)).toBe('10.1.1.1');
});

test.each(['10.0.0.0/33', 'proxy.example', '1.2.3', '10.0.0.0/x'])('"%s" is no network, and says so', (entry) => {
  expect(() => trustedProxies([entry])).toThrow(`"${entry}"`);
});

test('a trace that is given is kept, a broken one is replaced', () => {
  const given = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
  expect(traceIdOf({ traceparent: given }, systemIds)).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
  for (const traceparent of ['', 'x', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, given.toUpperCase()]) {
    expect(traceIdOf({ traceparent }, systemIds)).toMatch(/^[\da-f]{32}$/);
  }
});
