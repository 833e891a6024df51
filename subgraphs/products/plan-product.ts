/** What saving a product will write and tell: pure, so that one product or a batch of them can be written alike. */
import type { OutgoingMessage } from '#platform/bus/bus.ts';
import type { CheckedProduct, CheckedVariant } from './check-product.ts';
import { skuKey } from './check-product.ts';
import { priceChanged, productChanged, variantsAdded } from './messages.ts';
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

export function planProduct(existing: Product | null, input: CheckedProduct, newId: () => string): ProductPlan {
  const content = keepChinese(existing, input);
  const id = existing?.id ?? newId();
  const known = new Map((existing?.variants ?? []).map((variant) => [skuKey(variant.sku), variant]));
  const variants = content.variants.map((variant) => {
    const before = known.get(variant.skuKey);
    return { ...variant, id: before?.id ?? newId(), created: !before };
  });
  const kept = new Set(variants.map((variant) => variant.id));
  const retired = (existing?.variants ?? []).filter((variant) => !variant.archived && !kept.has(variant.id)).map((variant) => variant.id);
  const everyId = [...new Set([...kept, ...(existing?.variants ?? []).map((variant) => variant.id)])];
  const messages = variants.flatMap((variant) => priceMessages(id, variant, known.get(variant.skuKey), existing?.currency ?? ''));
  const added = variants.filter(({ created }) => created).map(({ id: variantId, sku, initialStock }) => ({ variantId, sku, initialStock }));
  if (added.length > 0) messages.push(variantsAdded({ productId: id, variants: added }));
  messages.push(productChanged({ productId: id, slug: content.slug, archived: existing?.archived ?? false, variantIds: everyId }));
  return { kind: existing ? 'updated' : 'created', id, content, variants, retired, messages };
}

/** Fills in the Chinese names that the input says nothing of and the product has: whoever edits in one language spoils no other. */
function keepChinese(existing: Product | null, content: CheckedProduct): CheckedProduct {
  const known = new Map<string, string | null>();
  for (const { name, nameZh } of existing?.attributes ?? []) known.set(attributeKey(name), nameZh);
  for (const { name, value, nameZh, valueZh } of (existing?.variants ?? []).flatMap((variant) => variant.options)) {
    known.set(optionKey(name), nameZh ?? known.get(optionKey(name)) ?? null);
    known.set(optionKey(name, value), valueZh ?? known.get(optionKey(name, value)) ?? null);
  }
  const chinese = (given: string | null, key: string): string | null => (given === null ? (known.get(key) ?? null) : given || null);
  return {
    ...content,
    attributes: content.attributes.map((attribute) => ({ ...attribute, nameZh: chinese(attribute.nameZh, attributeKey(attribute.name)) })),
    variants: content.variants.map((variant) => ({
      ...variant,
      options: variant.options.map(({ name, value, nameZh, valueZh }) => ({
        name, value, nameZh: chinese(nameZh, optionKey(name)), valueZh: chinese(valueZh, optionKey(name, value)),
      })),
    })),
  };
}

const attributeKey = (name: string): string => `attribute ${name.toLowerCase()}`;
const optionKey = (...parts: string[]): string => `option ${parts.join('\n')}`;

function priceMessages(productId: string, variant: PlannedVariant, before: Variant | undefined, currency: string): OutgoingMessage[] {
  if (!before || before.priceMinor === variant.priceMinor) return [];
  return [priceChanged({ variantId: variant.id, productId, fromMinor: before.priceMinor, toMinor: variant.priceMinor, currency })];
}
