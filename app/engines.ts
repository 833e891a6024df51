/**
 * The one place that chooses engines, port by port: the embedded one, or a real one by its address. An address whose
 * adapter this version does not have is refused at start rather than silently left out.
 */
import { join } from 'node:path';
import { createEmbeddedAsks } from '#platform/ask/embedded.ts';
import { createEmbeddedBus, type CarryingBus } from '#platform/bus/embedded.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { readMysqlAddresses, roomVariable } from '#platform/database/mysql-address.ts';
import type { Discovery } from '#platform/discovery/discovery.ts';
import type { DiscoveryTable } from '#platform/discovery/table.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { createEmbeddedKv } from '#platform/kv/embedded.ts';
import { createEmbeddedLive } from '#platform/live/embedded.ts';
import { createBlobFolder } from '#platform/blobs/folder.ts';
import { createMailFolder } from '#platform/mail/folder.ts';
import type { Mail } from '#platform/mail/mail.ts';
import type { Engines } from '#platform/subgraph/host.ts';
import { platformMigrations } from '#platform/subgraph/migrations.ts';
import { deriveSecret } from '#platform/subgraph/secrets.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { deliveries, observeTransaction, watchEngine, watchLag, watchOutbox } from '#platform/telemetry/metrics.ts';
import { ConfigError, type Config } from './config.ts';
import { keptSecret } from './data-dir.ts';
import { ROOM_NAMES } from './modules.ts';

export interface EngineSettings {
  config: Config;
  clock: Clock;
  ids: Ids;
  log: Logger;
  /** No room runs here, so no engine of theirs is opened. */
  roomless?: boolean;
  /** Told every statement, for counting in tests. */
  onStatement?: (room: string, sql: string) => void;
}

/** Only for processes that reach others, so nothing of it is loaded elsewhere. */
export async function chooseDiscovery({ config, clock, log }: Pick<EngineSettings, 'config' | 'clock' | 'log'>, rooms: readonly string[]): Promise<Discovery & Partial<DiscoveryTable>> {
  const { CONSUL_ADDRESS } = config.engines;
  if (CONSUL_ADDRESS) {
    const discovery = (await import('#platform/discovery/consul.ts')).createConsulDiscovery({ address: CONSUL_ADDRESS, clock, log });
    watchEngine('consul', () => !discovery.ailments().some((words) => words.startsWith('consul:')));
    return discovery;
  }
  const { createDiscoveryTable } = await import('#platform/discovery/table.ts');
  const { rooms: others, ...named } = config.moduleAddresses;
  return createDiscoveryTable({ clock, log, addresses: { ...(others && Object.fromEntries(rooms.map((name) => [name, others]))), ...named } });
}

/** `kept`: what an earlier choice has opened and the process goes on with, as when rooms are reopened. */
export async function chooseEngines({ config: given, roomless = false, clock, ids, log, onStatement }: EngineSettings, kept?: Engines): Promise<Engines> {
  refuseUnbuilt(given);
  const config = roomless ? { ...given, engines: {} } : given;
  const rootSecret = Buffer.from(config.sessionSecret ?? keptSecret(config.dataDir, ids));
  const { kv, live, mail, ailments } = kept ?? (await chooseShared(config, { clock, ids, log }));
  const bus = await chooseBus(config, { clock, ids, log }).catch(async (error: unknown) => {
    if (!kept) await Promise.all([kv.close(), live.close(), mail.close()]);
    throw error;
  });
  return {
    clock,
    ids,
    log,
    bus,
    asks: createEmbeddedAsks({ clock }),
    kv,
    live,
    ailments: () => [...(ailments?.() ?? []), ...[bus.ailment?.() ?? null].filter((words) => words !== null)],
    mail,
    blobs: createBlobFolder({ folder: config.blobsDir, ids, log }),
    tensors: config.tensors,
    openDatabase: chooseDatabases({ config, clock, ids, ...(onStatement && { onStatement }) }, rootSecret),
    shop: config.shop,
    publicUrl: config.publicUrl,
    dataDir: config.dataDir,
    rootSecret,
  };
}

