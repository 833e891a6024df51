/** The address book: what an address must have. */
import { Fault } from '#platform/errors.ts';
import { oneLine } from './account.ts';
import { COUNTRY_CODES, WITHOUT_POST_CODES } from './countries.ts';

export const MAX_ADDRESSES = 20;

/** Longest texts by field, in characters. */
const LONGEST = { fullName: 100, line1: 120, line2: 120, city: 80, region: 80, postalCode: 16, phone: 32 } as const;

const PHONE = /^\+?[0-9 ()./-]{4,32}$/;

export interface AddressFields {
  fullName: string;
  line1: string;
  line2: string | null;
  city: string;
  region: string | null;
  postalCode: string;
  countryCode: string;
  phone: string | null;
}

/** As the client sent it. */
export type AddressInput = { [Field in keyof AddressFields]?: string | null };

/** The address as it is kept. Throws INVALID_INPUT that names every wrong field under `path`. */
export function checkedAddress(input: AddressInput, path: string): AddressFields {
  const fields: Record<string, string> = {};
  const needed = (name: keyof typeof LONGEST): string => {
    const line = oneLine(input[name] ?? '', LONGEST[name]);
    if (line === null) fields[`${path}.${name}`] = `must be one line of 1 to ${LONGEST[name]} characters`;
    return line ?? '';
  };
  const optional = (name: keyof typeof LONGEST): string | null => ((input[name] ?? '').trim() === '' ? null : needed(name));

  const countryCode = (input.countryCode ?? '').trim().toUpperCase();
  if (!COUNTRY_CODES.has(countryCode)) fields[`${path}.countryCode`] = 'must be a country code of ISO 3166-1 alpha-2, e.g. DE';
  const phone = optional('phone');
  if (phone !== null && phone !== '' && !PHONE.test(phone)) fields[`${path}.phone`] = 'must be a telephone number';
  const address = {
    fullName: needed('fullName'),
    line1: needed('line1'),
    line2: optional('line2'),
    city: needed('city'),
    region: optional('region'),
    postalCode: WITHOUT_POST_CODES.has(countryCode) ? (optional('postalCode') ?? '') : needed('postalCode'),
    countryCode,
    phone,
  };
  if (Object.keys(fields).length > 0) throw new Fault('INVALID_INPUT', 'The address is not complete; see fields.', { fields });
  return address;
}
