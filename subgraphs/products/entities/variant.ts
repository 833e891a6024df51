import { defineEntity, p } from '@mikro-orm/core';

export const Variant = defineEntity({
  name: 'Variant',
  tableName: 'variant',
  properties: {
    id: p.string().length(64).primary(),
    productId: p.string().length(64),
    position: p.integer(),
    sku: p.string().length(120),
    skuKey: p.string().length(120),
    priceMinor: p.integer(),
    compareAtMinor: p.integer().nullable(),
    imageUrl: p.string().length(255).nullable(),
    archived: p.integer(),
  },
  uniques: [{ name: 'variant_sku_key', properties: ['skuKey'] }],
  indexes: [{ name: 'variant_product', properties: ['productId'] }],
});

export const VariantOption = defineEntity({
  name: 'VariantOption',
  tableName: 'variant_option',
  properties: {
    variantId: p.string().length(64).primary(),
    position: p.integer().primary(),
    productId: p.string().length(64),
    name: p.string().length(120),
    value: p.string().length(255),
    nameZh: p.string().length(120).nullable(),
    valueZh: p.string().length(255).nullable(),
  },
  indexes: [{ name: 'variant_option_product', properties: ['productId'] }],
});
