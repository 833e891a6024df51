/** A MySQL server that stops answering while the mall runs, or whose certificate cannot be trusted. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { duplexPair } from 'node:stream';
import { getCACertificates, setDefaultCACertificates, TLSSocket } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import { createDatabases } from '#app/databases.ts';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { readMysqlAddress, type MysqlAddress } from '#platform/database/mysql-address.ts';
import { ACQUIRE_TIMEOUT_MS } from '#platform/database/mysql-pool.ts';
import { STATEMENT_LIMIT_MS } from '#platform/database/mysql-server.ts';
import { openMysql, READERS } from '#platform/database/mysql.ts';
import type { HostedRoom } from '#platform/subgraph/host.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createAuthority, type Certificate } from '#platform/testing/certificates.ts';
import { dropTestDatabases, openTestMysql } from '#platform/testing/databases.ts';
import { openDoor } from '#platform/testing/door.ts';
import { engineAddress } from '../engines.ts';

const dsn = engineAddress('mysql')!;
const server = readMysqlAddress('MYSQL_DSN', dsn);
/** What two busy cores add. */
const MARGIN_MS = 6_000;
const ends: (() => Promise<unknown> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test('one that hangs with its port open: readers, writers and those who wait for a connection are told in time, and it serves again when it wakes', async () => {
  const place = mkdtempSync(join(tmpdir(), 'gomall-hang-'));
  ends.push(() => rmSync(place, { recursive: true, force: true }));
  const door = await openDoor(server);
  ends.push(() => door.close());
  const through = new URL(dsn);
  through.port = String(door.port);
  const database = await openTestMysql(through.href, { room: 'test', place, migrations: [{ name: 'test-0001', up: ['create table thing (id varchar(8) not null primary key)'] }] });
  ends.push(() => dropTestDatabases(place), () => database.close());

  door.stall();
  const begunMs = performance.now();
  const calls = [
    database.transaction((tx) => tx.execute("insert into thing (id) values ('a')")),
    ...Array.from({ length: READERS + 2 }, () => database.query('select id from thing')),
  ];
  const databases = createDatabases({ clock: systemClock, log: createLogger('silent') });
  const rooms = [{ name: 'orders', ping: () => database.ping() } as HostedRoom];
  const healthy = databases.answer(rooms);
  const told = await Promise.all(calls.map((call) => call.then(() => 'answered', (error: Error & { code: string }) => `${error.code}: ${error.message}`)));
  expect(performance.now() - begunMs).toBeLessThan(STATEMENT_LIMIT_MS + ACQUIRE_TIMEOUT_MS + MARGIN_MS);
  for (const words of told) expect(words).toMatch(/^UNAVAILABLE: (127\.0\.0\.1:\d+ does not answer in time|All \d+ connections of test to its database have been busy|The connection to)/);
  expect(await healthy).toBe(false);
  expect(databases.ailments()).toEqual(['orders: its database does not serve; its part of the shop is closed']);

  door.mend();
  await expect.poll(() => databases.answer(rooms), { timeout: 30_000 }).toBe(true);
  expect(databases.ailments()).toEqual([]);
  await database.transaction((tx) => tx.insertIfAbsent('thing', { id: 'b' }));
  expect(await database.query("select id from thing where id = 'b'")).toHaveLength(1);
}, 90_000);

/** Says what the server says, with the word that it speaks TLS (CLIENT_SSL), and then shows the certificate. */
async function showing(certificate: Certificate): Promise<MysqlAddress> {
  const CLIENT_SSL = 0x08;
  const SSL_REQUEST_BYTES = 36;
  const sockets = new Set<Socket>();
  const listening = createServer((outside) => {
    const inside = connect(server.port, server.host);
    for (const socket of [outside, inside]) sockets.add(socket.on('error', () => socket.destroy()));
    inside.once('data', (greeting: Buffer) => {
      // After the header and the protocol: version, its end, connection's number, 8 of the scramble, a zero, flags.
      const flags = greeting.indexOf(0, 5) + 1 + 4 + 8 + 1;
      greeting[flags + 1]! |= CLIENT_SSL;
      outside.write(greeting);
      // What comes first, in the clear, says that TLS begins; it may come in one piece with the beginning.
      const [ours, theirs] = duplexPair();
      let left = SSL_REQUEST_BYTES;
      outside.on('data', (piece: Buffer) => {
        const skipped = Math.min(left, piece.length);
        left -= skipped;
        if (piece.length > skipped) ours.write(piece.subarray(skipped));
      });
      ours.pipe(outside);
      new TLSSocket(theirs, { isServer: true, cert: certificate.cert, key: certificate.key }).on('error', () => outside.destroy());
    });
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => listening.close(resolve));
  });
  return { ...server, host: 'localhost', port: (listening.address() as AddressInfo).port, schema: 'gomall_nowhere', tls: 'verify' };
}

test('a certificate that has expired, or of nobody we trust, is refused at start with what mends it', async () => {
  const authority = createAuthority();
  const open = async (certificate: Certificate) => openMysql({ room: 'test', address: await showing(certificate), entities: [], migrations: [], clock: systemClock, ids: systemIds });
  await expect(open(authority.issue())).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/No encrypted connection: localhost:\d+ .*not trusted .*NODE_EXTRA_CA_CERTS/) });
  const trusted = getCACertificates('default');
  setDefaultCACertificates([...trusted, authority.cert]);
  ends.push(() => setDefaultCACertificates(trusted));
  await expect(open(authority.issue({ expired: true }))).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringMatching(/No encrypted connection: localhost:\d+ .*has expired: renew it.*MYSQL_DSN/) });
});
