import { expect, test } from 'vitest';
import { parseSmtpAddress } from './smtp-address.ts';

const plain = { host: 'mail.example', port: 587, tls: 'offered', account: null };

test.each([
  ['smtp://mail.example', plain],
  ['smtp://mail.example/', plain],
  ['smtp://localhost:25', { ...plain, host: 'localhost', port: 25, tls: 'off' }],
  ['smtp://[::1]:2525', { ...plain, host: '::1', port: 2525, tls: 'off' }],
  ['smtp://mail.example?requireTLS=true', { ...plain, tls: 'required' }],
  ['smtps://mail.example', { ...plain, port: 465, tls: 'whole' }],
  ['smtps://shop%40mail.example:p%2Fw@mail.example:4650', { ...plain, port: 4650, tls: 'whole', account: { user: 'shop@mail.example', password: 'p/w' } }],
])('%s is understood', (text, address) => expect(parseSmtpAddress(text)).toEqual(address));

test('a password goes over an encrypted connection only, unless the server is on this machine or the address says otherwise', () => {
  expect(parseSmtpAddress('smtp://shop:secret@mail.example').tls).toBe('required');
  expect(parseSmtpAddress('smtp://shop:secret@127.0.0.1:25').tls).toBe('off');
  expect(parseSmtpAddress('smtp://shop:secret@mail.example?requireTLS=false').tls).toBe('offered');
});

test.each([
  ['', 'no address'],
  ['mail.example:25', 'no address'],
  ['smtp://mail.example:99999', 'no address'],
  ['http://mail.example', 'http:// is not a scheme of mail'],
  ['smtp://', 'names no host'],
  ['smtp://mail.example/inbox', 'nothing follows'],
  ['smtp://shop@mail.example', 'an account without a password'],
  ['smtp://:hunter2@mail.example', 'a password without an account'],
  ['smtp://shop:hunter2/x@mail.example', 'percent-encode'],
  ['smtp://shop:%E0%A4%A@mail.example', 'percent-encoded'],
  ['smtp://mail.example?password=hunter2', '?password= is not known'],
  ['smtp://mail.example?requireTLS=yes', 'true or false'],
])('%s is refused with what is wrong', (text, problem) => {
  expect(() => parseSmtpAddress(text)).toThrow(problem);
  expect(() => parseSmtpAddress(text)).not.toThrow('hunter2');
});
