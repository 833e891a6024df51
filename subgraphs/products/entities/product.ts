import { defineEntity, p } from '@mikro-orm/core';

export const Product = defineEntity({
  name: 'Product',
  tableName: 'product',
  properties: {
    id: p.string().length(64).primary(),
    slug: p.string().length(120),
    brand: p.string().length(120).nullable(),
    currency: p.string().length(3),
    archived: p.integer(),
    version: p.integer(),
    revision: p.integer(),
    createdMs: p.bigint('number'),
    updatedMs: p.bigint('number'),
    contentHash: p.string().length(64),
    rating1: p.integer().fieldName('rating_1'),
    rating2: p.integer().fieldName('rating_2'),
    rating3: p.integer().fieldName('rating_3'),
    rating4: p.integer().fieldName('rating_4'),
    rating5: p.integer().fieldName('rating_5'),
  },
  uniques: [{ name: 'product_slug', properties: ['slug'] }],
});

export const ProductText = defineEntity({
  name: 'ProductText',
  tableName: 'product_text',
  properties: {
    productId: p.string().length(64).primary(),
    language: p.string().length(8).primary(),
    name: p.string().length(255).nullable(),
    description: p.text().nullable(),
  },
});

export const ProductCategory = defineEntity({
  name: 'ProductCategory',
  tableName: 'product_category',
  properties: {
    productId: p.string().length(64).primary(),
    position: p.integer().primary(),
    categoryId: p.string().length(64),
  },
  indexes: [{ name: 'product_category_category', properties: ['categoryId'] }],
});

export const ProductAttribute = defineEntity({
  name: 'ProductAttribute',
  tableName: 'product_attribute',
  properties: {
    productId: p.string().length(64).primary(),
    position: p.integer().primary(),
    name: p.string().length(120),
    valueEn: p.string().length(255).nullable(),
    valueZh: p.string().length(255).nullable(),
    nameZh: p.string().length(120).nullable(),
  },
});

export const ProductMedia = defineEntity({
  name: 'ProductMedia',
  tableName: 'product_media',
  properties: {
    productId: p.string().length(64).primary(),
    position: p.integer().primary(),
    url: p.string().length(255),
    altEn: p.string().length(255).nullable(),
    altZh: p.string().length(255).nullable(),
    width: p.integer().nullable(),
    height: p.integer().nullable(),
  },
});
