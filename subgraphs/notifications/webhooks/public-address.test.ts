import { expect, test } from 'vitest';
import { guardedLookup, isAllowedAddress, PrivateAddress, refusalOfUrl } from './public-address.ts';

test('addresses of the house, of nobody and of many are not public, in any notation', () => {
  for (const address of ['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '198.18.0.1', '::1', '::', 'fe80::1', 'fd00::1', 'ff02::1', '::ffff:10.0.0.1', '::ffff:127.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', '2001:db8::1', '2001::1', 'localhost', '']) {
    expect([address, isAllowedAddress(address, false)]).toEqual([address, false]);
  }
  for (const address of ['93.184.216.34', '8.8.8.8', '2606:4700::1111', '172.32.0.1', '100.128.0.1']) expect([address, isAllowedAddress(address, false)]).toEqual([address, true]);
  expect([isAllowedAddress('127.0.0.1', true), isAllowedAddress('::1', true), isAllowedAddress('10.0.0.1', true), isAllowedAddress('::ffff:127.0.0.1', true)]).toEqual([true, true, false, true]);
});

test('an endpoint is a public https address without a password in it', () => {
  expect(refusalOfUrl('https://partner.shop/hooks?x=1', false)).toBeNull();
  for (const [url, refusal] of [
    ['no address', 'URL_INVALID'], ['https://user:pass@partner.shop/', 'URL_INVALID'], [`https://partner.shop/${'x'.repeat(1_000)}`, 'URL_INVALID'], ['http://partner.shop/', 'URL_NOT_HTTPS'], ['ftp://partner.shop/', 'URL_NOT_HTTPS'],
    ['https://localhost/', 'URL_PRIVATE'], ['https://127.1/', 'URL_PRIVATE'], ['https://2130706433/', 'URL_PRIVATE'], ['https://0x7f.0.0.1/', 'URL_PRIVATE'], ['https://[::1]/', 'URL_PRIVATE'], ['https://[::ffff:a00:1]/', 'URL_PRIVATE'],
    ['https://10.0.0.1/', 'URL_PRIVATE'], ['https://metadata.google.internal/', 'URL_PRIVATE'], ['https://orders/', 'URL_PRIVATE'], ['http://localhost:9000/', 'URL_NOT_HTTPS'],
  ]) expect([url, refusalOfUrl(url!, false)]).toEqual([url, refusal]);
  expect([refusalOfUrl('http://localhost:9000/', true), refusalOfUrl('http://127.0.0.1:9000/', true), refusalOfUrl('http://10.0.0.1/', true)]).toEqual([null, null, 'URL_NOT_HTTPS']);
});

test('a name is checked each time it is looked up, and one private address among public ones is enough', async () => {
  const answers = [['93.184.216.34'], ['10.0.0.1'], ['93.184.216.34', '127.0.0.1'], []];
  const resolve: Parameters<typeof guardedLookup>[1] = (_, done) => done(null, answers.shift()!.map((address) => ({ address, family: 4 })));
  const look = () => new Promise((done) => guardedLookup(false, resolve)('rebinding.partner.shop', {}, (error, address) => done(error ?? address)));
  expect(await look()).toBe('93.184.216.34');
  for (let time = 0; time < 3; time++) expect(await look()).toBeInstanceOf(PrivateAddress);
});
