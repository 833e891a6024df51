/** Money, numbers and dates for people, by `Intl`; used in the browser and in the server-rendered documents. */
import type { Language } from './language.ts';

export interface Money { amountMinor: number; currency: string }

const LOCALES: Record<Language, string> = { en: 'en-US', zh: 'zh-CN' };
const MOST_FORMATS = 200;
const formats = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

/** Making an Intl object costs a hundred times its use, so each is made once. */
function once<T extends Intl.NumberFormat | Intl.DateTimeFormat | Intl.RelativeTimeFormat>(key: string, make: () => T): T {
  const known = formats.get(key);
  if (known) return known as T;
  if (formats.size >= MOST_FORMATS) formats.clear();
  const made = make();
  formats.set(key, made);
  return made;
}

/** `{ amountMinor: 1999, currency: 'USD' }` → `$19.99`; minor units by ISO 4217 (JPY has none). */
export function formatMoney(money: Money, language: Language): string {
  const format = once(`money ${language} ${money.currency}`, () =>
    new Intl.NumberFormat(LOCALES[language], { style: 'currency', currency: money.currency, currencyDisplay: 'narrowSymbol' }));
  return format.format(money.amountMinor / 10 ** minorDigits(money.currency));
}

/** How many decimals the currency has: 2 for USD, 0 for JPY. */
export function minorDigits(currency: string): number {
  const format = once(`digits ${currency}`, () => new Intl.NumberFormat('en', { style: 'currency', currency }));
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** The decimal form for machines (JSON-LD, `<meta>`): `19.99`. */
export function decimalMoney(money: Money): string {
  const digits = minorDigits(money.currency);
  return (money.amountMinor / 10 ** digits).toFixed(digits);
}

export const formatNumber = (value: number, language: Language): string =>
  once(`number ${language}`, () => new Intl.NumberFormat(LOCALES[language])).format(value);

export const formatDate = (rfc3339: string | number | Date, language: Language, style: 'date' | 'moment' | 'day' = 'date'): string =>
  once(`date ${language} ${style}`, () => new Intl.DateTimeFormat(LOCALES[language], DATE_STYLES[style])).format(new Date(rfc3339));

const DATE_STYLES: Record<'date' | 'moment' | 'day', Intl.DateTimeFormatOptions> = {
  date: { dateStyle: 'medium' },
  moment: { dateStyle: 'medium', timeStyle: 'short' },
  day: { weekday: 'short', month: 'short', day: 'numeric' },
};

/** What is saved against the price before, in whole per cent; 0 when nothing is. */
export function savingPercent(price: Money, before: Money | null | undefined): number {
  if (!before || before.currency !== price.currency || before.amountMinor <= price.amountMinor) return 0;
  return Math.round((1 - price.amountMinor / before.amountMinor) * 100);
}
