/** Which passwords are taken: long enough, not the first ones an attacker tries (NIST SP 800-63B §3.1.1.2); no rules of composition. */
import { WELL_KNOWN_PASSWORDS } from './well-known-passwords.ts';

export const MIN_PASSWORD_LENGTH = 8;
export const MAX_PASSWORD_LENGTH = 128;

export type PasswordWeakness = 'TOO_SHORT' | 'TOO_LONG' | 'WELL_KNOWN' | 'LIKE_EMAIL';

/** The form that is hashed: NFKC, so that one password typed on two keyboards is the same bytes. */
export const canonicalPassword = (password: string): string => password.normalize('NFKC');

/** Characters are code points. A string this long in UTF-16 units cannot be short enough, whatever it holds. */
export function isTooLong(password: string): boolean {
  return password.length > MAX_PASSWORD_LENGTH * 2 || [...canonicalPassword(password)].length > MAX_PASSWORD_LENGTH;
}

/** What is wrong with a new password for this account, or null when it will do. */
export function weaknessOf(password: string, email: string): PasswordWeakness | null {
  if (isTooLong(password)) return 'TOO_LONG';
  const canonical = canonicalPassword(password);
  const characters = [...canonical];
  if (characters.length < MIN_PASSWORD_LENGTH) return 'TOO_SHORT';
  const folded = canonical.toLowerCase();
  if (folded === email || folded === email.slice(0, email.lastIndexOf('@'))) return 'LIKE_EMAIL';
  if (WELL_KNOWN_PASSWORDS.has(folded) || isOnePattern(folded)) return 'WELL_KNOWN';
  return null;
}

/** One or two characters over and over (`aaaaaaaa`, `12121212`), or a straight run of them (`23456789`, `hgfedcba`). */
function isOnePattern(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0)!);
  const steps = new Set(codes.slice(1).map((code, at) => code - codes[at]!));
  const repeatsPair = codes.every((code, at) => at < 2 || code === codes[at - 2]);
  return repeatsPair || (steps.size === 1 && Math.abs([...steps][0]!) <= 1);
}
