/** The tables of this room; times in Unix ms. */
import type { Migration } from '#platform/database/database.ts';

export const migrations: readonly Migration[] = [
  {
    name: '2026-11-24-accounts',
    up: [
      // `roles` are words with blanks between; `admin` repeats one of them so that the last admin can be found by an index.
      `create table accounts (
        id varchar(64) not null primary key, email varchar(254) not null, display_name varchar(191) not null,
        password_hash varchar(191) not null, roles varchar(191) not null, admin integer not null,
        email_verified_at_ms bigint, language varchar(8) not null, created_at_ms bigint not null)`,
      'create unique index accounts_email on accounts (email)',
      'create index accounts_admin on accounts (admin)',
      `create table account_addresses (
        id varchar(64) not null primary key, user_id varchar(64) not null, full_name varchar(191) not null, line1 varchar(191) not null,
        line2 varchar(191), city varchar(191) not null, region varchar(191), postal_code varchar(32) not null,
        country_code varchar(2) not null, phone varchar(64), is_default integer not null, created_at_ms bigint not null)`,
      'create index account_addresses_user on account_addresses (user_id)',
      // A session is a family of refresh tokens, of which one at most is unspent.
      `create table account_sessions (
        id varchar(64) not null primary key, user_id varchar(64) not null, created_at_ms bigint not null,
        last_used_at_ms bigint not null, expires_at_ms bigint not null, ended_at_ms bigint)`,
      'create index account_sessions_user on account_sessions (user_id)',
      'create index account_sessions_expiry on account_sessions (expires_at_ms)',
      'create index account_sessions_end on account_sessions (ended_at_ms)',
      `create table refresh_tokens (
        token_hash varchar(64) not null primary key, session_id varchar(64) not null, created_at_ms bigint not null, spent_at_ms bigint)`,
      'create index refresh_tokens_session on refresh_tokens (session_id)',
      'create index refresh_tokens_spent on refresh_tokens (spent_at_ms)',
      // A letter is due until it is sent or given up; then `due_at_ms` is null.
      `create table account_letters (
        id varchar(64) not null primary key, user_id varchar(64), kind varchar(32) not null, created_at_ms bigint not null,
        due_at_ms bigint, attempts integer not null, sent_at_ms bigint,
        token_hash varchar(64), expires_at_ms bigint, used_at_ms bigint)`,
      'create index account_letters_due on account_letters (due_at_ms)',
      'create index account_letters_user on account_letters (user_id)',
      'create unique index account_letters_token on account_letters (token_hash)',
      'create index account_letters_created on account_letters (created_at_ms)',
      `create table signing_keys (
        generation integer not null primary key, kid varchar(64) not null, public_key varchar(191) not null, sealed_key varchar(191) not null,
        active_from_ms bigint not null)`,
    ],
  },
  // Most accounts are customers and nothing else; the few others are found by this.
  { name: '2026-11-25-staff', up: ['create index accounts_roles on accounts (roles)'] },
];
