import { expect, test } from 'vitest';
import { readMysqlAddress, readMysqlAddresses } from './mysql-address.ts';

const read = (text: string) => readMysqlAddress('MYSQL_DSN', text);

test('a URL and the form of Go say the same', () => {
  const expected = { host: 'db.example', port: 3307, user: 'gomall', password: 's3cret', schema: 'shop', tls: 'off', variable: 'MYSQL_DSN' };
  expect(read('mysql://gomall:s3cret@db.example:3307/shop')).toEqual(expected);
  expect(read('gomall:s3cret@tcp(db.example:3307)/shop?charset=utf8mb4&parseTime=True&loc=Local')).toEqual(expected);
});

test('port, password and schema may be left out', () => {
  expect(read('mysql://root@localhost')).toMatchObject({ port: 3306, password: '', schema: '' });
  expect(read('root@tcp(localhost)/')).toMatchObject({ port: 3306, password: '', schema: '' });
});

test('passwords may hold any sign: as it is in the form of Go, percent-encoded in a URL', () => {
  expect(read('a:p@ss:w/rd?@tcp(h:1)/s').password).toBe('p@ss:w/rd?');
  expect(read('mysql://a:p%40ss%2Fw@h/s').password).toBe('p@ss/w');
});

test('an address of IPv6 and encryption', () => {
  expect(read('mysql://a@[::1]:3306/s?tls=true')).toMatchObject({ host: '::1', tls: 'verify' });
  expect(read('a@tcp([::1]:3306)/s?tls=skip-verify')).toMatchObject({ host: '::1', port: 3306, tls: 'trust' });
});

test.each([
  ['localhost:3306', 'expected mysql://user:password@host:3306/gomall'],
  ['postgres://a:hush@h/s', 'begins with postgres://'],
  ['mysql://h/s', 'names no account'],
  ['a:hush@tcp(h:99999)/s', '99999 is no port'],
  ['a:hush@tcp(h)/s?charset=latin1', 'charset=latin1'],
  ['a:hush@tcp(h)/s-t', 'letters, digits and _'],
  ['mysql://a:hush@h/s?tls=maybe', 'tls=maybe'],
])('%s is refused with what was expected, and the password is not repeated', (text, words) => {
  expect(() => read(text)).toThrow(words);
  expect(() => read(text)).not.toThrow('hush');
});

test('the faults of all addresses are told at once', () => {
  expect(() => readMysqlAddresses({ MYSQL_DSN: 'nowhere', MYSQL_DSN_ORDERS: 'http://x', REDIS_ADDRESS: 'localhost' })).toThrow(/MYSQL_DSN: [^]*MYSQL_DSN_ORDERS: /);
});
