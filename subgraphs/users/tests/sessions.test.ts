import { afterEach, beforeEach, expect, test } from 'vitest';
import { ACCESS_TOKEN_SECONDS } from '../access-token.ts';
import { REPLAY_WINDOW_MS, SESSION_IDLE_MS, SESSION_LIFE_MS, digestOf } from '../sessions.ts';
import { SESSIONS_KEPT_MS } from '../retention.ts';
import { PASSWORD, crown, openPeopleMall, type PeopleMall } from './people-mall.ts';

let people: PeopleMall;
beforeEach(async () => void (people = await openPeopleMall()));
afterEach(() => people.close());

const ENDED = { __typename: 'SessionEnded', code: 'SESSION_ENDED' };
const REUSED = { __typename: 'SessionEnded', code: 'TOKEN_REUSED' };
const HOUR_MS = 3_600_000;

test('an access token names issuer, person, roles and session, and lives ten minutes', async () => {
  const { accessToken, user, expiresInSeconds } = await people.register('ann');
  const claims = await people.verify(accessToken);
  expect(claims).toMatchObject({ iss: 'gomall', sub: user.id, roles: ['customer'], sid: expect.any(String) });
  expect(claims.exp! - claims.iat!).toBe(ACCESS_TOKEN_SECONDS);
  expect(expiresInSeconds).toBe(600);
});

test('an expired, a forged and an unsigned access token are not believed', async () => {
  const { accessToken } = await people.register('ann');
  const [header, payload, signature] = accessToken.split('.') as [string, string, string];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  await expect(people.verify([header, encode({ ...claims, roles: ['admin'] }), signature].join('.'))).rejects.toThrow(/signature/);
  await expect(people.verify([encode({ alg: 'none' }), payload, ''].join('.'))).rejects.toThrow();
  await expect(people.verify([encode({ alg: 'EdDSA', kid: 'made-up' }), payload, signature].join('.'))).rejects.toThrow();
  await people.mall.advance(ACCESS_TOKEN_SECONDS * 1_000 + 1_000);
  await expect(people.verify(accessToken)).rejects.toThrow(/exp/);
});

test('a refresh spends the token for a new session of the same person; only hashes are stored', async () => {
  const first = await people.register('ann');
  const second = await people.refresh(first.refreshToken);
  expect(second).toMatchObject({ __typename: 'Session', user: { id: first.user.id, email: 'ann@example.com' } });
  expect(second.refreshToken).not.toBe(first.refreshToken);
  const stored = await people.deps().database.query<{ token_hash: string }>('select * from refresh_tokens');
  expect(stored.map(({ token_hash }) => token_hash).sort()).toEqual([first.refreshToken, second.refreshToken].map(digestOf).sort());
  expect(JSON.stringify(stored)).not.toContain(second.refreshToken);
  expect(await people.refresh(second.refreshToken)).toMatchObject({ __typename: 'Session' });
});

test('a spent token that comes again later ends the whole family, also its newest token', async () => {
  const first = await people.register('ann');
  const second = await people.refresh(first.refreshToken);
  await people.mall.advance(REPLAY_WINDOW_MS + 1_000);
  expect(await people.refresh(first.refreshToken)).toMatchObject(REUSED);
  expect(await people.refresh(second.refreshToken)).toMatchObject(ENDED);
  expect(await people.refresh(first.refreshToken)).toMatchObject(ENDED);
});

test('a token whose successor was spent ends the family even at once', async () => {
  const first = await people.register('ann');
  const second = await people.refresh(first.refreshToken);
  const third = await people.refresh(second.refreshToken);
  expect(await people.refresh(first.refreshToken)).toMatchObject(REUSED);
  expect(await people.refresh(third.refreshToken)).toMatchObject(ENDED);
});

test('two tabs refresh one token in one instant: both go on, with one and the same successor', async () => {
  const first = await people.register('ann');
  const answers = await Promise.all(Array.from({ length: 8 }, () => people.refresh(first.refreshToken)));
  expect(answers.map(({ __typename }) => __typename)).toEqual(Array.from({ length: 8 }, () => 'Session'));
  expect(new Set(answers.map(({ refreshToken }) => refreshToken)).size).toBe(1);
  expect(await people.refresh(answers[0].refreshToken)).toMatchObject({ __typename: 'Session' });
});

test('a client whose answer was lost asks again within the window and goes on', async () => {
  const first = await people.register('ann');
  const lost = await people.refresh(first.refreshToken);
  await people.mall.advance(REPLAY_WINDOW_MS - 2_000);
  expect((await people.refresh(first.refreshToken)).refreshToken).toBe(lost.refreshToken);
});

test('a thief who replays within the window is found out at the next refresh that is late', async () => {
  const victim = await people.register('ann');
  const ofVictim = await people.refresh(victim.refreshToken);
  const ofThief = await people.refresh(victim.refreshToken);
  await people.mall.advance(10 * 60_000);
  expect(await people.refresh(ofThief.refreshToken)).toMatchObject({ __typename: 'Session' });
  await people.mall.advance(60_000);
  expect(await people.refresh(ofVictim.refreshToken)).toMatchObject(REUSED);
});

