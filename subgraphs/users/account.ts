/** Who a person is to the mall: the rules of names, addresses of mail, roles and languages. */
import { domainToASCII } from 'node:url';
import { ROLES, type Role } from '#platform/subgraph/permissions.ts';

/** An account as its row has it; times in Unix ms. */
export interface Account {
  id: string;
  email: string;
  displayName: string;
  passwordHash: string;
  roles: Role[];
  emailVerifiedAtMs: number | null;
  language: 'en' | 'zh';
  createdAtMs: number;
}

/** RFC 5321 §4.5.3.1: 64 octets before the @; and 254 in all (RFC 3696, erratum 1690). */
export const MAX_EMAIL_LENGTH = 254;
export const MAX_LOCAL_PART_LENGTH = 64;
export const MAX_NAME_LENGTH = 80;

/** What the HTML standard takes as an e-mail address (https://html.spec.whatwg.org/#valid-e-mail-address), with a dot in the domain. */
const EMAIL = /^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/;

/**
 * The one spelling of an e-mail address that accounts are known by: lower case, the domain in its ASCII form
 * (RFC 5891), so that no two accounts differ only by what an eye or a collation cannot tell apart.
 * Null when it is not an address.
 */
export function canonicalEmail(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > MAX_EMAIL_LENGTH) return null;
  const at = trimmed.lastIndexOf('@');
  if (at < 1 || at > MAX_LOCAL_PART_LENGTH) return null;
  const email = `${trimmed.slice(0, at)}@${domainToASCII(trimmed.slice(at + 1))}`.toLowerCase();
  return email.length <= MAX_EMAIL_LENGTH && EMAIL.test(email) ? email : null;
}

/** Line breaks and other control characters could forge lines in letters and on parcel labels. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** The text trimmed and composed (NFC), or null when it is empty, longer than `maxLength` characters or holds control characters. */
export function oneLine(text: string, maxLength: number): string | null {
  const line = text.trim().normalize('NFC');
  if (line === '' || [...line].length > maxLength || UNPRINTABLE.test(line)) return null;
  return line;
}

/** The roles without repeats in the order of the table, or null when one is unknown or there is none. */
export function canonicalRoles(roles: readonly string[]): Role[] | null {
  if (roles.length === 0 || !roles.every((role) => (ROLES as readonly string[]).includes(role))) return null;
  return ROLES.filter((role) => roles.includes(role));
}

export const isLanguage = (text: string): text is 'en' | 'zh' => text === 'en' || text === 'zh';