/** What a process opens once, whatever becomes of its rooms. */
async function chooseShared(config: Config, parts: Omit<EngineSettings, 'config'>): Promise<Pick<Engines, 'kv' | 'live' | 'mail' | 'ailments'>> {
  const { kv, live, ailments } = await chooseKvAndLive(config, parts);
  const mail = await chooseMail(config, parts);
  return { kv, live, mail, ailments: () => [...(ailments?.() ?? []), ...[mail.ailment?.() ?? null].filter((words) => words !== null)] };
}

async function chooseMail({ engines, mailFrom: from, dataDir }: Config, { clock, log }: Omit<EngineSettings, 'config'>): Promise<Mail> {
  const url = engines.SMTP_URL;
  if (!url) return createMailFolder({ folder: join(dataDir, 'mail'), from });
  const { createSmtpMail } = await import('#platform/mail/smtp.ts');
  const mail = createSmtpMail({ url, from, clock, log });
  watchEngine('smtp', () => mail.ailment() === null);
  return mail;
}

async function chooseKvAndLive(config: Config, { clock, ids, log }: Omit<EngineSettings, 'config'>): Promise<Pick<Engines, 'kv' | 'live' | 'ailments'>> {
  const address = config.engines.REDIS_ADDRESS;
  if (!address) return { kv: createEmbeddedKv(clock), live: createEmbeddedLive() };
  const { openRedis } = await import('#platform/redis/open.ts');
  const { kv, live, ailment } = await openRedis({ address, clock, ids, log });
  watchEngine('redis', () => ailment() === null);
  return { kv, live, ailments: () => [ailment()].filter((words) => words !== null) };
}

/**
 * A room is on MySQL where there is MYSQL_DSN or its own MYSQL_DSN_<ROOM>. `makeOwn`: the account in the latter is made by
 * the former, for the step before rooms that are given no more than their own (app/accounts.ts).
 */
export function chooseDatabases({ config, clock, ids, onStatement }: Omit<EngineSettings, 'log'>, rootSecret: Uint8Array, makeOwn = false): Engines['openDatabase'] {
  const addresses = readMysqlAddresses(config.engines);
  return async ({ name: room, entities, migrations, appendOnly = [] }) => {
    const options = { room, entities, migrations: [...platformMigrations, ...migrations], clock, onTransaction: observeTransaction, ...(onStatement && { onStatement }) };
    const administrator = addresses.get('MYSQL_DSN') ?? null;
    const own = addresses.get(roomVariable(room)) ?? null;
    if (!administrator && !own) return (await import('#platform/database/sqlite.ts')).openSqlite({ ...options, file: join(config.dataDir, `${room}.sqlite`) });
    const { openMysqlRoom } = await import('#platform/database/mysql-room.ts');
    const secret = deriveSecret(rootSecret, `mysql/${room}`);
    return openMysqlRoom({ room, administrator, own, makeOwn, secret, appendOnly, clock }, { ...options, ids });
  };
}

async function chooseBus(config: Config, parts: Pick<EngineSettings, 'clock' | 'ids' | 'log'>): Promise<CarryingBus> {
  const options = { ...parts, onAttach: watchOutbox, onDelivery: (room: string, topic: string, outcome: 'handled' | 'failed' | 'dead') => deliveries.inc({ room, topic, outcome }) };
  const addresses = config.engines.KAFKA_BROKERS;
  if (!addresses) return createEmbeddedBus(options);
  const { createKafkaBus } = await import('#platform/bus/kafka.ts');
  const bus = createKafkaBus({ ...options, addresses, rooms: ROOM_NAMES, onLag: watchLag });
  watchEngine('kafka', () => bus.ailment?.() === null);
  return bus;
}

const BUILT = ['MYSQL_DSN', 'REDIS_ADDRESS', 'KAFKA_BROKERS', 'CONSUL_ADDRESS', 'SMTP_URL'];
const isBuilt = (name: string) => BUILT.includes(name) || name.startsWith('MYSQL_DSN_');

function refuseUnbuilt(config: Config): void {
  const unbuilt = Object.keys(config.engines).filter((name) => !isBuilt(name));
  if (unbuilt.length > 0) throw new ConfigError(unbuilt.map((name) => `${name}: this version has no adapter for it yet; leave it out to use the embedded engine`));
}
