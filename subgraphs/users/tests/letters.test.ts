import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readdirSync } from 'node:fs';
import { LETTERS_SCAN_EVERY_MS, LETTER_LEASE_MS, LETTER_STOP_MS, LETTER_TIMEOUT_MS } from '#platform/mail/letter-sender.ts';
import { RESETS_PER_EMAIL, VERIFICATIONS_PER_USER } from '../throttle.ts';
import { PASSWORD, openPeopleMall, tokenIn, type PeopleMall } from './people-mall.ts';

let people: PeopleMall;
beforeEach(async () => void (people = await openPeopleMall()));
afterEach(() => people.close());

const HOUR_MS = 3_600_000;
const NEW_PASSWORD = 'plucky-badger-7';

const verify = async (token: string) =>
  (
    await people.ask(
      `mutation ($token: String!) { verifyEmail(token: $token) { __typename ... on User { email emailVerified } ... on Refusal { code } } }`,
      { token },
    )
  ).data.verifyEmail;
const requestReset = async (email: string, caller = {}) =>
  (
    await people.ask(
      `mutation ($email: String!) { requestPasswordReset(email: $email) { __typename ... on LetterSent { done } ... on TooManyAttempts { code retryAfterMs } } }`,
      { email },
      caller,
    )
  ).data.requestPasswordReset;
const reset = async (token: string, newPassword = NEW_PASSWORD) =>
  (
    await people.ask(
      `mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { __typename ... on User { id } ... on Refusal { code } } }`,
      { input: { token, newPassword } },
    )
  ).data.resetPassword;
const askAgain = async (caller: { accessToken: string }) =>
  (await people.ask(`mutation { requestEmailVerification { __typename ... on Refusal { code } } }`, {}, caller)).data
    .requestEmailVerification;

const lettersSent = async () => {
  await people.settle();
  return people.letters;
};

test('a new account gets one letter in its language, and its link proves the address once', async () => {
  await people.register('ann', {}, { language: 'zh' });
  expect(await lettersSent()).toMatchObject([
    { to: 'ann@example.com', subject: '请验证您的邮箱', html: expect.stringContaining('lang="zh"') },
  ]);
  const token = tokenIn(people, 'verify-email', 'ann@example.com');
  expect(await verify(token)).toEqual({ __typename: 'User', email: 'ann@example.com', emailVerified: true });
  expect(await verify(token)).toEqual({ __typename: 'TokenInvalid', code: 'TOKEN_INVALID' });
});

test('no token of a letter is in the database, in an event, or good for another purpose', async () => {
  await people.register('ann');
  await lettersSent();
  const token = tokenIn(people, 'verify-email', 'ann@example.com');
  expect(await people.mall.stored('users')).not.toContain(token);
  expect(JSON.stringify(people.mall.told('users'))).not.toContain(token);
  expect(await reset(token)).toMatchObject({ __typename: 'TokenInvalid' });
  expect(await verify('made-up')).toMatchObject({ __typename: 'TokenInvalid' });
});

test('the process dies between the registration and its letter: the letter comes after the restart, once', async () => {
  people.mail.mode = 'hangs';
  await people.register('ann');
  expect(people.letters).toHaveLength(0);
  people.mail.mode = 'works';
  await people.mall.crash();
  await people.mall.advance(LETTER_LEASE_MS + LETTERS_SCAN_EVERY_MS);
  await people.mall.runTask('users', 'users.send-letters');
  expect(people.letters).toHaveLength(1);
  expect(await verify(tokenIn(people, 'verify-email', 'ann@example.com'))).toMatchObject({ __typename: 'User' });
  await people.mall.advance(HOUR_MS);
  await people.mall.runTask('users', 'users.send-letters');
  expect(people.letters).toHaveLength(1);
});

test('the process dies after the letter went out but before it was marked: the second copy has the same id and link, and the folder holds one', async () => {
  await people.register('ann');
  await lettersSent();
  const { database, clock } = people.deps();
  await database.transaction((tx) => tx.execute('update account_letters set sent_at_ms = null, due_at_ms = ?', [clock.nowMs()]));
  await people.mall.runTask('users', 'users.send-letters');
  const [first, second] = people.letters;
  expect(second).toEqual(first);
  expect(readdirSync(people.mall.mailFolder)).toEqual([`${first!.id}.eml`]);
  expect(await verify(tokenIn(people, 'verify-email', 'ann@example.com'))).toMatchObject({ __typename: 'User' });
});

