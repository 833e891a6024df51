import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_PASSWORD, appointAdmin, seedDemoAccounts } from '../index.ts';
import { openPeopleMall, type PeopleMall, type SignedIn } from './people-mall.ts';

let people: PeopleMall;
let admin: SignedIn;
beforeEach(async () => {
  people = await openPeopleMall();
  await seedDemoAccounts(people.deps());
  admin = await people.login('admin@gomall.example', DEMO_PASSWORD);
});
afterEach(() => people.close());

const setRoles = (userId: string, roles: string[], caller?: SignedIn) =>
  people.ask(
    `mutation ($input: SetUserRolesInput!) { setUserRoles(input: $input) { __typename ... on User { roles } ... on Refusal { code message } } }`,
    { input: { userId, roles } },
    caller,
  );
const list = (variables: Record<string, unknown>, caller?: SignedIn) =>
  people.ask(
    `query ($first: Int! = 20, $after: String, $search: String) { users(first: $first, after: $after, search: $search) { totalCount edges { cursor node { id email roles } } pageInfo { hasNextPage endCursor } } }`,
    variables,
    caller,
  );

test('the demo people can sign in with their roles; seeding again changes nothing and hashes nothing', async () => {
  const roles = [];
  for (const name of ['shopper', 'merchant', 'ops', 'partner', 'admin'])
    roles.push((await people.login(`${name}@gomall.example`, DEMO_PASSWORD)).user.roles);
  expect(roles).toEqual([['customer'], ['customer', 'merchant'], ['customer', 'ops'], ['customer', 'partner'], ['customer', 'admin']]);
  await people.settle();
  expect(people.letters).toEqual([]);
  expect(await people.statements(() => seedDemoAccounts(people.deps()))).toHaveLength(1);
});

test('whoever runs the mall appoints its first admin by e-mail address', async () => {
  const ann = await people.register('ann');
  expect(await appointAdmin(people.deps(), 'ANN@example.com')).toBe(true);
  expect(await appointAdmin(people.deps(), 'ann@example.com')).toBe(true);
  expect(await appointAdmin(people.deps(), 'nobody@example.com')).toBe(false);
  expect((await people.verify((await people.refresh(ann.refreshToken)).accessToken)).roles).toEqual(['customer', 'admin']);
});

test('only staff that may write sets roles, to known ones', async () => {
  const shopper = await people.login('shopper@gomall.example', DEMO_PASSWORD);
  expect((await setRoles(shopper.user.id, ['admin'], shopper)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  expect((await setRoles(shopper.user.id, ['admin'])).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  expect((await setRoles(shopper.user.id, ['owner'], admin)).errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT', fields: { 'input.roles': expect.any(String) } } },
  ]);
  expect((await setRoles(shopper.user.id, [], admin)).errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  expect((await setRoles('nobody', ['customer'], admin)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
});

test('changed roles are told, once', async () => {
  const shopper = await people.login('shopper@gomall.example', DEMO_PASSWORD);
  for (let time = 0; time < 2; time += 1)
    expect((await setRoles(shopper.user.id, ['merchant', 'customer'], admin)).data.setUserRoles.roles).toEqual(['customer', 'merchant']);
  await people.settle();
  const told = people.mall.told('users').filter(({ message }) => message.type === 'user.roles-changed');
  expect(told.map(({ message }) => message.data)).toEqual([{ userId: shopper.user.id, roles: ['customer', 'merchant'] }]);
});

test('two admins dismiss each other at once: one stays', async () => {
  const second = await people.register('second');
  await setRoles(second.user.id, ['admin'], admin);
  const answers = await Promise.all([setRoles(second.user.id, ['customer'], admin), setRoles(admin.user.id, ['customer'], admin)]);
  expect(answers.map(({ data }) => data.setUserRoles.__typename).sort()).toEqual(['AccountLimit', 'User']);
  expect(answers.find(({ data }) => data.setUserRoles.code)!.data.setUserRoles).toMatchObject({
    code: 'LAST_ADMIN',
    message: expect.any(String),
  });
});

test('staff pages through people, newest first, without gaps or repeats', async () => {
  for (const name of ['ann', 'bob', 'cid']) await people.register(name);
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const { data } = await list({ first: 3, after }, admin);
    expect(data.users.totalCount).toBe(8);
    seen.push(...data.users.edges.map((edge: any) => edge.node.email));
    after = data.users.pageInfo.hasNextPage ? data.users.pageInfo.endCursor : null;
  } while (after);
  expect(seen.slice(0, 3)).toEqual(['cid@example.com', 'bob@example.com', 'ann@example.com']);
  expect(new Set(seen).size).toBe(8);
});

test('people are found by part of name or address; wild cards are plain characters', async () => {
  await people.register('ann', { displayName: '100% Ann_Marie' });
  const emails = async (search: string) => (await list({ search }, admin)).data.users.edges.map((edge: any) => edge.node.email);
  expect(await emails('MARIE')).toEqual(['ann@example.com']);
  expect(await emails('gomall.example')).toHaveLength(5);
  expect(await emails('0%')).toEqual(['ann@example.com']);
  expect(await emails('n_m')).toEqual(['ann@example.com']);
  expect(await emails('%%')).toEqual([]);
});

test('a page is two statements; too large a page, a made-up cursor and a shopper are refused', async () => {
  expect(await people.statements(() => list({}, admin))).toHaveLength(2);
  expect((await list({ first: 101 }, admin)).errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT', fields: { first: expect.any(String) } } },
  ]);
  expect((await list({ first: 0 }, admin)).errors).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
  expect((await list({ after: 'made-up' }, admin)).errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT', fields: { after: expect.any(String) } } },
  ]);
  const shopper = await people.login('shopper@gomall.example', DEMO_PASSWORD);
  expect((await list({}, shopper)).errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
});
