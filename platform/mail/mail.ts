/** Outgoing e-mail. At least once: the caller sends it from a handled message, never before the pivot of a saga. */
import { Fault, invalidInput } from '#platform/errors.ts';

export interface Mail {
  /**
   * Resolves once somebody else answers for the letter: the disk, or the mail server. Rejects with `LetterRefused` when a
   * repeat would be refused as well; with any other fault the caller repeats it later, under the same id.
   */
  send(letter: Letter): Promise<void>;
  close(): Promise<void>;
  /** What is wrong with the engine now, for health, without addresses; null when all is well. */
  ailment?(): string | null;
}

export interface Letter {
  to: string;
  subject: string;
  text: string;
  html?: string;
  /** Stable across repeats, so that a receiver can drop the second copy (Message-ID). */
  id: string;
}

/** The mail server takes this letter neither now nor later: there is no such person, or it does not want what it says. */
export class LetterRefused extends Fault {
  constructor(message: string) {
    super('INVALID_INPUT', message);
    this.name = 'LetterRefused';
  }
}

/** `<order-1.confirmed@gomall.example>`: from the letter's id, so that every copy has the same. Throws INVALID_INPUT. */
export function messageIdOf({ id }: Letter, from: string): string {
  if (!/^[\w.-]{1,120}$/.test(id)) throw invalidInput('id', 'letters, digits, dots, dashes and underscores only, 120 at most');
  return `<${id}@${/@([^>\s]+)/.exec(from)?.[1] ?? 'gomall.example'}>`;
}
