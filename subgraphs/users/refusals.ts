/** Every no of this room, in the reader's language. */
import type { Language } from '#platform/subgraph/context.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, type PasswordWeakness } from './password.ts';

interface Refusal {
  __typename: string;
  code: string;
  message: string;
}

const say = (language: Language, text: { en: string; zh: string }): string => text[language];

export const emailTaken = (language: Language): Refusal => ({
  __typename: 'EmailTaken',
  code: 'EMAIL_TAKEN',
  message: say(language, {
    en: 'There is an account with this e-mail address already; sign in instead.',
    zh: '该邮箱已注册，请直接登录。',
  }),
});

const WEAKNESSES: Record<PasswordWeakness, { en: string; zh: string }> = {
  TOO_SHORT: { en: `The password needs at least ${MIN_PASSWORD_LENGTH} characters.`, zh: `密码至少需要 ${MIN_PASSWORD_LENGTH} 个字符。` },
  TOO_LONG: { en: `The password may have at most ${MAX_PASSWORD_LENGTH} characters.`, zh: `密码最多 ${MAX_PASSWORD_LENGTH} 个字符。` },
  WELL_KNOWN: { en: 'This password is one of the first that anybody would try; choose another.', zh: '该密码过于常见，请换一个。' },
  LIKE_EMAIL: { en: 'The password must differ from the e-mail address.', zh: '密码不能与邮箱相同。' },
};

export const weakPassword = (language: Language, weakness: PasswordWeakness): Refusal => ({
  __typename: 'WeakPassword',
  code: 'WEAK_PASSWORD',
  message: say(language, WEAKNESSES[weakness]),
});

export const invalidCredentials = (language: Language): Refusal => ({
  __typename: 'InvalidCredentials',
  code: 'INVALID_CREDENTIALS',
  message: say(language, { en: 'E-mail address or password is wrong.', zh: '邮箱或密码不正确。' }),
});

export const tooManyAttempts = (language: Language, retryAfterMs: number): Refusal & { retryAfterMs: number } => {
  const minutes = Math.ceil(retryAfterMs / 60_000);
  return {
    __typename: 'TooManyAttempts',
    code: 'TOO_MANY_ATTEMPTS',
    message: say(language, {
      en: `Too many attempts; try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
      zh: `尝试次数过多，请在 ${minutes} 分钟后重试。`,
    }),
    retryAfterMs,
  };
};

export const sessionEnded = (language: Language): Refusal => ({
  __typename: 'SessionEnded',
  code: 'SESSION_ENDED',
  message: say(language, { en: 'The session is over; sign in again.', zh: '会话已结束，请重新登录。' }),
});

export const tokenReused = (language: Language): Refusal => ({
  __typename: 'SessionEnded',
  code: 'TOKEN_REUSED',
  message: say(language, {
    en: 'This session was used from two places and was ended for your safety; sign in again.',
    zh: '检测到该会话被重复使用，为安全起见已将其结束，请重新登录。',
  }),
});

export const tokenInvalid = (language: Language): Refusal => ({
  __typename: 'TokenInvalid',
  code: 'TOKEN_INVALID',
  message: say(language, {
    en: 'This link is wrong, was used before, or is too old; ask for a new letter.',
    zh: '链接无效、已使用或已过期，请重新获取邮件。',
  }),
});

export const addressLimit = (language: Language, limit: number): Refusal => ({
  __typename: 'AccountLimit',
  code: 'ADDRESS_LIMIT',
  message: say(language, {
    en: `An account keeps at most ${limit} addresses; take one away first.`,
    zh: `最多保存 ${limit} 个地址，请先删除一个。`,
  }),
});

export const lastAdmin = (language: Language): Refusal => ({
  __typename: 'AccountLimit',
  code: 'LAST_ADMIN',
  message: say(language, {
    en: 'The mall needs at least one admin; make somebody else one first.',
    zh: '商城至少需要一名管理员，请先指定其他人。',
  }),
});
