/** Sums of books may pass what a number holds, so they are formatted as decimal text, which `Intl` takes exactly. */
import type { Language } from '../../shared/language.ts';

export function decimalOf(minor: bigint, digits: number, currency: string, language: Language): string {
  const sign = minor < 0n ? '-' : '';
  const text = String(minor < 0n ? -minor : minor).padStart(digits + 1, '0');
  const decimal = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  const format = new Intl.NumberFormat(language === 'zh' ? 'zh-CN' : 'en-US', { style: 'currency', currency, currencyDisplay: 'narrowSymbol' });
  return format.format(`${sign}${decimal}` as Intl.StringNumericLiteral);
}
