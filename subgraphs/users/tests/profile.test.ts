import { afterEach, beforeEach, expect, test } from 'vitest';
import { userProfiles } from '#schema/asks.ts';
import { MAX_ADDRESSES } from '../address.ts';
import { crown, openPeopleMall, type PeopleMall, type SignedIn } from './people-mall.ts';

let people: PeopleMall;
beforeEach(async () => void (people = await openPeopleMall()));
afterEach(() => people.close());

const HOME = { fullName: 'Ann Smith', line1: '1 Main St', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };
const SAVE = `mutation ($input: SaveAddressInput!) { saveAddress(input: $input) { __typename ... on User { addresses { id line1 isDefault } } ... on Refusal { code message } } }`;
const save = async (input: Record<string, unknown>, caller: SignedIn) => (await people.ask(SAVE, { input }, caller)).data.saveAddress;
const remove = (id: string, caller: SignedIn) =>
  people.ask(`mutation ($id: ID!) { removeAddress(id: $id) { ... on User { addresses { id isDefault } } } }`, { id }, caller);

async function staff(): Promise<SignedIn> {
  const admin = await people.register('ada');
  await crown(people, admin.user.id);
  return people.refresh(admin.refreshToken);
}

test('a guest has no viewer; a shopper sees all of themselves', async () => {
  expect((await people.ask(`{ viewer { id } }`)).data).toEqual({ viewer: null });
  const ann = await people.register('ann');
  const { data } = await people.ask(`{ viewer { id email displayName roles emailVerified language createdAt addresses { id } } }`, {}, ann);
  expect(data.viewer).toMatchObject({
    id: ann.user.id,
    email: 'ann@example.com',
    displayName: 'ann',
    roles: ['customer'],
    emailVerified: false,
    language: 'en',
    addresses: [],
  });
  expect(Math.abs(Date.parse(data.viewer.createdAt) - people.mall.clock.nowMs())).toBeLessThan(60_000);
});

test('Viewer with its address book costs two statements', async () => {
  const ann = await people.register('ann');
  await save(HOME, ann);
  const query = `{ viewer { id email displayName roles addresses { id fullName line1 city postalCode countryCode } } }`;
  expect(await people.statements(() => people.ask(query, {}, ann))).toHaveLength(2);
});

const ENTITIES = `query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { id email displayName roles emailVerified language createdAt addresses { id } sessions { id } } } }`;

test('of others everybody sees the name and nothing else, by whichever way', async () => {
  const ann = await people.register('ann');
  const bob = await people.register('bob');
  const ask = async (caller?: SignedIn) =>
    (await people.ask(ENTITIES, { people: [{ __typename: 'User', id: ann.user.id }] }, caller)).data._entities[0];
  const nameOnly = {
    id: ann.user.id,
    displayName: 'ann',
    email: null,
    roles: null,
    emailVerified: null,
    language: null,
    createdAt: null,
    addresses: null,
    sessions: null,
  };
  expect(await ask()).toEqual(nameOnly);
  expect(await ask(bob)).toEqual(nameOnly);
  expect(await ask(ann)).toMatchObject({ email: 'ann@example.com', roles: ['customer'], sessions: [{}] });
  expect(await ask(await staff())).toMatchObject({ email: 'ann@example.com', addresses: [] });
});

test('a hundred references of one operation cost one statement; an unknown id is null and costs nobody else', async () => {
  const ann = await people.register('ann');
  const bob = await people.register('bob');
  const ids = Array.from({ length: 100 }, (_, at) => [ann.user.id, bob.user.id, 'nobody'][at % 3]!);
  let answer: any;
  const statements = await people.statements(async () => {
    answer = await people.ask(`query ($people: [_Any!]!) { _entities(representations: $people) { ... on User { displayName } } }`, {
      people: ids.map((id) => ({ __typename: 'User', id })),
    });
  });
  expect(statements).toHaveLength(1);
  expect(answer.data._entities.slice(0, 3)).toEqual([{ displayName: 'ann' }, { displayName: 'bob' }, null]);
  expect(answer.errors).toBeUndefined();
});

