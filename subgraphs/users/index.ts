/** The users room: accounts, how they sign in, and what they may do. */
import { jsonWebKeySet, staffAccounts, userProfiles } from '#schema/asks.ts';
import { LETTERS_SCAN_EVERY_MS } from '#platform/mail/letter-sender.ts';
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import { entities } from './entities.ts';
import { createLetters } from './letters.ts';
import { migrations } from './migrations.ts';
import { createPasswords } from './password-hash.ts';
import { findAccounts } from './people.ts';
import { createResolvers } from './resolvers.ts';
import { forgetOld } from './retention.ts';
import { findStaff } from './staff.ts';
import { createSigningKeys } from './signing-keys.ts';

export { appointAdmin } from './appoint-admin.ts';
export { DEMO_PASSWORD, seedDemoAccounts } from './seed-demo-accounts.ts';

const HOUR_MS = 3_600_000;

/** Far shorter than a key is known before it signs. */
const KEY_SET_CACHED_SECONDS = 300;

const keySetResponse = (keySet: object): Response =>
  Response.json(keySet, {
    headers: { 'content-type': 'application/jwk-set+json', 'cache-control': `public, max-age=${KEY_SET_CACHED_SECONDS}` },
  });

export const users: RoomDefinition = {
  name: 'users',
  schema: new URL('./schema.graphql', import.meta.url),
  entities,
  migrations,
  build(deps) {
    const keys = createSigningKeys({ ...deps, sealingKey: deps.secret('users.signing-keys') });
    const letters = createLetters(deps);
    return {
      resolvers: createResolvers({ deps, keys, letters, passwords: createPasswords() }),
      asks: [
        { contract: jsonWebKeySet, handle: () => keys.published() },
        {
          contract: userProfiles,
          handle: async ({ userIds }: { userIds: string[] }) =>
            (await findAccounts(deps.database, 'id', userIds)).map(({ id, displayName, email, language }) => ({
              userId: id,
              displayName,
              email,
              language,
            })),
        },
        { contract: staffAccounts, handle: ({ roles }: { roles: string[] }) => findStaff(deps.database, roles) },
      ],
      routes: [{ method: 'GET', path: '/.well-known/jwks.json', handle: async () => keySetResponse(await keys.published()) }],
      tasks: [
        { name: 'users.send-letters', everyMs: LETTERS_SCAN_EVERY_MS, look: true, run: (signal) => letters.send(signal) },
        { name: 'users.rotate-signing-keys', everyMs: HOUR_MS, run: () => keys.rotate() },
        { name: 'users.forget-old', everyMs: HOUR_MS, run: (signal) => forgetOld(deps, signal) },
      ],
      start: () => keys.rotate(),
      stop: () => letters.stop(),
    };
  },
};
