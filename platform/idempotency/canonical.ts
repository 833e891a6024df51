import { createHash } from 'node:crypto';

/** Nothing a client sends is nested deeper. */
const MAX_DEPTH = 32;

/** JSON with the names of every object sorted (as RFC 8785 orders them); what is undefined is left out. */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw new RangeError(`nested deeper than ${MAX_DEPTH}`);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null, depth + 1)).join(',')}]`;
  if (value !== null && typeof value === 'object') {
    const record = value as Record<string, unknown>;
    const names = Object.keys(record).filter((name) => record[name] !== undefined).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalJson(record[name], depth + 1)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

/** SHA-256 in base64url, 43 characters. */
export const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');
