import type { Migration } from '#platform/database/database.ts';

export const webhookMigrations: readonly Migration[] = [
  {
    name: 'notifications-0002-webhooks',
    up: [
      `create table webhook_endpoints (
        id varchar(64) not null primary key, owner_id varchar(64) not null, url varchar(1000) not null, description varchar(200) not null,
        event_types varchar(500) not null, sealed_secret varchar(300) not null, active integer not null, disabled_reason varchar(40),
        failing_since_ms bigint, created_ms bigint not null)`,
      'create index webhook_endpoints_owner on webhook_endpoints (owner_id)',
      // A delivery is due until it is done or given up; then due_ms is null. The body is what is signed, byte for byte.
      `create table webhook_deliveries (
        id varchar(64) not null primary key, endpoint_id varchar(64) not null, event_type varchar(64) not null, body text not null,
        state varchar(12) not null, attempts integer not null, due_ms bigint, created_ms bigint not null)`,
      'create index webhook_deliveries_due on webhook_deliveries (due_ms)',
      'create index webhook_deliveries_endpoint on webhook_deliveries (endpoint_id, id)',
      'create index webhook_deliveries_created on webhook_deliveries (created_ms)',
      `create table webhook_attempts (
        delivery_id varchar(64) not null, number integer not null, at_ms bigint not null, status integer, problem varchar(200), took_ms integer not null,
        primary key (delivery_id, number))`,
    ],
  },
];
