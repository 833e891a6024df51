import { defineEntity, p } from '@mikro-orm/core';

export const Category = defineEntity({
  name: 'Category',
  tableName: 'category',
  properties: {
    id: p.string().length(64).primary(),
    parentId: p.string().length(64),
    nameKey: p.string().length(120),
    slug: p.string().length(120),
    path: p.string().length(500),
    depth: p.integer(),
    nameEn: p.string().length(120).nullable(),
    nameZh: p.string().length(120).nullable(),
    imageUrl: p.string().length(255).nullable(),
  },
  uniques: [
    { name: 'category_slug', properties: ['slug'] },
    { name: 'category_parent_name', properties: ['parentId', 'nameKey'] },
  ],
});