test('a made-up token is refused without touching the writer', async () => {
  const statements = await people.statements(() => people.refresh('made-up'));
  expect(statements.map((text) => text.split(' ')[0])).toEqual(['select']);
  expect(await people.refresh('')).toMatchObject(ENDED);
});

test('a refresh costs five statements', async () => {
  const { refreshToken } = await people.register('ann');
  const statements = await people.statements(() => people.refresh(refreshToken));
  // Who holds it; the session touched, the token spent, its successor kept; the person of the answer.
  expect(statements.map((text) => text.split(' ')[0])).toEqual(['select', 'update', 'update', 'insert', 'select']);
});

test('a session nobody uses runs out, and any session in the end', async () => {
  const idle = await people.register('ann');
  await people.mall.advance(SESSION_IDLE_MS + 1_000);
  expect(await people.refresh(idle.refreshToken)).toMatchObject(ENDED);
  let busy = await people.login('ann@example.com', PASSWORD);
  for (let passed = 0; passed < SESSION_LIFE_MS - SESSION_IDLE_MS / 2; passed += SESSION_IDLE_MS / 2) {
    await people.mall.advance(SESSION_IDLE_MS / 2);
    busy = await people.refresh(busy.refreshToken);
    expect(busy.__typename).toBe('Session');
  }
  await people.mall.advance(SESSION_IDLE_MS / 2 + 1_000);
  expect(await people.refresh(busy.refreshToken)).toMatchObject(ENDED);
});

test('signing out ends the session, once', async () => {
  const { refreshToken } = await people.register('ann');
  const logout = async (token: string) =>
    (await people.ask(`mutation ($token: String!) { logout(refreshToken: $token) { __typename ... on Refusal { code } } }`, { token })).data
      .logout;
  expect(await logout(refreshToken)).toEqual({ __typename: 'LoggedOut' });
  expect(await people.refresh(refreshToken)).toMatchObject(ENDED);
  expect(await logout(refreshToken)).toMatchObject(ENDED);
  expect(await logout('made-up')).toMatchObject(ENDED);
});

test('a person sees where they are signed in and ends the lost phone; nobody else’s', async () => {
  const laptop = await people.register('ann');
  const phone = await people.login('ann@example.com', PASSWORD);
  const stranger = await people.register('bob');
  const list = async () =>
    (await people.ask(`{ viewer { sessions { id createdAt lastUsedAt current } } }`, {}, laptop)).data.viewer.sessions;
  const sessions = await list();
  expect(sessions).toHaveLength(2);
  expect(sessions.filter((one: any) => one.current)).toHaveLength(1);
  const lost = sessions.find((one: any) => !one.current);
  const end = (id: string, caller: { accessToken: string }) =>
    people.ask(`mutation ($id: ID!) { endSession(id: $id) { __typename } }`, { id }, caller);
  expect((await end(lost.id, stranger)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  expect((await end(lost.id, laptop)).data.endSession).toEqual({ __typename: 'User' });
  expect(await list()).toHaveLength(1);
  expect(await people.refresh(phone.refreshToken)).toMatchObject(ENDED);
  expect(await people.refresh(laptop.refreshToken)).toMatchObject({ __typename: 'Session' });
});

test('new roles are in the token of the next refresh', async () => {
  const admin = await people.register('ada');
  await crown(people, admin.user.id);
  const staff = await people.refresh(admin.refreshToken);
  const bob = await people.register('bob');
  const set = `mutation ($input: SetUserRolesInput!) { setUserRoles(input: $input) { __typename ... on User { roles } } }`;
  const { data } = await people.ask(set, { input: { userId: bob.user.id, roles: ['merchant', 'customer'] } }, staff);
  expect(data.setUserRoles).toEqual({ __typename: 'User', roles: ['customer', 'merchant'] });
  const next = await people.refresh(bob.refreshToken);
  expect((await people.verify(next.accessToken)).roles).toEqual(['customer', 'merchant']);
});

test('what is over is forgotten, what lives stays', async () => {
  await people.register('ann');
  await people.settle();
  const { database } = people.deps();
  const count = async (table: string) => (await database.query<{ n: number }>(`select count(*) as n from ${table}`))[0]!.n;
  await people.mall.advance(SESSION_IDLE_MS + SESSIONS_KEPT_MS + HOUR_MS);
  const alive = await people.login('ann@example.com', PASSWORD);
  await people.mall.runTask('users', 'users.forget-old');
  expect([await count('account_sessions'), await count('refresh_tokens'), await count('account_letters')]).toEqual([1, 1, 0]);
  expect(await people.refresh(alive.refreshToken)).toMatchObject({ __typename: 'Session' });
});
