import type { Migration } from '#platform/database/database.ts';

/** `available` is computed by the database, so that it can be sorted by and never disagrees. Movements are append-only. */
export const migrations: readonly Migration[] = [
  {
    name: '001-levels-holds-movements',
    up: [
      `create table stock_levels (
        variant_id varchar(128) not null primary key,
        initial_units int not null,
        on_hand int not null,
        held int not null,
        available int generated always as (on_hand - held) stored,
        threshold int null,
        opened_at bigint not null
      )`,
      `create index stock_levels_available on stock_levels (available, variant_id)`,
      `create table stock_holds (
        order_id varchar(128) not null primary key,
        state varchar(16) not null,
        expires_at bigint not null,
        made_at bigint not null
      )`,
      `create index stock_holds_expiry on stock_holds (state, expires_at)`,
      `create table stock_hold_lines (
        order_id varchar(128) not null,
        variant_id varchar(128) not null,
        quantity int not null,
        returned int not null,
        primary key (order_id, variant_id)
      )`,
      `create table stock_movements (
        id varchar(64) not null primary key,
        variant_id varchar(128) not null,
        delta int not null,
        reason varchar(200) not null,
        order_id varchar(128) null,
        by_user varchar(128) null,
        moved_at bigint not null
      )`,
      `create index stock_movements_variant on stock_movements (variant_id, moved_at, id)`,
    ],
  },
];
