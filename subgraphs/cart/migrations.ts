import type { Migration } from '#platform/database/database.ts';

/** A guest's cart that was merged stays as a row that points to the shopper's, so that its id still answers. */
export const migrations: readonly Migration[] = [
  {
    name: '001-carts-and-lines',
    up: [
      `create table carts (
        id varchar(128) not null primary key,
        user_id varchar(128) null,
        version int not null,
        coupon_code varchar(64) null,
        merged_into varchar(128) null,
        made_at bigint not null,
        changed_at bigint not null
      )`,
      `create unique index carts_user on carts (user_id)`,
      `create index carts_changed on carts (changed_at)`,
      `create table cart_lines (
        id varchar(64) not null primary key,
        cart_id varchar(128) not null,
        variant_id varchar(128) not null,
        quantity int not null,
        seen_price_minor int not null,
        added_at bigint not null
      )`,
      `create unique index cart_lines_variant on cart_lines (cart_id, variant_id)`,
    ],
  },
];
