/** What is wrong with a docker-compose.yml, held against the code that reads what it says. A line a fault; none: it fits. */
import { existsSync } from 'node:fs';
import { COMPOSE_ONLY, ConfigError, isEngine, readConfig, VARIABLES } from '#app/config.ts';
import { HANDOVER_LIMIT_MS } from '#app/mall.ts';
import { MODULES, ROOM_NAMES } from '#app/modules.ts';
import { planFor } from '#app/plan.ts';
import { RETENTION_MS, SESSION_MS } from '#platform/bus/kafka-topics.ts';
import { readMysqlAddress, roomVariable } from '#platform/database/mysql-address.ts';
import { READERS, WRITERS } from '#platform/database/mysql.ts';
import { parseRedisAddress } from '#platform/redis/address.ts';
import { askedVariables, readCompose, type ComposeFile, type Service } from './read-compose.ts';

/** Where the engines listen, when nothing in the file says otherwise. */
const PORTS: Readonly<Record<string, number>> = { mysql: 3306, redis: 6379, kafka: 9092, consul: 8500 };
/** Connections of a room and process besides its pools, while it migrates. */
const MIGRATING = 2;
/** So many processes of each room must find room on MySQL: a rolling restart has two. */
const PROCESSES_A_ROOM = 2;

export function faultsOf(text: string, variables: Readonly<Record<string, string>>): string[] {
  const file = readCompose(text, variables);
  const isMall = ({ image = '' }: Service) => image.startsWith('gomall:');
  const mall = Object.entries(file.services).filter(([, service]) => isMall(service));
  const engines = Object.entries(file.services).filter(([, service]) => !isMall(service));
  return [
    ...askedVariables(text).filter(({ name }) => !(name in VARIABLES) && !isEngine(name) && !COMPOSE_ONLY.test(name)).map(({ name }) => `\${${name}} is asked for, and is neither a setting nor one that app/config.ts lets .env hold`),
    ...mall.flatMap(([name, service]) => [...settingFaults(name, service), ...addressFaults(name, service, file), ...fenceFaults(name, service)]),
    ...ROOM_NAMES.flatMap((room) => roomFaults(room, file)),
    ...accountFaults(file),
    ...routerFaults(file),
    ...engines.flatMap(([name, service]) => engineFaults(name, service)),
    ...kafkaFaults(file.services.kafka!),
    ...commandFaults(file),
    ...Object.entries(file.services).flatMap(([name, service]) => wiringFaults(name, service, file)),
  ];
}

const settingsOf = (service: Service): Record<string, string> => service.environment ?? {};
const targetsOf = ({ command = [] }: Service): string[] => command.flatMap((word) => /^--target=(.+)$/.exec(word)?.[1]!.split(',') ?? []);
const isAccounts = (name: string) => name === 'accounts';

/** Names are known, the values are taken by app/config.ts, and the process would have all it needs for its targets. */
function settingFaults(name: string, service: Service): string[] {
  const settings = settingsOf(service);
  const unknown = Object.keys(settings).filter((key) => !(key in VARIABLES) && !isEngine(key)).map((key) => `${name}: the mall reads no ${key}`);
  try {
    const config = readConfig(service.command ?? [], settings, '/nowhere');
    if (!isAccounts(name)) planFor(config, MODULES, ROOM_NAMES);
    return unknown;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return [...unknown, ...error.faults.map((fault) => `${name}: ${fault}`)];
  }
}

/** Every address is that of a service on a network that both are in, at the port where it listens. */
function addressFaults(name: string, service: Service, { services }: ComposeFile): string[] {
  const settings = settingsOf(service);
  const places: [string, string, number][] = Object.entries(settings).flatMap(([key, value]): [string, string, number][] => {
    if (key.startsWith('MYSQL_DSN')) {
      const { host, port } = readMysqlAddress(key, value);
      return [[key, host, port]];
    }
    if (key === 'REDIS_ADDRESS') {
      const { host, port } = parseRedisAddress(value);
      return [[key, host, port]];
    }
    if (key === 'KAFKA_BROKERS' || key === 'CONSUL_ADDRESS') return value.split(',').map((part) => [key, part.split(':')[0]!, Number(part.split(':')[1])]);
    return [];
  });
  return places.flatMap(([key, host, port]) => {
    const engine = services[host];
    if (!engine) return [`${name}: ${key} names ${host}, which is no service`];
    const faults = PORTS[host] === port ? [] : [`${name}: ${key} has port ${port}, and ${host} listens on ${PORTS[host]}`];
    if (!engine.networks!.some((network) => service.networks!.includes(network))) faults.push(`${name}: ${key} names ${host}, and the two share no network`);
    return faults;
  });
}

