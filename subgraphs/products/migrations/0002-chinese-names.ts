import type { Migration } from '#platform/database/database.ts';

/**
 * Chinese names of options, their values and attributes, and pictures of categories. Only columns that may be empty are
 * added, so rows that are there stay as they are and a process of the version before goes on reading and writing.
 */
export const chineseNames: Migration = {
  name: 'products-0002-chinese-names',
  up: [
    'alter table variant_option add column name_zh varchar(120)',
    'alter table variant_option add column value_zh varchar(255)',
    'alter table product_attribute add column name_zh varchar(120)',
    'alter table category add column image_url varchar(255)',
  ],
};