test('while the mail server is away letters wait, and registering works', async () => {
  people.mail.mode = 'refuses';
  await people.register('ann');
  await lettersSent();
  people.mail.mode = 'works';
  await people.mall.advance(LETTER_LEASE_MS + LETTERS_SCAN_EVERY_MS);
  await people.mall.runTask('users', 'users.send-letters');
  expect(people.letters).toHaveLength(1);
});

test('a letter that the mail server refuses for good is not tried again, and another can be asked for', async () => {
  people.mail.mode = 'refuses-for-good';
  const ann = await people.register('ann');
  await lettersSent();
  people.mail.mode = 'works';
  await people.mall.advance(LETTER_LEASE_MS + LETTERS_SCAN_EVERY_MS);
  expect(await lettersSent()).toHaveLength(0);
  expect(await askAgain(ann)).toMatchObject({ __typename: 'User' });
  expect(await lettersSent()).toHaveLength(1);
});

test('a mail server that thinks for ever holds up neither the next letter nor the end of the process', async () => {
  people.mail.mode = 'hangs';
  await people.register('ann');
  await vi.waitUntil(() => people.mail.hanging === 1);
  people.mail.mode = 'works';
  await people.mall.advance(LETTER_TIMEOUT_MS);
  await people.register('bob');
  await people.mall.runTask('users', 'users.send-letters');
  expect(people.letters.map(({ to }) => to)).toEqual(['bob@example.com']);
  people.mail.mode = 'hangs';
  await people.register('cid');
  await vi.waitUntil(() => people.mail.hanging === 2);
  const stopped = people.mall.room('users').room.stop!();
  await people.mall.clock.advance(LETTER_STOP_MS);
  await stopped;
});

test('of ten registrations of one address at once, one letter goes out', async () => {
  await Promise.allSettled(Array.from({ length: 10 }, () => people.register('ann')));
  expect(await lettersSent()).toHaveLength(1);
});

test('the verification letter can be had again, not without end; a proven address needs none', async () => {
  const ann = await people.register('ann');
  for (let asked = 0; asked < VERIFICATIONS_PER_USER.limit; asked += 1) expect(await askAgain(ann)).toMatchObject({ __typename: 'User' });
  expect(await askAgain(ann)).toMatchObject({ __typename: 'TooManyAttempts', code: 'TOO_MANY_ATTEMPTS' });
  expect(await lettersSent()).toHaveLength(1 + VERIFICATIONS_PER_USER.limit);
  await verify(tokenIn(people, 'verify-email', 'ann@example.com'));
  expect(await askAgain(ann)).toMatchObject({ __typename: 'User' });
  expect(await lettersSent()).toHaveLength(1 + VERIFICATIONS_PER_USER.limit);
});

