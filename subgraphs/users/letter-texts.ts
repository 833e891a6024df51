/** What the letters of this room say, as text and as HTML, in English and Chinese. */
import type { Language } from '#platform/subgraph/context.ts';

export const LETTER_KINDS = ['verify-email', 'reset-password', 'password-changed'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

export interface LetterText {
  subject: string;
  text: string;
  html: string;
}

interface Words {
  subject: string;
  hello: (name: string) => string;
  body: string;
  /** The word on the button, where the letter has one. */
  action: string | null;
  note: string;
}

const WORDS: Record<LetterKind, Record<Language, Words>> = {
  'verify-email': {
    en: {
      subject: 'Confirm your e-mail address',
      hello: (name) => `Hello ${name},`,
      body: 'Welcome to GoMall. Please confirm that this e-mail address is yours:',
      action: 'Confirm e-mail address',
      note: 'The link works once, for three days. If you did not make an account, there is nothing to do.',
    },
    zh: {
      subject: '请验证您的邮箱',
      hello: (name) => `${name}，您好：`,
      body: '欢迎来到 GoMall。请确认这是您的邮箱：',
      action: '验证邮箱',
      note: '链接三天内有效，仅可使用一次。如果您没有注册账户，请忽略本邮件。',
    },
  },
  'reset-password': {
    en: {
      subject: 'Set a new password',
      hello: (name) => `Hello ${name},`,
      body: 'Somebody, hopefully you, asked for a new password for your GoMall account:',
      action: 'Set a new password',
      note: 'The link works once, for one hour. If it was not you, there is nothing to do: your password stays as it is.',
    },
    zh: {
      subject: '重设您的密码',
      hello: (name) => `${name}，您好：`,
      body: '我们收到了重设您 GoMall 账户密码的请求：',
      action: '重设密码',
      note: '链接一小时内有效，仅可使用一次。如果不是您本人操作，请忽略本邮件，您的密码不会改变。',
    },
  },
  'password-changed': {
    en: {
      subject: 'Your password was changed',
      hello: (name) => `Hello ${name},`,
      body: 'The password of your GoMall account was changed, and other places where you were signed in were signed out.',
      action: 'This was not me',
      note: 'If it was you, there is nothing to do. If not, set a new password at once.',
    },
    zh: {
      subject: '您的密码已更改',
      hello: (name) => `${name}，您好：`,
      body: '您的 GoMall 账户密码已更改，其他已登录的设备已退出。',
      action: '不是我本人操作',
      note: '如果是您本人操作，请忽略本邮件；否则请立即重设密码。',
    },
  },
};

/** Where the letter's button leads; the address holds the token where the letter has one. */
export function linkOf(kind: LetterKind, publicUrl: string, token: string): string {
  if (kind === 'verify-email') return `${publicUrl}/verify-email?token=${token}`;
  if (kind === 'reset-password') return `${publicUrl}/reset-password?token=${token}`;
  return `${publicUrl}/forgot-password`;
}

export function writeLetter(kind: LetterKind, language: Language, displayName: string, link: string): LetterText {
  const words = WORDS[kind][language];
  const hello = words.hello(displayName);
  const text = [hello, words.body, ...(words.action ? [`${words.action}: ${link}`] : []), words.note, 'GoMall'].join('\n\n');
  const button = words.action
    ? `<p style="margin:24px 0"><a href="${escapeHtml(link)}" style="background:#1f2937;color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none;display:inline-block">${escapeHtml(words.action)}</a></p><p style="font-size:13px;color:#4b5563;word-break:break-all">${escapeHtml(link)}</p>`
    : '';
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(words.subject)}</title></head><body style="font-family:system-ui,sans-serif;line-height:1.6;color:#111827;max-width:560px;margin:0 auto;padding:24px"><p>${escapeHtml(hello)}</p><p>${escapeHtml(words.body)}</p>${button}<p style="color:#4b5563">${escapeHtml(words.note)}</p><p>GoMall</p></body></html>`;
  return { subject: words.subject, text, html };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
