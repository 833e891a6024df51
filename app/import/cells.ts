/** Cells as values: exact, or with the reason why not. */
import { MAX_MINOR } from '#platform/subgraph/shop.ts';

export type Read<T> = { value: T } | { problem: string };

/** Digits after the point of a currency (ISO 4217, as the runtime knows them). */
export function exponentOf(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/** `19.9` with exponent 2 is 1990. By characters, never through a float. */
export function readPrice(text: string, exponent: number): Read<number> {
  const match = /^(\d+)(?:\.(\d*))?$/.exec(text);
  if (!match) {
    if (text.startsWith('-')) return { problem: `${text} is negative` };
    return { problem: `"${text}" is not a price: digits with a point, without currency or thousands separators, e.g. 1299.00` };
  }
  const [, whole, fraction = ''] = match;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > exponent) return { problem: `${text} has more than ${exponent} digits after the point` };
  const digits = (whole! + significant.padEnd(exponent, '0')).replace(/^0+(?=\d)/, '');
  if (digits.length > String(MAX_MINOR).length || Number(digits) > MAX_MINOR) return { problem: `${text} is too large` };
  return { value: Number(digits) };
}

/** Units a shop can have of one thing. */
export const QUANTITY_MAX = 1_000_000;

/** A whole number; less than none (sold before it came) counts as none. */
export function readQuantity(text: string): Read<number> {
  if (!/^-?\d{1,9}$/.test(text)) return { problem: `"${text}" is not a whole number` };
  const value = Number(text);
  if (value > QUANTITY_MAX) return { problem: `more than ${QUANTITY_MAX} units` };
  return { value: Math.max(0, value) };
}

/** `true` and `false` in any capitals; an empty cell is `whenEmpty`. */
export function readFlag(text: string, whenEmpty: boolean): Read<boolean> {
  switch (text.toLowerCase()) {
    case '':
      return { value: whenEmpty };
    case 'true':
    case 'yes':
      return { value: true };
    case 'false':
    case 'no':
      return { value: false };
    default:
      return { problem: `"${text}" is neither true nor false` };
  }
}

/** An http(s) address. */
export function readUrl(text: string): Read<string> {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) && url.hostname ? { value: url.href } : { problem: `"${text}" is not an http(s) address` };
}

/** The text in the language it is written in: Chinese as soon as a Chinese character is in it. */
export const localized = (text: string): { en: string | null; zh: string | null } =>
  /\p{Script=Han}/u.test(text) ? { en: null, zh: text } : { en: text, zh: null };
