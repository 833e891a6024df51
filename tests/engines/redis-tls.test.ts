/** rediss://, before a real Redis. */
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { parseRedisAddress } from '#platform/redis/address.ts';
import { openRedis } from '#platform/redis/open.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createAuthority, type Certificate } from '#platform/testing/certificates.ts';
import { openDoor } from '#platform/testing/door.ts';
import { engineAddress } from '../engines.ts';

const redis = parseRedisAddress(engineAddress('redis')!);
const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function openBehind(certificate: Certificate) {
  const door = await openDoor(redis, certificate);
  ends.push(() => door.close());
  return openRedis({ address: `rediss://localhost:${door.port}?prefix=test-${systemIds.uuid()}`, clock: systemClock, ids: systemIds, log: createLogger('silent') });
}

test('a certificate that has expired, or of nobody we trust, is refused at start with what mends it; a good one serves', async () => {
  const authority = createAuthority();
  await expect(openBehind(authority.issue())).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/^REDIS_ADDRESS: .*not trusted for this name: give its authority by NODE_EXTRA_CA_CERTS/) });
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, authority.cert]);
  ends.push(() => setDefaultCACertificates(trusted));
  await expect(openBehind(authority.issue({ expired: true }))).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/^REDIS_ADDRESS: .*has expired: renew it/) });
  const { kv, live, ailment } = await openBehind(authority.issue());
  ends.push(() => Promise.all([kv.close(), live.close()]));
  expect(await kv.increment('n', 1, 60_000)).toBe(1);
  expect(ailment()).toBeNull();
});
