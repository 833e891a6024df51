import { afterEach, beforeEach, expect, test } from 'vitest';
import { adoptCart } from '#schema/asks.ts';
import { Fault } from '#platform/errors.ts';
import { FAILED_LOGINS_PER_CLIENT, FAILED_LOGINS_PER_EMAIL, TAKEN_EMAILS_PER_CLIENT } from '../throttle.ts';
import { PASSWORD, REGISTER, openPeopleMall, type PeopleMall } from './people-mall.ts';

let people: PeopleMall;
let adopted: { cartId: string; userId: string }[];
let cartIsAway: boolean;

beforeEach(async () => {
  adopted = [];
  cartIsAway = false;
  const handle = async (input: { cartId: string; userId: string }) => {
    if (cartIsAway) throw new Fault('UNAVAILABLE');
    adopted.push(input);
    return { cartId: input.cartId };
  };
  people = await openPeopleMall({ asks: [{ contract: adoptCart, handle }] });
});
afterEach(() => people.close());

test('registering signs in, keeps the guest’s cart, tells the others only an id', async () => {
  const session = await people.register('ann', { cartId: 'cart-1', displayName: ' Ann ' });
  expect(session).toMatchObject({ expiresInSeconds: 600, user: { email: 'ann@example.com', displayName: 'Ann', roles: ['customer'] } });
  expect(adopted).toEqual([{ cartId: 'cart-1', userId: session.user.id }]);
  await people.settle();
  expect(people.mall.told('users').map(({ message }) => [message.type, message.subject, message.data])).toEqual([
    ['user.registered', session.user.id, { userId: session.user.id }],
  ]);
});

test('an e-mail address has one account, however it is written', async () => {
  await people.register('ann');
  const { data } = await people.ask(
    REGISTER,
    { input: { email: ' ANN@Example.com', password: PASSWORD, displayName: 'Ann' } },
    { language: 'zh' },
  );
  expect(data.register).toMatchObject({ __typename: 'EmailTaken', code: 'EMAIL_TAKEN', message: expect.stringContaining('邮箱') });
});

test('ten people register one e-mail address at once: one account, nine are told it is taken', async () => {
  const input = { email: 'ann@example.com', password: PASSWORD, displayName: 'Ann' };
  const answers = await Promise.all(Array.from({ length: 10 }, () => people.ask(REGISTER, { input })));
  expect(answers.map(({ data }) => data.register.__typename).sort()).toEqual([...Array.from({ length: 9 }, () => 'EmailTaken'), 'Session']);
});

test('what is wrong with the input is named, field by field', async () => {
  const { errors } = await people.ask(REGISTER, { input: { email: 'ann', password: PASSWORD, displayName: '' } });
  expect(errors).toMatchObject([
    { extensions: { code: 'INVALID_INPUT', fields: { 'input.email': expect.any(String), 'input.displayName': expect.any(String) } } },
  ]);
});

test.each(['short', 'Password123', 'ann@example.com'])('the password %s is refused as weak, and no account is made', async (password) => {
  const { data } = await people.ask(REGISTER, { input: { email: 'ann@example.com', password, displayName: 'Ann' } });
  expect(data.register).toMatchObject({ __typename: 'WeakPassword', code: 'WEAK_PASSWORD' });
  expect(await people.deps().database.query('select id from accounts')).toEqual([]);
});

test('signing in merges the guest’s cart into the shopper’s', async () => {
  const { user } = await people.register('ann');
  expect(await people.login('Ann@Example.com', PASSWORD, {}, 'cart-2')).toMatchObject({
    __typename: 'Session',
    user: { id: user.id, email: 'ann@example.com' },
  });
  expect(adopted).toEqual([{ cartId: 'cart-2', userId: user.id }]);
});

test('a cart room that is away keeps nobody from registering or signing in', async () => {
  cartIsAway = true;
  await people.register('ann', { cartId: 'cart-1' });
  expect(await people.login('ann@example.com', PASSWORD, {}, 'cart-1')).toMatchObject({ __typename: 'Session' });
});

test('a wrong password and an unknown address are answered alike, in the language of the request', async () => {
  await people.register('ann');
  const wrong = await people.login('ann@example.com', 'vexing-badger-1', { language: 'zh' });
  expect(wrong).toMatchObject({ __typename: 'InvalidCredentials', code: 'INVALID_CREDENTIALS', message: expect.stringContaining('密码') });
  expect(await people.login('nobody@example.com', PASSWORD, { language: 'zh' })).toEqual(wrong);
  expect(await people.login('no address at all', PASSWORD, { language: 'zh' })).toEqual(wrong);
});

test('an unknown address takes the time of a wrong password', async () => {
  await people.register('ann');
  const timed = async (email: string) => {
    const took: number[] = [];
    for (let time = 0; time < 5; time += 1) {
      const begun = performance.now();
      await people.login(email, 'vexing-badger-1');
      took.push(performance.now() - begun);
    }
    return took.sort((a, b) => a - b)[2]!;
  };
  const [known, unknown] = [await timed('ann@example.com'), await timed('nobody@example.com')];
  // A missing hash would make it some fifty times shorter; the rest is the noise of the machine.
  expect(unknown).toBeGreaterThan(known / 4);
  expect(unknown).toBeLessThan(known * 4);
});

