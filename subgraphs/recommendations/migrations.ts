import type { Migration } from '#platform/database/database.ts';

const tables = [
  // What a person did with a product, the strongest of it and when last: a row a pair, so looking again adds none.
  `create table interaction (
    person varchar(140) not null,
    product_id varchar(128) not null,
    kind integer not null,
    at_ms bigint not null,
    primary key (person, product_id)
  )`,
  'create index interaction_by_time on interaction (at_ms)',
  `create table model_version (
    id varchar(64) not null primary key,
    state varchar(12) not null,
    blob_key varchar(64),
    begun_ms bigint not null,
    ended_ms bigint,
    progress integer not null,
    interactions integer not null,
    scores varchar(1000),
    reason varchar(500)
  )`,
  'create index model_version_by_time on model_version (begun_ms)',
  // One row: who trains, until when that may be believed.
  'create table training_claim (name varchar(16) not null primary key, model_id varchar(64), until_ms bigint not null)',
  "insert into training_claim (name, model_id, until_ms) values ('training', null, 0)",
];

export const migrations: readonly Migration[] = [{ name: 'recommendations-0001-models', up: tables }];
