import { expect, test } from 'vitest';
import { createAttempt } from './attempt.ts';

test('a retry of the same thing has the same key; another thing, or the next time, has another', () => {
  const attempt = createAttempt();
  const first = attempt.keyFor({ amount: 1 });
  expect(attempt.keyFor({ amount: 1 })).toBe(first);
  const second = attempt.keyFor({ amount: 2 });
  expect(second).not.toBe(first);
  attempt.end();
  expect(attempt.keyFor({ amount: 2 })).not.toBe(second);
});