/** A room has a service of its name, its own account and no other, and the address by which others find it. */
function roomFaults(room: string, { services }: ComposeFile): string[] {
  const service = services[room];
  if (!service) return [`${room}: there is no service for this room`];
  const settings = settingsOf(service);
  const faults: string[] = [];
  if (!targetsOf(service).includes(room)) faults.push(`${room}: --target has no ${room}`);
  const accounts = Object.keys(settings).filter((key) => key.startsWith('MYSQL_'));
  if (accounts.join() !== roomVariable(room)) faults.push(`${room}: it has ${accounts.join(', ') || 'no account'}, and should have ${roomVariable(room)} alone`);
  for (const name of Object.keys(VARIABLES)) if (name.startsWith('SHOP_') && !(name in settings)) faults.push(`${room}: ${name} of .env does not reach it`);
  const want = `http://${room}:${settings.ROOMS_PORT}`;
  if (settings.ROOMS_ADDRESS !== want) faults.push(`${room}: ROOMS_ADDRESS is ${settings.ROOMS_ADDRESS}, and others find it at ${want}`);
  if (settings[roomVariable(room)] !== settingsOf(services.accounts!)[roomVariable(room)]) faults.push(`${room}: ${roomVariable(room)} is not the one that accounts makes`);
  if (service.depends_on?.accounts?.condition !== 'service_completed_successfully') faults.push(`${room}: it does not wait for accounts`);
  if (!services.router!.networks!.some((network) => service.networks!.includes(network))) faults.push(`${room}: the router cannot reach it`);
  return faults;
}

function accountFaults({ services }: ComposeFile): string[] {
  const accounts = services.accounts!;
  const script = accounts.entrypoint?.[1] ?? '';
  const faults = existsSync(script) ? [] : [`accounts: there is no ${script}`];
  if (!settingsOf(accounts).MYSQL_DSN) faults.push('accounts: MYSQL_DSN is missing');
  for (const room of ROOM_NAMES) if (!settingsOf(accounts)[roomVariable(room)]) faults.push(`accounts: ${roomVariable(room)} is missing`);
  const root = /:\/\/root:([^@]*)@/.exec(settingsOf(accounts).MYSQL_DSN ?? '')?.[1];
  if (root !== settingsOf(services.mysql!).MYSQL_ROOT_PASSWORD) faults.push('accounts: MYSQL_DSN has another password than mysql');
  return faults;
}

/** The one door: at this machine's own address only, to the port the router listens on. */
function routerFaults({ services }: ComposeFile): string[] {
  const faults = Object.entries(services).filter(([name, { ports }]) => name !== 'router' && ports).map(([name]) => `${name}: it publishes a port, and only the router should`);
  const router = services.router!;
  const { PORT } = settingsOf(router);
  for (const wanted of ['router', 'web']) if (!targetsOf(router).includes(wanted)) faults.push(`router: --target has no ${wanted}`);
  if (!router.ports?.every((port) => /^127\.0\.0\.1:\d+:\d+$/.test(port) && port.endsWith(`:${PORT}`))) faults.push(`router: ${router.ports} should be one of 127.0.0.1 to ${PORT}`);
  for (const room of ROOM_NAMES) if (router.depends_on?.[room]?.condition !== 'service_healthy') faults.push(`router: it does not wait for ${room} to be well`);
  return faults;
}