test('a guest cannot ask for a verification letter', async () => {
  const { errors } = await people.ask(`mutation { requestEmailVerification { __typename } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
});

test('a new password by letter: the old one and every session are over, the new one signs in, a letter tells of it', async () => {
  const ann = await people.register('ann');
  expect(await requestReset('ANN@example.com')).toEqual({ __typename: 'LetterSent', done: true });
  await lettersSent();
  const token = tokenIn(people, 'reset-password', 'ann@example.com');
  expect(await reset(token, 'password1')).toMatchObject({ __typename: 'WeakPassword' });
  expect(await reset(token)).toMatchObject({ __typename: 'User', id: ann.user.id });
  expect(await reset(token)).toMatchObject({ __typename: 'TokenInvalid' });
  expect(await people.refresh(ann.refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
  expect(await people.login('ann@example.com', PASSWORD)).toMatchObject({ __typename: 'InvalidCredentials' });
  const again = await people.login('ann@example.com', NEW_PASSWORD);
  expect(again).toMatchObject({ __typename: 'Session' });
  expect((await people.ask(`{ viewer { emailVerified } }`, {}, again)).data.viewer.emailVerified).toBe(true);
  expect((await lettersSent()).at(-1)).toMatchObject({ to: 'ann@example.com', subject: 'Your password was changed' });
});

test('one reset spends every other reset letter', async () => {
  await people.register('ann');
  await requestReset('ann@example.com');
  await lettersSent();
  const first = tokenIn(people, 'reset-password', 'ann@example.com');
  await requestReset('ann@example.com');
  await lettersSent();
  const second = tokenIn(people, 'reset-password', 'ann@example.com');
  expect(second).not.toBe(first);
  expect(await reset(second)).toMatchObject({ __typename: 'User' });
  expect(await reset(first, 'other-badger-8')).toMatchObject({ __typename: 'TokenInvalid' });
});

test('one reset letter used twice at once sets one password', async () => {
  await people.register('ann');
  await requestReset('ann@example.com');
  await lettersSent();
  const token = tokenIn(people, 'reset-password', 'ann@example.com');
  const answers = await Promise.all(['first-badger-1', 'second-badger-2'].map((password) => reset(token, password)));
  expect(answers.map(({ __typename }) => __typename).sort()).toEqual(['TokenInvalid', 'User']);
});

test('letters run out: a reset after an hour, a verification after three days', async () => {
  await people.register('ann');
  await requestReset('ann@example.com');
  await lettersSent();
  await people.mall.advance(HOUR_MS + 1_000);
  expect(await reset(tokenIn(people, 'reset-password', 'ann@example.com'))).toMatchObject({ __typename: 'TokenInvalid' });
  await people.mall.advance(71 * HOUR_MS);
  expect(await verify(tokenIn(people, 'verify-email', 'ann@example.com'))).toMatchObject({ __typename: 'TokenInvalid' });
});

test('a reset for an unknown address is answered the same, costs the same statements, and sends nothing', async () => {
  await people.register('ann');
  await lettersSent();
  people.mail.mode = 'hangs';
  const shape = async (email: string) => {
    const { sql } = await people.mall.statements(async () =>
      expect(await requestReset(email)).toEqual({ __typename: 'LetterSent', done: true }),
    );
    return sql.map((one) => one.sql).filter((text) => /^insert into account_letters|from accounts where email/.test(text));
  };
  const known = await shape('ann@example.com');
  expect(known).toHaveLength(2);
  expect(await shape('nobody@example.com')).toEqual(known);
  expect(people.letters).toHaveLength(1);
});

test('resets are throttled by address, known or not', async () => {
  await people.register('ann');
  for (const email of ['ann@example.com', 'nobody@example.com']) {
    for (let asked = 0; asked < RESETS_PER_EMAIL.limit; asked += 1)
      expect(await requestReset(email)).toMatchObject({ __typename: 'LetterSent' });
    expect(await requestReset(email)).toMatchObject({ __typename: 'TooManyAttempts', code: 'TOO_MANY_ATTEMPTS' });
  }
});

test('a new password by the old one ends all other sessions and keeps this one', async () => {
  const laptop = await people.register('ann');
  const phone = await people.login('ann@example.com', PASSWORD);
  const change = async (currentPassword: string, newPassword: string) =>
    (
      await people.ask(
        `mutation ($input: ChangePasswordInput!) { changePassword(input: $input) { __typename } }`,
        { input: { currentPassword, newPassword } },
        laptop,
      )
    ).data.changePassword;
  expect(await change('vexing-badger-1', NEW_PASSWORD)).toEqual({ __typename: 'InvalidCredentials' });
  expect(await change(PASSWORD, 'short')).toEqual({ __typename: 'WeakPassword' });
  expect(await change(PASSWORD, NEW_PASSWORD)).toEqual({ __typename: 'User' });
  expect(await people.refresh(phone.refreshToken)).toMatchObject({ __typename: 'SessionEnded' });
  expect(await people.refresh(laptop.refreshToken)).toMatchObject({ __typename: 'Session' });
  expect(await people.login('ann@example.com', NEW_PASSWORD)).toMatchObject({ __typename: 'Session' });
});
