import { expect, test } from 'vitest';
import { checkedAddress } from './address.ts';
import { COUNTRY_CODES } from './countries.ts';

const good = { fullName: ' Ann Smith ', line1: '1 Main St', city: 'Berlin', postalCode: '10115', countryCode: 'de' };

test('an address is trimmed, its country in capitals, empty optional fields are null', () => {
  expect(checkedAddress({ ...good, line2: '  ', phone: '+49 30 123456' }, 'input')).toEqual({
    fullName: 'Ann Smith',
    line1: '1 Main St',
    line2: null,
    city: 'Berlin',
    region: null,
    postalCode: '10115',
    countryCode: 'DE',
    phone: '+49 30 123456',
  });
});

test('every wrong field is named at once', () => {
  const wrong = { fullName: '', line1: 'a\nb', city: 'x'.repeat(81), postalCode: '', countryCode: 'UK', phone: 'call me' };
  expect(() => checkedAddress(wrong, 'input')).toThrow(
    expect.objectContaining({
      code: 'INVALID_INPUT',
      fields: Object.fromEntries(
        ['fullName', 'line1', 'city', 'postalCode', 'countryCode', 'phone'].map((name) => [`input.${name}`, expect.any(String)]),
      ),
    }),
  );
});

test('where letters carry no post code none is asked for', () => {
  expect(checkedAddress({ ...good, postalCode: '', countryCode: 'HK' }, 'input').postalCode).toBe('');
});

test('the 249 countries of ISO 3166-1', () => {
  expect(COUNTRY_CODES.size).toBe(249);
});
