/**
 * The tables of the reliability core, the same in every room's database: what was told (outbox, delivery, dead letter),
 * what was heard (inbox, command, idempotency key), what is under way (saga), who does the background work (lease) and
 * when tasks ran.
 */
import type { Migration } from '#platform/database/database.ts';

/** Columns of the outbox after its number, which each engine counts in its own way. */
const OUTBOX = 'id varchar(64) not null unique, topic varchar(96) not null, subject varchar(128) not null, message mediumtext not null, sent_at_ms bigint';

const TABLES = [
  'create index platform_outbox_sent on platform_outbox (sent_at_ms, seq)',
  // A message that one consumer could not handle yet; it has left the outbox, so nobody else waits for it.
  `create table platform_delivery (
    message_id varchar(64) not null, room varchar(64) not null, topic varchar(96) not null, message mediumtext not null,
    attempts integer not null, next_at_ms bigint not null, error text, primary key (message_id, room))`,
  `create table platform_dead_letter (
    id varchar(64) not null primary key, message_id varchar(64) not null, room varchar(64) not null, topic varchar(96) not null,
    message mediumtext not null, error text not null, attempts integer not null, at_ms bigint not null)`,
  'create index platform_dead_letter_at on platform_dead_letter (at_ms)',
  'create table platform_inbox (message_id varchar(64) not null, source varchar(64) not null, at_ms bigint not null, primary key (message_id, source))',
  'create index platform_inbox_at on platform_inbox (at_ms)',
  // A row a key: `reply` is null while another party thinks; `undone` makes it a tombstone, which may come before the ask.
  `create table platform_command (
    command_key varchar(191) not null primary key, type varchar(96) not null, reply mediumtext, undone smallint not null, at_ms bigint not null)`,
  'create index platform_command_at on platform_command (at_ms)',
  `create table platform_idempotency (
    id varchar(64) not null primary key, operation varchar(96) not null, input_hash varchar(64) not null, outcome mediumtext, at_ms bigint not null)`,
  'create index platform_idempotency_at on platform_idempotency (at_ms)',
  // Loaded and saved whole, steps included: one read and one write a change.
  `create table platform_saga (
    id varchar(128) not null primary key, name varchar(96) not null, state varchar(16) not null, data mediumtext not null, steps mediumtext not null,
    due_at_ms bigint, begun_at_ms bigint not null, ended_at_ms bigint)`,
  'create index platform_saga_due on platform_saga (due_at_ms)',
  'create index platform_saga_ended on platform_saga (ended_at_ms)',
  'create table platform_lease (name varchar(96) not null primary key, holder varchar(64) not null, epoch bigint not null, until_ms bigint not null)',
];

export const platformMigrations: readonly Migration[] = [
  {
    name: 'platform-0001-core',
    up: {
      sqlite: [`create table platform_outbox (seq integer primary key autoincrement, ${OUTBOX})`, ...TABLES],
      // One counter for all servers of TiDB, so that numbers grow as rows are written; a comment to MySQL and MariaDB.
      mysql: [`create table platform_outbox (seq bigint not null auto_increment primary key, ${OUTBOX}) /*T![auto_id_cache] AUTO_ID_CACHE 1 */`, ...TABLES],
    },
  },
  {
    // Where a room keeps what it could not handle of a partition, the order of a subject is that of the partition.
    name: 'platform-0002-order-of-deliveries',
    up: [
      "alter table platform_delivery add column subject varchar(128) not null default ''",
      'alter table platform_delivery add column place bigint not null default 0',
    ],
  },
  {
    // What was run when: whoever inserts the row of a tick runs it.
    name: 'platform-0003-task-runs',
    up: [
      `create table platform_task_run (
        task varchar(96) not null, tick_ms bigint not null, epoch bigint not null, state varchar(16) not null,
        begun_at_ms bigint not null, ended_at_ms bigint, error text, primary key (task, tick_ms))`,
    ],
  },
];
