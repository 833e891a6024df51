/** What a shopper types at checkout, checked field by field: every problem is named at once. */
import { Fault } from '#platform/errors.ts';

export interface ShippingAddress {
  fullName: string;
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postalCode: string;
  countryCode: string;
  phone: string | null;
}

export class Problems {
  readonly fields: Record<string, string> = {};

  add(field: string, problem: string): void {
    this.fields[field] ??= problem;
  }

  /** A trimmed text of `min` to `max` characters; an empty string stands for a bad one. */
  text(field: string, value: unknown, max: number, min = 1): string {
    const text = typeof value === 'string' ? value.trim() : '';
    if (text.length < min) this.add(field, min === 1 ? 'must not be empty' : `must have at least ${min} characters`);
    else if (text.length > max) this.add(field, `must have at most ${max} characters`);
    else if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)) this.add(field, 'must not hold control characters');
    return text;
  }

  optionalText(field: string, value: unknown, max: number): string | null {
    return value === null || value === undefined || (typeof value === 'string' && value.trim() === '') ? null : this.text(field, value, max);
  }

  /** Throws INVALID_INPUT with every field that was named. */
  throwIfAny(): void {
    const named = Object.entries(this.fields);
    if (named.length > 0) throw new Fault('INVALID_INPUT', named.map(([field, problem]) => `${field} ${problem}`).join('; '), { fields: this.fields });
  }
}

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
/** Codes that ISO 3166-1 reserves or that name no country, though CLDR knows them. */
const NO_COUNTRIES = new Set(['EU', 'EZ', 'UN', 'ZZ', 'UK', 'QO', 'XA', 'XB']);

/** ISO 3166-1 alpha-2, upper case. */
export const isCountry = (code: string): boolean => /^[A-Z]{2}$/.test(code) && !NO_COUNTRIES.has(code) && countries.of(code) !== undefined;

export function readCountry(problems: Problems, field: string, value: unknown): string {
  const code = typeof value === 'string' ? value.trim().toUpperCase() : '';
  if (!isCountry(code)) problems.add(field, 'must be an ISO 3166-1 alpha-2 country code, e.g. DE or CN');
  return code;
}

export function readAddress(problems: Problems, field: string, value: Record<string, unknown>): ShippingAddress {
  return {
    fullName: problems.text(`${field}.fullName`, value.fullName, 120),
    line1: problems.text(`${field}.line1`, value.line1, 200),
    line2: problems.optionalText(`${field}.line2`, value.line2, 200),
    city: problems.text(`${field}.city`, value.city, 120),
    region: problems.optionalText(`${field}.region`, value.region, 120),
    postalCode: problems.text(`${field}.postalCode`, value.postalCode, 20),
    countryCode: readCountry(problems, `${field}.countryCode`, value.countryCode),
    phone: problems.optionalText(`${field}.phone`, value.phone, 40),
  };
}

/** One @, something before it, a dotted domain after it, no spaces: what a mail server would at least try. RFC 5321 allows 254. */
export function readEmail(problems: Problems, field: string, value: unknown): string {
  const email = problems.text(field, value, 254);
  if (email && !/^[^\s@<>()",;:\\]+@[^\s@.]+(\.[^\s@.]+)+$/.test(email)) problems.add(field, 'must be an e-mail address');
  return email;
}
