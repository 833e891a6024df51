import type { Migration } from '#platform/database/database.ts';

/** Products and what hangs on them; `*_key` columns are lower-cased, so that every engine agrees on what is the same. */
export const catalogue: Migration = {
  name: 'products-0001-catalogue',
  up: [
    `create table product (
      id varchar(64) not null primary key,
      slug varchar(120) not null,
      brand varchar(120),
      currency varchar(3) not null,
      archived integer not null,
      version integer not null,
      revision integer not null,
      created_ms bigint not null,
      updated_ms bigint not null,
      content_hash varchar(64) not null,
      rating_1 integer not null,
      rating_2 integer not null,
      rating_3 integer not null,
      rating_4 integer not null,
      rating_5 integer not null
    )`,
    'create unique index product_slug on product (slug)',
    `create table product_text (
      product_id varchar(64) not null,
      language varchar(8) not null,
      name varchar(255),
      description text,
      primary key (product_id, language)
    )`,
    `create table product_category (
      product_id varchar(64) not null,
      position integer not null,
      category_id varchar(64) not null,
      primary key (product_id, position)
    )`,
    'create index product_category_category on product_category (category_id)',
    `create table product_attribute (
      product_id varchar(64) not null,
      position integer not null,
      name varchar(120) not null,
      value_en varchar(255),
      value_zh varchar(255),
      primary key (product_id, position)
    )`,
    `create table product_media (
      product_id varchar(64) not null,
      position integer not null,
      url varchar(255) not null,
      alt_en varchar(255),
      alt_zh varchar(255),
      width integer,
      height integer,
      primary key (product_id, position)
    )`,
    `create table variant (
      id varchar(64) not null primary key,
      product_id varchar(64) not null,
      position integer not null,
      sku varchar(120) not null,
      sku_key varchar(120) not null,
      price_minor integer not null,
      compare_at_minor integer,
      image_url varchar(255),
      archived integer not null
    )`,
    'create unique index variant_sku_key on variant (sku_key)',
    'create index variant_product on variant (product_id)',
    `create table variant_option (
      variant_id varchar(64) not null,
      position integer not null,
      product_id varchar(64) not null,
      name varchar(120) not null,
      value varchar(255) not null,
      primary key (variant_id, position)
    )`,
    'create index variant_option_product on variant_option (product_id)',
    `create table category (
      id varchar(64) not null primary key,
      parent_id varchar(64) not null,
      name_key varchar(120) not null,
      slug varchar(120) not null,
      path varchar(500) not null,
      depth integer not null,
      name_en varchar(120),
      name_zh varchar(120)
    )`,
    'create unique index category_slug on category (slug)',
    'create unique index category_parent_name on category (parent_id, name_key)',
    `create table review (
      id varchar(64) not null primary key,
      product_id varchar(64) not null,
      writer varchar(64) not null,
      rating integer not null,
      title varchar(120) not null,
      body text not null,
      author_name varchar(120) not null,
      created_ms bigint not null
    )`,
    'create unique index review_product_writer on review (product_id, writer)',
    'create index review_product_created on review (product_id, created_ms, id)',
    `create table product_sales (
      product_id varchar(64) not null primary key,
      sold bigint not null
    )`,
    `create table co_purchase (
      product_id varchar(64) not null,
      other_id varchar(64) not null,
      times integer not null,
      primary key (product_id, other_id)
    )`,
    'create index co_purchase_times on co_purchase (product_id, times)',
  ],
};
