/** The idempotency key of an attempt: the same for a retry of the same thing, a new one for anything else. */
import { useMemo } from 'react';
import { newKey } from '../../shared/time.ts';

export interface Attempt {
  keyFor(input: object): string;
  /** The attempt came to an end, with yes or no: the next is another one. */
  end(): void;
}

export function createAttempt(): Attempt {
  let said = '';
  let key = '';
  return {
    keyFor(input) {
      const now = JSON.stringify(input);
      if (key === '' || now !== said) key = newKey();
      said = now;
      return key;
    },
    end: () => void (key = ''),
  };
}

export const useAttempt = (): Attempt => useMemo(createAttempt, []);
