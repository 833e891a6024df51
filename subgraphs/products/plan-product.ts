/** What saving a product will write and tell: pure, so that one product or a batch of them can be written alike. */
import type { OutgoingMessage } from '#platform/bus/bus.ts';
import type { CheckedProduct, CheckedVariant } from './check-product.ts';
import { skuKey } from './check-product.ts';
import { priceChanged, productChanged, variantAdded } from './messages.ts';
import type { Product, Variant } from './product.ts';

/** A variant as it will stand. */
export interface PlannedVariant extends CheckedVariant {
  id: string;
  created: boolean;
}

export interface ProductPlan {
  kind: 'created' | 'updated';
  id: string;
  content: CheckedProduct;
  variants: PlannedVariant[];
  /** Variants that were left out, to be archived. */
  retired: string[];
  messages: OutgoingMessage[];
}

export function planProduct(existing: Product | null, content: CheckedProduct, newId: () => string): ProductPlan {
  const id = existing?.id ?? newId();
  const known = new Map((existing?.variants ?? []).map((variant) => [skuKey(variant.sku), variant]));
  const variants = content.variants.map((variant) => {
    const before = known.get(variant.skuKey);
    return { ...variant, id: before?.id ?? newId(), created: !before };
  });
  const kept = new Set(variants.map((variant) => variant.id));
  const retired = (existing?.variants ?? []).filter((variant) => !variant.archived && !kept.has(variant.id)).map((variant) => variant.id);
  const everyId = [...new Set([...kept, ...(existing?.variants ?? []).map((variant) => variant.id)])];
  const messages = variants.flatMap((variant) => variantMessages(id, variant, known.get(variant.skuKey), existing?.currency ?? ''));
  messages.push(productChanged({ productId: id, slug: content.slug, archived: existing?.archived ?? false, variantIds: everyId }));
  return { kind: existing ? 'updated' : 'created', id, content, variants, retired, messages };
}

function variantMessages(productId: string, variant: PlannedVariant, before: Variant | undefined, currency: string): OutgoingMessage[] {
  if (!before) return [variantAdded({ variantId: variant.id, productId, sku: variant.sku, initialStock: variant.initialStock })];
  if (before.priceMinor === variant.priceMinor) return [];
  return [priceChanged({ variantId: variant.id, productId, fromMinor: before.priceMinor, toMinor: variant.priceMinor, currency })];
}