test('after a named number of failures an address must wait, also with the right password, and then comes in again', async () => {
  await people.register('ann');
  for (let failure = 0; failure < FAILED_LOGINS_PER_EMAIL.limit; failure += 1) {
    const clientAddress = `203.0.113.${failure}`;
    expect(await people.login('ann@example.com', 'vexing-badger-1', { clientAddress })).toMatchObject({ __typename: 'InvalidCredentials' });
  }
  const throttled = await people.login('ANN@example.com', PASSWORD, { clientAddress: '198.51.100.1' });
  expect(throttled).toMatchObject({ __typename: 'TooManyAttempts', code: 'TOO_MANY_ATTEMPTS', retryAfterMs: expect.any(Number) });
  expect(throttled.retryAfterMs).toBeGreaterThan(0);
  expect(throttled.retryAfterMs).toBeLessThanOrEqual(FAILED_LOGINS_PER_EMAIL.windowMs);
  await people.mall.advance(throttled.retryAfterMs + 1);
  expect(await people.login('ann@example.com', PASSWORD)).toMatchObject({ __typename: 'Session' });
});

test('guesses at once do not pass the throttle together', async () => {
  await people.register('ann');
  const answers = await Promise.all(Array.from({ length: 30 }, () => people.login('ann@example.com', 'vexing-badger-1')));
  const guessed = answers.filter(({ __typename }) => __typename === 'InvalidCredentials').length;
  expect(guessed).toBeGreaterThanOrEqual(FAILED_LOGINS_PER_EMAIL.limit);
  expect(guessed).toBeLessThanOrEqual(FAILED_LOGINS_PER_EMAIL.limit + 1);
  expect(answers.filter(({ __typename }) => __typename === 'TooManyAttempts')).toHaveLength(30 - guessed);
});

test('a client that tries many addresses must wait; another client does not', async () => {
  await people.register('ann');
  for (let failure = 0; failure < FAILED_LOGINS_PER_CLIENT.limit; failure += 1)
    await people.login(`nobody-${failure}@example.com`, PASSWORD, { clientAddress: '2001:db8::1' });
  expect(await people.login('ann@example.com', PASSWORD, { clientAddress: '2001:db8::2' })).toMatchObject({
    __typename: 'TooManyAttempts',
  });
  expect(await people.login('ann@example.com', PASSWORD, { clientAddress: '2001:db8:1::1' })).toMatchObject({ __typename: 'Session' });
});

test('signing in rightly is never throttled, and starts the count of failures anew', async () => {
  await people.register('ann');
  for (let failure = 1; failure < FAILED_LOGINS_PER_EMAIL.limit; failure += 1) await people.login('ann@example.com', 'vexing-badger-1');
  const answers = await Promise.all(Array.from({ length: 20 }, () => people.login('ann@example.com', PASSWORD)));
  expect(answers.every(({ __typename }) => __typename === 'Session')).toBe(true);
  expect(await people.login('ann@example.com', 'vexing-badger-1')).toMatchObject({ __typename: 'InvalidCredentials' });
  expect(await people.login('ann@example.com', PASSWORD)).toMatchObject({ __typename: 'Session' });
});

test('a client cannot learn without end which addresses have accounts', async () => {
  await people.register('ann');
  const input = { email: 'ann@example.com', password: PASSWORD, displayName: 'Ann' };
  for (let asked = 0; asked < TAKEN_EMAILS_PER_CLIENT.limit; asked += 1)
    expect((await people.ask(REGISTER, { input })).data.register.code).toBe('EMAIL_TAKEN');
  for (const email of ['ann@example.com', 'somebody-else@example.com']) {
    expect((await people.ask(REGISTER, { input: { ...input, email } })).errors).toMatchObject([
      { extensions: { code: 'LIMITED', retryAfterMs: expect.any(Number) } },
    ]);
  }
});

test('a hash of old parameters is made anew at the next sign-in', async () => {
  const { user } = await people.register('ann');
  const weak = '$argon2id$v=19$m=4096,t=1,p=1$';
  const { hash } = await import('@node-rs/argon2');
  const old = await hash(PASSWORD, { algorithm: 2, memoryCost: 4096, timeCost: 1, parallelism: 1 });
  expect(old.startsWith(weak)).toBe(true);
  const { database } = people.deps();
  await database.transaction((tx) => tx.execute('update accounts set password_hash = ? where id = ?', [old, user.id]));
  await people.login('ann@example.com', PASSWORD);
  const [row] = await database.query<{ password_hash: string }>('select password_hash from accounts');
  expect(row!.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  expect(await people.login('ann@example.com', PASSWORD)).toMatchObject({ __typename: 'Session' });
});
