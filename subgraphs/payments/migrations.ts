import type { Migration } from '#platform/database/database.ts';

const tables = [
  `create table payment (
    id varchar(64) not null primary key,
    order_id varchar(128) not null,
    provider varchar(20) not null,
    status varchar(24) not null,
    amount_minor integer not null,
    captured_minor integer not null,
    refunded_minor integer not null,
    refunding_minor integer not null,
    currency varchar(3) not null,
    reference varchar(191),
    token_sealed varchar(1024),
    decline_code varchar(64),
    created_ms bigint not null
  )`,
  'create index payment_by_order on payment (order_id, created_ms)',
  // What is still to be said to a provider; a row goes when it is settled. Its id is the provider's idempotency key.
  `create table provider_call (
    id varchar(191) not null primary key,
    payment_id varchar(64) not null,
    kind varchar(12) not null,
    state varchar(8) not null,
    amount_minor integer not null,
    refund_id varchar(128),
    command_key varchar(300),
    attempts integer not null,
    due_ms bigint not null,
    created_ms bigint not null,
    expires_ms bigint not null
  )`,
  'create index provider_call_due on provider_call (due_ms)',
  'create table provider_webhook (provider varchar(20) not null, event_id varchar(128) not null, received_ms bigint not null, primary key (provider, event_id))',
  'create index provider_webhook_received on provider_webhook (received_ms)',
  // Append-only: an amount from one account to another, so debits equal credits by construction.
  `create table ledger_entry (
    id varchar(191) not null primary key,
    payment_id varchar(64) not null,
    order_id varchar(128) not null,
    kind varchar(12) not null,
    debit varchar(64) not null,
    credit varchar(64) not null,
    amount_minor integer not null,
    currency varchar(3) not null,
    at_ms bigint not null
  )`,
  'create index ledger_entry_by_payment on ledger_entry (payment_id, at_ms)',
];

/** SQLite can refuse changes by itself; on MySQL the room's account is given no right to update or delete here. */
const appendOnly = ['update', 'delete'].map(
  (verb) => `create trigger ledger_entry_no_${verb} before ${verb} on ledger_entry begin select raise(abort, 'the ledger is append-only'); end`,
);

export const migrations: readonly Migration[] = [{ name: 'payments-0001-books', up: { sqlite: [...tables, ...appendOnly], mysql: tables } }];