test('other rooms ask how to address people, in one statement', async () => {
  const ann = await people.register('ann', {}, { language: 'zh' });
  const statements = await people.statements(async () => {
    expect(await people.deps().asker.ask(userProfiles, { userIds: [ann.user.id, 'nobody'] })).toEqual([
      { userId: ann.user.id, displayName: 'ann', email: 'ann@example.com', language: 'zh' },
    ]);
  });
  expect(statements).toHaveLength(1);
});

test('a profile changes in what is given', async () => {
  const ann = await people.register('ann');
  const update = (input: Record<string, unknown>, caller?: SignedIn) =>
    people.ask(
      `mutation ($input: UpdateProfileInput!) { updateProfile(input: $input) { ... on User { displayName language } } }`,
      { input },
      caller,
    );
  expect((await update({ language: 'zh' }, ann)).data.updateProfile).toEqual({ displayName: 'ann', language: 'zh' });
  expect((await update({ displayName: ' 安 ', language: null }, ann)).data.updateProfile).toEqual({ displayName: '安', language: 'zh' });
  expect((await update({ displayName: ' ', language: 'tlh' }, ann)).errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT', fields: { 'input.displayName': expect.any(String), 'input.language': expect.any(String) } } },
  ]);
  expect((await update({ language: 'zh' })).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('an address book has one default: the first, then whichever is chosen', async () => {
  const ann = await people.register('ann');
  await save(HOME, ann);
  await save({ ...HOME, line1: '2 Side St' }, ann);
  const chosen = await save({ ...HOME, line1: '3 Back St', isDefault: true }, ann);
  expect(chosen.addresses.map((one: any) => [one.line1, one.isDefault])).toEqual([
    ['3 Back St', true],
    ['1 Main St', false],
    ['2 Side St', false],
  ]);
  const unchosen = await save({ ...HOME, id: chosen.addresses[0].id, line1: '4 Back St', isDefault: false }, ann);
  expect(unchosen.addresses[0]).toEqual({ id: chosen.addresses[0].id, line1: '4 Back St', isDefault: true });
});

test('when the default is taken away another one is the default', async () => {
  const ann = await people.register('ann');
  await save(HOME, ann);
  const { addresses } = await save({ ...HOME, line1: '2 Side St' }, ann);
  const left = (await remove(addresses[0].id, ann)).data.removeAddress.addresses;
  expect(left).toEqual([{ id: addresses[1].id, isDefault: true }]);
  expect((await remove(left[0].id, ann)).data.removeAddress.addresses).toEqual([]);
});

test('twenty-five addresses at once: twenty are kept, five are refused, one is the default', async () => {
  const ann = await people.register('ann');
  const answers = await Promise.all(
    Array.from({ length: MAX_ADDRESSES + 5 }, (_, at) => save({ ...HOME, line1: `${at} Main St`, isDefault: true }, ann)),
  );
  expect(answers.filter(({ __typename }) => __typename === 'AccountLimit')).toHaveLength(5);
  expect(answers.find(({ __typename }) => __typename === 'AccountLimit')).toMatchObject({
    code: 'ADDRESS_LIMIT',
    message: expect.stringContaining('20'),
  });
  const { addresses } = (await people.ask(`{ viewer { addresses { isDefault } } }`, {}, ann)).data.viewer;
  expect(addresses).toHaveLength(MAX_ADDRESSES);
  expect(addresses.filter((one: any) => one.isDefault)).toHaveLength(1);
});

test('another person’s address cannot be changed or taken away; a wrong one names its fields', async () => {
  const ann = await people.register('ann');
  const bob = await people.register('bob');
  const { addresses } = await save(HOME, ann);
  const stolen = await people.ask(SAVE, { input: { ...HOME, id: addresses[0].id, fullName: 'Bob' } }, bob);
  expect(stolen.errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  expect((await remove(addresses[0].id, bob)).errors).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  const wrong = await people.ask(SAVE, { input: { ...HOME, countryCode: 'XX', city: '' } }, ann);
  expect(wrong.errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT', fields: { 'input.countryCode': expect.any(String), 'input.city': expect.any(String) } } },
  ]);
});
