/** A letter about what was told: the text of the notification, a greeting, a button, and where to have fewer of them. */
import type { Language } from '#platform/subgraph/context.ts';
import type { Text } from './texts.ts';

export interface LetterForm {
  language: Language;
  /** Null for a guest: they are greeted without a name. */
  displayName: string | null;
  text: Text;
  link: string;
  action: 'order' | 'product' | 'stock';
  /** Where the reader chooses what they get; null for a guest. */
  preferencesLink: string | null;
}

const HELLO: Record<Language, (name: string | null) => string> = { en: (name) => (name === null ? 'Hello,' : `Hello ${name},`), zh: (name) => (name === null ? '您好：' : `${name}，您好：`) };
const ACTIONS: Record<LetterForm['action'], Record<Language, string>> = {
  order: { en: 'See the order', zh: '查看订单' },
  product: { en: 'See it in your inbox', zh: '在收件箱中查看' },
  stock: { en: 'Open the stock', zh: '查看库存' },
};
const FEWER: Record<Language, string> = { en: 'Choose what you are told', zh: '选择接收哪些通知' };

export function writeLetter({ language, displayName, text, link, action, preferencesLink }: LetterForm): { subject: string; text: string; html: string } {
  const hello = HELLO[language](displayName);
  const button = ACTIONS[action][language];
  const plain = [hello, text.body, `${button}: ${link}`, ...(preferencesLink ? [`${FEWER[language]}: ${preferencesLink}`] : []), 'GoMall'].join('\n\n');
  const footer = preferencesLink ? `<p style="font-size:13px"><a href="${escapeHtml(preferencesLink)}" style="color:#4b5563">${FEWER[language]}</a></p>` : '';
  const html = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(text.title)}</title></head><body style="font-family:system-ui,sans-serif;line-height:1.6;color:#111827;max-width:560px;margin:0 auto;padding:24px"><p>${escapeHtml(hello)}</p><h1 style="font-size:20px">${escapeHtml(text.title)}</h1><p>${escapeHtml(text.body)}</p><p style="margin:24px 0"><a href="${escapeHtml(link)}" style="background:#1f2937;color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none;display:inline-block">${button}</a></p>${footer}<p>GoMall</p></body></html>`;
  return { subject: text.title, text: plain, html };
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
