/** Money as people type it, in whole minor units. */
import { minorDigits } from '../../shared/money.ts';

/** `12.5`, `12,50` or `1250` → minor units of the currency; null for what is no amount, or has more decimals than the currency. */
export function minorOf(text: string, currency: string): number | null {
  const digits = minorDigits(currency);
  const found = /^(\d{1,12})(?:[.,。，](\d*))?$/.exec(text.trim());
  if (!found) return null;
  const [, whole = '', part = ''] = found;
  if (part.length > digits) return null;
  const minor = Number(whole + part.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** What stands in a field: `1250` USD → `12.50`. */
export function typedOf(amountMinor: number, currency: string): string {
  const digits = minorDigits(currency);
  return (amountMinor / 10 ** digits).toFixed(digits);
}
