/** Processes of two versions run side by side during a rolling restart. */
import { expect, test } from 'vitest';
import { brokenMessages, committedMessages } from '#app/schema.ts';
import { tellAll } from '#schema/compatibility.ts';

test('processes of the committed version understand what this code says, and the other way round', () => {
  const kinds = new Set([...committedMessages().keys()].map((name) => name.slice(0, name.indexOf('/'))));
  expect([...kinds].toSorted()).toEqual(['asks', 'commands', 'events']);
  expect(tellAll(brokenMessages())).toBe('');
});
