/** Addresses of products and categories: lower-case ASCII letters, digits and single hyphens. */

/** Fits an indexed column in every engine. */
export const SLUG_MAX = 120;
const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export const isSlug = (text: string): boolean => text.length <= SLUG_MAX && SLUG.test(text);

/** `Café Crème 2` becomes `cafe-creme-2`; a text without Latin letters or digits gets a name made from its hash. */
export function slugify(text: string): string {
  const latin = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/g, '');
  const slug = latin.replace(/[^a-z0-9]+/g, '-').replace(/^-+/, '').slice(0, SLUG_MAX).replace(/-+$/, '');
  return slug || `x${fnv1a(text).toString(36)}`;
}

/** FNV-1a, 32 bit (http://www.isthe.com/chongo/tech/comp/fnv/), over UTF-16 units: names and colours, nothing secret. */
export function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
