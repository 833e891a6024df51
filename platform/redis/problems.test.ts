import { expect, test } from 'vitest';
import { parseRedisAddress } from './address.ts';
import { explain } from './problems.ts';

const address = parseRedisAddress('redis://mall:secret@cache:6379/3?prefix=shop');
const coded = (code: string, message = '') => Object.assign(new Error(message), { code });

test.each([
  ['WRONGPASS invalid username-password pair or user is disabled.', 'user "mall"', true],
  ['NOAUTH HELLO must be called with the client already authenticated', 'wants a password', true],
  ["NOPERM User mall has no permissions to run the 'eval' command", 'ACL SETUSER mall on ~shop:* &shop:*', true],
  ['DENIED Redis is running in protected mode because', 'protected mode', true],
  ['ERR DB index is out of range', 'no database 3', true],
  ['MOVED 3999 127.0.0.1:6381', 'node of a cluster', true],
  ["READONLY You can't write against a read only replica.", 'address of the primary', true],
  ["ERR unknown command 'EVAL', with args beginning with:", 'Redis 6 or newer', true],
  ["OOM command not allowed when used memory > 'maxmemory'. script: 1, on @user_script:3.", 'raise maxmemory', false],
  ['MISCONF Redis is configured to save RDB snapshots, but it is currently not able to persist on disk.', 'free space', false],
  ['LOADING Redis is loading the dataset in memory', 'still loading', false],
  ['Command timed out', 'does not answer in time', false],
  ['Connection is closed.', 'closed the connection', false],
  ['something new', 'failed: Error something new', false],
])('"%s" is put as "%s"', (said, words, lasting) => {
  const problem = explain(new Error(said), address);
  expect(problem).toMatchObject({ words: expect.stringContaining(words), lasting });
  expect(problem.words).toMatch(/^Redis at cache:6379 /);
  expect(problem.words).not.toContain('secret');
});

test.each([
  [coded('CERT_HAS_EXPIRED', 'certificate has expired'), 'has expired', true],
  [coded('DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'), 'NODE_EXTRA_CA_CERTS', true],
  [coded('ERR_TLS_CERT_ALTNAME_INVALID', "Hostname/IP does not match certificate's altnames"), 'the name it was made for', true],
  [coded('EPROTO', 'wrong version number'), 'redis:// instead of rediss://', true],
  [coded('ENOTFOUND', 'getaddrinfo ENOTFOUND cache'), 'no machine is called cache', false],
  [new AggregateError([coded('ECONNREFUSED', 'connect ::1'), coded('ECONNREFUSED', 'connect 127.0.0.1')]), 'nothing listens on this port', false],
  [coded('ETIMEDOUT', 'connect ETIMEDOUT'), 'does not answer in time', false],
])('%s of a connection is put in words', (error, words, lasting) => expect(explain(error, address)).toMatchObject({ words: expect.stringContaining(words), lasting }));
