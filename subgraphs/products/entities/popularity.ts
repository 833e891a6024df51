import { defineEntity, p } from '@mikro-orm/core';

export const Review = defineEntity({
  name: 'Review',
  tableName: 'review',
  properties: {
    id: p.string().length(64).primary(),
    productId: p.string().length(64),
    writer: p.string().length(64),
    rating: p.integer(),
    title: p.string().length(120),
    body: p.text(),
    authorName: p.string().length(120),
    createdMs: p.bigint('number'),
  },
  uniques: [{ name: 'review_product_writer', properties: ['productId', 'writer'] }],
  indexes: [{ name: 'review_product_created', properties: ['productId', 'createdMs', 'id'] }],
});

export const ProductSales = defineEntity({
  name: 'ProductSales',
  tableName: 'product_sales',
  properties: { productId: p.string().length(64).primary(), sold: p.bigint('number') },
});

export const CoPurchase = defineEntity({
  name: 'CoPurchase',
  tableName: 'co_purchase',
  properties: {
    productId: p.string().length(64).primary(),
    otherId: p.string().length(64).primary(),
    times: p.integer(),
  },
  indexes: [{ name: 'co_purchase_times', properties: ['productId', 'times'] }],
});
