import type { Migration } from '#platform/database/database.ts';

export const migrations: readonly Migration[] = [
  {
    name: 'orders-0001-orders',
    up: [
      `create table orders (
        id varchar(64) not null primary key,
        sequence integer not null,
        order_number varchar(20) not null,
        user_id varchar(64),
        cart_id varchar(128),
        email varchar(254) not null,
        address text not null,
        status varchar(12) not null,
        payment_status varchar(20) not null,
        payment_provider varchar(12) not null,
        action_url varchar(1024),
        action_expires_ms bigint,
        currency varchar(3) not null,
        subtotal_minor integer not null,
        discount_minor integer not null,
        shipping_minor integer not null,
        tax_minor integer not null,
        total_minor integer not null,
        captured_minor integer not null,
        refunded_minor integer not null,
        refunding_minor integer not null,
        failure text,
        cancel_requested integer not null,
        checkout_done integer not null,
        stuck integer not null,
        carrier varchar(80),
        tracking_number varchar(80),
        shipped_ms bigint,
        version integer not null,
        placed_ms bigint not null,
        changed_ms bigint not null
      )`,
      'create unique index orders_sequence on orders (sequence)',
      'create unique index orders_number on orders (order_number)',
      'create index orders_of_user on orders (user_id, sequence)',
      'create index orders_by_status on orders (status, sequence)',
      'create index orders_by_email on orders (email)',
      'create index orders_changed on orders (changed_ms)',
      'create index orders_stuck on orders (stuck, sequence)',
      `create table order_line (
        order_id varchar(64) not null,
        position integer not null,
        variant_id varchar(128) not null,
        product_id varchar(128) not null,
        sku varchar(128) not null,
        name_en text,
        name_zh text,
        quantity integer not null,
        refunded_quantity integer not null,
        unit_price_minor integer not null,
        primary key (order_id, position)
      )`,
      // Each thing happens once to an order, refunds once an id of theirs: "reference" tells them apart.
      `create table order_timeline (
        order_id varchar(64) not null,
        kind varchar(20) not null,
        reference varchar(128) not null,
        at_ms bigint not null,
        detail text,
        primary key (order_id, kind, reference)
      )`,
      `create table order_refund (
        id varchar(64) not null primary key,
        order_id varchar(64) not null,
        amount_minor integer not null,
        reason varchar(500) not null,
        state varchar(8) not null,
        created_ms bigint not null
      )`,
      'create index order_refund_of_order on order_refund (order_id, state)',
      'create table order_counter (name varchar(20) not null primary key, value integer not null)',
      "insert into order_counter (name, value) values ('order', 0)",
    ],
  },
  // Null for orders of before: letters about them are in English, or in their account's language.
  { name: 'orders-0002-language', up: ['alter table orders add column language varchar(8)'] },
];
