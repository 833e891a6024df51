import { parseOptions } from '@node-rs/argon2';
import { expect, test } from 'vitest';
import { ARGON2, HASHES_AT_ONCE, HASHES_WAITING, NOBODYS_HASH, createPasswords } from './password-hash.ts';

test('a password matches its hash, another one and nobody match nothing', async () => {
  const passwords = createPasswords();
  const hash = await passwords.hash('vexing-otter');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  await passwords.inTurn(async (matches) => {
    expect(await matches(hash, 'vexing-otter')).toBe(true);
    expect(await matches(hash, 'vexing-otters')).toBe(false);
    expect(await matches(null, 'vexing-otter')).toBe(false);
    expect(await matches(hash, 'vexing-otter'.repeat(100))).toBe(false);
  });
});

test('the hash for unknown people costs what real ones cost', () => {
  expect(parseOptions(NOBODYS_HASH)).toMatchObject(ARGON2);
});

test('a hash of weaker parameters is told apart', async () => {
  const passwords = createPasswords();
  expect(passwords.isOutdated(await passwords.hash('vexing-otter'))).toBe(false);
  expect(passwords.isOutdated('$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHQ$iWh06vD8Fy27wf9npn6FXWiCX4K6pW6Ue1Bnzz07Z8A')).toBe(true);
});

test('in a storm of sign-ins a named number is checked at once, a named number waits, and the rest is told when to come back', async () => {
  const passwords = createPasswords();
  let running = 0;
  let most = 0;
  let open = () => {};
  const door = new Promise<void>((resolve) => (open = resolve));
  const storm = Array.from({ length: HASHES_AT_ONCE + HASHES_WAITING + 5 }, () =>
    passwords.inTurn(async () => {
      most = Math.max(most, (running += 1));
      await door;
      running -= 1;
    }),
  );
  const settled = Promise.allSettled(storm);
  await expect(storm.at(-1)).rejects.toMatchObject({ code: 'LIMITED', retryAfterMs: expect.any(Number) });
  open();
  const outcomes = await settled;
  expect(most).toBe(HASHES_AT_ONCE);
  expect(outcomes.filter((one) => one.status === 'rejected')).toHaveLength(5);
});
