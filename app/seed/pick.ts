import { fnv1a } from '#subgraphs/products/slug.ts';

/** A number from 0 to `below` - 1 that is always the same for `key`. */
export function pick(key: string, below: number): number {
  // The low bits of FNV hang together for similar keys; the finaliser of MurmurHash3 stirs them.
  let hash = fnv1a(key);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % below;
}
