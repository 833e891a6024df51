/** The tables of this room; times in Unix ms. */
import type { Migration } from '#platform/database/database.ts';
import { webhookMigrations } from './webhooks/migrations.ts';

export const migrations: readonly Migration[] = [
  {
    name: 'notifications-0001-inbox',
    up: [
      // Whoever adds to a feed holds its row until the commit, so positions are committed in their order: a reader that
      // has seen one has seen all before it.
      'create table notification_feeds (user_id varchar(64) not null primary key, position integer not null)',
      `create table notifications (
        user_id varchar(64) not null, position integer not null, id varchar(64) not null, kind varchar(32) not null,
        order_id varchar(128), product_id varchar(128), data text not null, quiet integer not null,
        created_ms bigint not null, read_ms bigint, primary key (user_id, position))`,
      'create unique index notifications_id on notifications (id)',
      'create index notifications_unread on notifications (user_id, read_ms)',
      'create index notifications_created on notifications (created_ms)',
      `create table notification_preferences (
        user_id varchar(64) not null, kind varchar(32) not null, inbox integer not null, email integer not null, primary key (user_id, kind))`,
      `create table notification_quiet_hours (
        user_id varchar(64) not null primary key, from_minute integer not null, to_minute integer not null, time_zone varchar(64) not null)`,
      // A letter is due until it is sent or given up; then due_ms is null. Where it goes is asked when it goes.
      `create table notification_letters (
        id varchar(64) not null primary key, kind varchar(32) not null, user_id varchar(64), order_id varchar(128), data text not null,
        created_ms bigint not null, due_ms bigint, attempts integer not null, sent_ms bigint)`,
      'create index notification_letters_due on notification_letters (due_ms)',
      'create index notification_letters_created on notification_letters (created_ms)',
      'create index notification_letters_order on notification_letters (order_id)',
      `create table notification_watches (
        user_id varchar(64) not null, variant_id varchar(128) not null, product_id varchar(128) not null, back_in_stock integer not null,
        price_drop integer not null, told_minor integer not null, created_ms bigint not null, primary key (user_id, variant_id))`,
      'create index notification_watches_variant on notification_watches (variant_id, user_id)',
      // News for many, told in portions: everybody up to after_user has it.
      `create table notification_fan_outs (
        id varchar(64) not null primary key, kind varchar(32) not null, variant_id varchar(128) not null, data text not null,
        after_user varchar(64) not null, due_ms bigint not null, created_ms bigint not null)`,
      'create index notification_fan_outs_due on notification_fan_outs (due_ms)',
    ],
  },
  ...webhookMigrations,
];
