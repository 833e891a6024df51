/** What can be told to be wrong before anything is sent; the rest the room of products says, by the same paths. */
import { minorOf } from '../parts/amount.ts';
import type { Draft } from './draft.ts';

/** Keys of words by path, e.g. `variants.0.sku`. */
export function problemsOf(draft: Draft, currency: string): Record<string, string> {
  const found: Record<string, string> = {};
  if (!draft.nameEn.trim() && !draft.nameZh.trim()) found['name'] = 'product.needName';
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(draft.slug.trim())) found['slug'] = 'product.needSlug';
  draft.media.forEach(({ url }, index) => {
    if (!url.trim().startsWith('/media/')) found[`media.${index}.url`] = 'product.needMedia';
  });
  if (draft.variants.length === 0) found['variants'] = 'product.needVariant';
  draft.variants.forEach((variant, index) => {
    const at = `variants.${index}`;
    if (!variant.sku.trim()) found[`${at}.sku`] = 'product.needSku';
    if (minorOf(variant.price, currency) === null) found[`${at}.priceMinor`] = 'product.amountWrong';
    if (variant.compareAt.trim() && minorOf(variant.compareAt, currency) === null) found[`${at}.compareAtPriceMinor`] = 'product.amountWrong';
    if (variant.imageUrl.trim() && !variant.imageUrl.trim().startsWith('/media/')) found[`${at}.imageUrl`] = 'product.needMedia';
    if (variant.initialStock.trim() && !/^\d{1,9}$/.test(variant.initialStock.trim())) found[`${at}.initialStock`] = 'product.stockWrong';
    draft.optionNames.forEach((name, option) => {
      if (!(variant.options[name] ?? '').trim()) found[`${at}.options.${option}`] = 'product.needOption';
    });
  });
  return found;
}

/** `input.product.variants.0.sku` and `product.variants.0.sku` → `variants.0.sku`. */
export const fieldPath = (path: string): string => path.replace(/^input\./, '').replace(/^product\./, '');

/** The problem of a path or of anything below it. */
export function problemAt(problems: Record<string, string>, path: string): string | null {
  const key = Object.keys(problems).find((one) => one === path || one.startsWith(`${path}.`));
  return key === undefined ? null : problems[key]!;
}
