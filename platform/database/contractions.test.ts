import { expect, test } from 'vitest';
import { unmarkedContractions } from './contractions.ts';
import type { Migration } from './database.ts';

const first: Migration = { name: '0001', up: ["create table thing (id varchar(64) not null primary key, name varchar(64), stock integer not null default 0, tag varchar(8) not null, sum int generated always as (stock + 1) stored)"] };
const problems = (...up: string[]) => unmarkedContractions([first, { name: '0002', up }], 'mysql').map(({ problem }) => problem);

test.each([
  ['a column that may be null', 'alter table thing add column colour varchar(20)'],
  ['a column with a default', "alter table thing add column colour varchar(20) not null default ''"],
  ['several at once, a default with a comma in it', "alter table thing add column a varchar(20) not null default 'x, y', add column b numeric(10, 2)"],
  ['a column that the database makes', 'alter table thing add column twice int as (stock * 2)'],
  ['an index', 'create index thing_name on thing (name, stock)'],
  ['an index less', 'drop index thing_name on thing'],
  ['an index in an alter', 'alter table thing add index thing_name (name), drop index thing_old'],
  ['a table, with all that belongs to it', 'create table other (id varchar(64) not null primary key, name varchar(64) not null)'],
  ['rows', "insert into thing (id, tag) values ('a', 'b')"],
  ['a longer text', 'alter table thing modify column name varchar(128)'],
  ['a text without an end', 'alter table thing modify name text'],
  ['a larger number', 'alter table thing modify column stock bigint not null default 0'],
  ['a column that may be null now', 'alter table thing modify column tag varchar(8)'],
  ['another default', "alter table thing alter column stock set default 5"],
])('%s expands', (_, sql) => expect(problems(sql)).toEqual([]));

test('whatever a migration does to a table that it has made itself expands', () => {
  expect(problems('create table other (id varchar(64))', 'create unique index other_id on other (id)', 'alter table other drop column id', 'create trigger other_no_update before update on other begin select 1; end')).toEqual([]);
});

test.each([
  ['a column less', 'alter table thing drop column name', /takes away/],
  ['another name for a column', 'alter table thing rename column name to title', /takes away, renames/],
  ['another name for a table', 'alter table thing rename to things', /takes away, renames/],
  ['another name by change', 'alter table thing change name title varchar(64)', /takes away, renames/],
  ['a table less', 'drop table thing', /takes away/],
  ['rows less', 'delete from thing', /takes away/],
  ['an empty table', 'truncate table thing', /takes away/],
  ['another name, the other way', 'rename table thing to things', /takes away/],
  ['a needed column', 'alter table thing add column colour varchar(20) not null', /colour has neither a default/],
  ['the second of two columns is needed', 'alter table thing add column a int, add column b int not null', /b has neither/],
  ['a unique index', 'create unique index thing_name on thing (name)', /unique index may refuse/],
  ['a unique column', 'alter table thing add column code varchar(8) unique', /code is unique/],
  ['a constraint', 'alter table thing add constraint stocked check (stock >= 0)', /constraint may refuse/],
  ['a trigger', 'create trigger thing_no_update before update on thing begin select 1; end', /takes away or forbids/],
  ['a shorter text', 'alter table thing modify column name varchar(32)', /name may hold less/],
  ['a smaller number', 'alter table thing modify column stock smallint not null default 0', /stock may hold less/],
  ['a column that may not be null any more', 'alter table thing modify column name varchar(64) not null', /name may hold less/],
  ['a default less', 'alter table thing modify column stock integer not null', /stock may hold less/],
  ['another kind of value', 'alter table thing modify column stock varchar(20) not null default 0', /stock may hold less/],
  ['a column nobody knows', 'alter table thing modify column other varchar(20)', /other may hold less/],
  ['what cannot be read', 'optimise everything', /takes away or forbids/],
])('%s contracts', (_, sql, problem) => {
  expect(problems(sql)).toEqual([expect.stringMatching(problem)]);
  expect(unmarkedContractions([first, { name: '0002', kind: 'contract', up: [sql] }], 'mysql')).toEqual([]);
});

test('what an earlier migration has widened counts', () => {
  const widened: Migration = { name: '0002', up: ['alter table thing modify column name varchar(191)'] };
  expect(unmarkedContractions([first, widened, { name: '0003', up: ['alter table thing modify column name varchar(128)'] }], 'mysql')).toHaveLength(1);
});
