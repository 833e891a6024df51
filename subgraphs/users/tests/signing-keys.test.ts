import { afterEach, beforeEach, expect, test } from 'vitest';
import { jsonWebKeySet } from '#schema/asks.ts';
import { ACCESS_TOKEN_SECONDS } from '../access-token.ts';
import { KEY_KNOWN_AFTER_MS, KEY_KNOWN_BEFORE_MS, KEY_SIGNS_FOR_MS, createSigningKeys } from '../signing-keys.ts';
import { PASSWORD, openPeopleMall, type PeopleMall } from './people-mall.ts';

let people: PeopleMall;
beforeEach(async () => void (people = await openPeopleMall()));
afterEach(() => people.close());

const published = async () => (await people.deps().asker.ask(jsonWebKeySet, {})).keys.map((key) => key.kid as string);
const rotate = () => people.mall.runTask('users', 'users.rotate-signing-keys');
const signedBy = (accessToken: string): string => JSON.parse(Buffer.from(accessToken.split('.')[0]!, 'base64url').toString()).kid;

test('the first start makes one key, published without its private half, sealed at rest', async () => {
  const { keys } = await people.deps().asker.ask(jsonWebKeySet, {});
  expect(keys).toEqual([{ kty: 'OKP', crv: 'Ed25519', x: expect.any(String), kid: expect.any(String), alg: 'EdDSA', use: 'sig' }]);
  const [row] = await people.deps().database.query<{ sealed_key: string }>('select sealed_key from signing_keys');
  expect(Buffer.from(row!.sealed_key, 'base64url')).toHaveLength(12 + 16 + 32);
});

test('partners read the same keys over HTTP, and may keep them for less than a new key is known before it signs', async () => {
  const route = people.mall.room('users').room.routes![0]!;
  const response = await route.handle(new Request(`http://localhost:8080${route.path}`));
  expect(await response.json()).toEqual(await people.deps().asker.ask(jsonWebKeySet, {}));
  const seconds = Number(/max-age=(\d+)/.exec(response.headers.get('cache-control')!)![1]);
  expect(seconds * 1_000).toBeLessThan(KEY_KNOWN_BEFORE_MS);
});

test('a restart goes on with the same key', async () => {
  const before = await published();
  const { accessToken } = await people.register('ann');
  await people.mall.crash();
  expect(await published()).toEqual(before);
  await expect(people.verify(accessToken)).resolves.toBeDefined();
});

test('keys take turns: the next is known before it signs, the last is known after, and nobody’s token is refused', async () => {
  await people.register('ann');
  const signIn = async (): Promise<string> => (await people.login('ann@example.com', PASSWORD)).accessToken;
  const [first] = await published();

  await people.mall.advance(KEY_SIGNS_FOR_MS + 1_000);
  await rotate();
  const both = await published();
  expect(both).toHaveLength(2);
  expect(signedBy(await signIn())).toBe(first);

  await people.mall.advance(KEY_KNOWN_BEFORE_MS - ACCESS_TOKEN_SECONDS * 500);
  const last = await signIn();
  expect(signedBy(last)).toBe(first);
  await people.mall.advance(ACCESS_TOKEN_SECONDS * 500 + 1_000);
  await rotate();
  const next = await signIn();
  expect(signedBy(next)).toBe(both.find((kid) => kid !== first));
  await expect(people.verify(last)).resolves.toBeDefined();

  await people.mall.advance(KEY_KNOWN_AFTER_MS);
  await rotate();
  expect(await published()).toEqual([signedBy(next)]);
});

test('several processes start at once: one key is made', async () => {
  const { database, clock, ids, log } = people.deps();
  await database.transaction((tx) => tx.execute('delete from signing_keys'));
  const processes = Array.from({ length: 4 }, () =>
    createSigningKeys({ database, clock, ids, log, sealingKey: people.deps().secret('users.signing-keys') }),
  );
  await Promise.all(processes.map((one) => one.rotate()));
  const kids = new Set(await Promise.all(processes.map(async (one) => (await one.current()).kid)));
  expect(kids.size).toBe(1);
  expect(await published()).toEqual([...kids]);
});

test('keys sealed under another secret stay published but do not sign; a new one does', async () => {
  const { accessToken } = await people.register('ann');
  const { database, clock, ids, log } = people.deps();
  const [old] = await published();
  const other = createSigningKeys({ database, clock, ids, log, sealingKey: new Uint8Array(32).fill(7) });
  await other.rotate();
  expect((await other.current()).kid).not.toBe(old);
  expect(await published()).toContain(old);
  await expect(people.verify(accessToken)).resolves.toBeDefined();
});
