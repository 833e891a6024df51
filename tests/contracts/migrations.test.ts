/** What the rooms' migrations may do to processes of the version before, and to each other. */
import { expect, test } from 'vitest';
import { ROOMS } from '#app/modules.ts';
import { unmarkedContractions } from '#platform/database/contractions.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';

test.each(Object.entries(ROOMS))('%s: what takes something away is marked, and names are told apart and in order', async (_, load) => {
  const all = [...platformMigrations, ...(await load()).migrations];
  for (const dialect of ['sqlite', 'mysql'] as const) expect(unmarkedContractions(all, dialect)).toEqual([]);
  const names = all.map((migration) => migration.name);
  expect(new Set(names).size).toBe(names.length);
  for (const own of [names.filter((name) => name.startsWith('platform-')), names.filter((name) => !name.startsWith('platform-'))]) expect(own).toEqual(own.toSorted());
});