/** What keeps a container of ours small and harmless. */
function fenceFaults(name: string, service: Service): string[] {
  const faults: string[] = [];
  const want = (holds: boolean, words: string) => void (holds || faults.push(`${name}: ${words}`));
  want(service.read_only === true, 'its root can be written');
  want(service.init === true, 'it has no init');
  want(service.cap_drop?.join() === 'ALL', 'it keeps capabilities');
  want(service.security_opt?.includes('no-new-privileges:true') === true, 'it may gain privileges');
  want(service.mem_limit !== undefined && service.cpus !== undefined && service.pids_limit !== undefined, 'it has no limits');
  want(Boolean(service.restart), 'it is not started again');
  want(!service.healthcheck, 'it has a health check of its own, and the image has one');
  want(seconds(service.stop_grace_period) * 1_000 > HANDOVER_LIMIT_MS, `it is killed before the ${HANDOVER_LIMIT_MS} ms that stopping may take`);
  want(service.profiles?.join() === 'mall', 'it is not in the profile mall');
  return faults;
}

function engineFaults(name: string, service: Service): string[] {
  const faults: string[] = [];
  if (!/:\d+\.\d+\.\d+/.test(service.image ?? '')) faults.push(`${name}: ${service.image} names no version`);
  if (!service.healthcheck) faults.push(`${name}: it has no health check`);
  if (service.mem_limit === undefined || service.cpus === undefined) faults.push(`${name}: it has no limits`);
  if (service.profiles?.join() !== 'engines') faults.push(`${name}: it is not in the profile engines`);
  if (service.cap_drop?.join() !== 'ALL') faults.push(`${name}: it keeps capabilities`);
  return faults;
}

function kafkaFaults(kafka: Service): string[] {
  const settings = settingsOf(kafka);
  const faults: string[] = [];
  if (!(Number(settings.KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS) <= SESSION_MS)) faults.push(`kafka: KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS must be at most ${SESSION_MS}`);
  if (!(Number(settings.KAFKA_OFFSETS_RETENTION_MINUTES) * 60_000 > RETENTION_MS)) faults.push('kafka: KAFKA_OFFSETS_RETENTION_MINUTES is shorter than messages are kept');
  if (settings.KAFKA_AUTO_CREATE_TOPICS_ENABLE !== 'false') faults.push('kafka: a mistyped topic would be made');
  if (settings.KAFKA_ADVERTISED_LISTENERS !== `PLAINTEXT://kafka:${PORTS.kafka}`) faults.push('kafka: it does not name itself as the mall reaches it');
  return faults;
}

/** Settings that MySQL, Redis and Consul are given on their command line. */
function commandFaults({ services }: ComposeFile): string[] {
  const faults: string[] = [];
  const needed = ROOM_NAMES.length * (WRITERS + READERS + MIGRATING) * PROCESSES_A_ROOM;
  const said = (name: string) => services[name]!.command?.join(' ') ?? '';
  const connections = Number(/--max-connections=(\d+)/.exec(said('mysql'))?.[1] ?? 0);
  if (connections < needed) faults.push(`mysql: --max-connections=${connections}, and the rooms may need ${needed}`);
  for (const setting of ['--innodb-flush-log-at-trx-commit=1', '--sync-binlog=1', '--character-set-server=utf8mb4']) if (!said('mysql').includes(setting)) faults.push(`mysql: ${setting} is missing`);
  for (const setting of ['maxmemory-policy allkeys-lru', 'appendonly yes', 'requirepass']) if (!said('redis').includes(setting)) faults.push(`redis: ${setting} is missing`);
  if (!said('consul').includes('-client=0.0.0.0')) faults.push('consul: nobody can reach it');
  return faults;
}

/** What a service names is there, and it starts when what it needs is well. */
function wiringFaults(name: string, service: Service, { services, networks, volumes }: ComposeFile): string[] {
  const faults: string[] = [];
  for (const network of service.networks ?? []) if (!(network in networks)) faults.push(`${name}: there is no network ${network}`);
  for (const volume of service.volumes ?? []) if (!(volume.split(':')[0]! in volumes)) faults.push(`${name}: there is no volume ${volume}`);
  for (const [other, { condition, required = true }] of Object.entries(service.depends_on ?? {})) {
    if (!(other in services)) faults.push(`${name}: it waits for ${other}, which is no service`);
    if (condition === 'service_started') faults.push(`${name}: it does not wait for ${other} to be well`);
    if (required && services[other]?.profiles?.join() !== service.profiles?.join()) faults.push(`${name}: it cannot start without ${other}, which is in another profile`);
  }
  return faults;
}

const seconds = (text = '0s'): number => Number(/^(\d+)s$/.exec(text)?.[1] ?? 0);
