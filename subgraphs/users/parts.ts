/** What the verbs of this room work with. */
import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { Letters } from './letters.ts';
import type { Passwords } from './password-hash.ts';
import type { SigningKeys } from './signing-keys.ts';

export interface Parts {
  deps: RoomDeps;
  passwords: Passwords;
  keys: SigningKeys;
  letters: Letters;
}
