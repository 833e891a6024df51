/**
 * The configuration: one typed object, read once, from the command line, the environment and `.env` (in this order of
 * precedence). The only place that reads `process.env`. Every fault is reported at once, with what to do about it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { z } from 'zod';
import { parseConsulAddress } from '#platform/discovery/consul-address.ts';
import { readMysqlAddresses } from '#platform/database/mysql-address.ts';
import { Fault } from '#platform/errors.ts';
import { parseSmtpAddress } from '#platform/mail/smtp-address.ts';
import { parseRedisAddress } from '#platform/redis/address.ts';
import { TENSORS_BACKENDS, type TensorsBackend } from '#platform/tensors/tensors.ts';
import type { ShopSettings } from '#platform/subgraph/shop.ts';

export interface Config {
  /** Names of modules, or `all`. */
  targets: readonly string[];
  /** Recompose on changes of schemas, restart rooms on changes of code, serve the clients through Vite. */
  dev: boolean;
  /** Started by `npm run distributed`, which holds `dataDir`, tells it where the others are, and takes it along when it ends. */
  supervised: boolean;
  port: number;
  /** `/metrics` on a port of its own; null: on the main one. */
  metricsPort: number | null;
  publicUrl: string;
  dataDir: string;
  /** Files known by their content, such as models; replicas of a room share it. */
  blobsDir: string;
  /** What models are trained with. */
  tensors: TensorsBackend;
  /** `demo`, `none`, or the path of a catalogue file. */
  seed: string;
  logLevel: string;
  production: boolean;
  corsOrigins: readonly string[];
  trustedProxies: readonly string[];
  /** Where rooms in other processes are, by room. */
  moduleAddresses: Readonly<Record<string, readonly string[]>>;
  /** Where the rooms of this process listen for the router and for other rooms, if those are elsewhere. */
  roomsPort: number;
  /** How they reach it. */
  roomsAddress: string;
  /** Null: made and kept in `dataDir`. */
  sessionSecret: string | null;
  introspection: boolean;
  /** Whom letters are from: `GoMall <shop@gomall.example>`. */
  mailFrom: string;
  shop: ShopSettings;
  /** Addresses of real engines, by variable; absent means the embedded one. */
  engines: Readonly<Record<string, string>>;
}

/** Thrown by readConfig; `faults` has a line each. */
export class ConfigError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The configuration has ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
    this.faults = faults;
  }
}

const wholeNumber = (low: number, high: number) =>
  z.string().regex(/^\d+$/, 'must be a whole number').transform(Number).pipe(z.int().min(low).max(high));
const list = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean));
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** `DE=1900,FR=2000,*=0`: basis points a country. */
const taxTable = z.string().transform((text, context) => {
  const table: Record<string, number> = {};
  for (const part of text.split(',').map((entry) => entry.trim()).filter(Boolean)) {
    const match = /^([A-Z]{2}|\*)=(\d{1,4})$/.exec(part);
    if (!match) {
      context.addIssue({ code: 'custom', message: `"${part}" is not COUNTRY=BASISPOINTS, e.g. DE=1900 for 19 %` });
      return z.NEVER;
    }
    table[match[1]!] = Number(match[2]);
  }
  return { '*': 0, ...table };
});

/** `orders=http://a:8090,http://b:8090;users=http://c:8090`, or `rooms=…` for all that are not named. */
const addressTable = z.string().transform((text, context) => {
  const table: Record<string, string[]> = {};
  for (const part of text.split(';').map((entry) => entry.trim()).filter(Boolean)) {
    const [, room, addresses = ''] = /^([a-z]+)=(.+)$/.exec(part) ?? [];
    const list = addresses.split(',').map((address) => address.trim().replace(/\/+$/, ''));
    const odd = list.find((address) => !/^https?:\/\/[^/?#\s]+$/.test(address));
    if (!room || odd !== undefined) {
      context.addIssue({ code: 'custom', message: `"${part}" is not ROOM=ADDRESS[,ADDRESS…], e.g. orders=http://10.0.0.7:8090` });
      return z.NEVER;
    }
    table[room] = list;
  }
  return table;
});

const DEFAULT_TAX = 'DE=1900,FR=2000,GB=2000,CN=1300,JP=1000,*=0';

/** Every setting that is no engine's address, with what it may be. */
export const VARIABLES = {
  PORT: wholeNumber(0, 65_535).prefault('8080'),
  METRICS_PORT: wholeNumber(0, 65_535).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  BLOBS_DIR: z.string().min(1).optional(),
  TENSORS_BACKEND: z.enum(TENSORS_BACKENDS).default('auto'),
  SEED: z.string().min(1).default('demo'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  NODE_ENV: z.enum(['production', 'development', 'test']).default('development'),
  CORS_ORIGINS: list.prefault(''),
  TRUSTED_PROXIES: list.prefault(''),
  MODULE_ADDRESSES: addressTable.prefault(''),
  ROOMS_PORT: wholeNumber(0, 65_535).prefault('8090'),
  ROOMS_ADDRESS: z.url({ protocol: /^https?$/ }).optional(),
  SESSION_SECRET: z.string().min(32, 'must be at least 32 characters; `openssl rand -base64 48` makes one').optional(),
  GRAPHQL_INTROSPECTION: flag.optional(),
  SHOP_CURRENCY: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, e.g. USD').default('USD'),
  SHOP_SHIPPING_MINOR: wholeNumber(0, 1_000_000).prefault('590'),
  SHOP_FREE_SHIPPING_FROM_MINOR: z.union([z.literal('never').transform(() => null), wholeNumber(0, 2_147_483_647)]).prefault('10000'),
  SHOP_TAX: taxTable.prefault(DEFAULT_TAX),
  SHOP_MAIL_FROM: z.string().regex(/^(?:[^<>@\p{Cc}]+ <[^\s<>@,]+@[^\s<>@,]+>|[^\s<>@,]+@[^\s<>@,]+)$/u, 'must be an address, alone or after a name, e.g. GoMall <shop@gomall.example>').default('GoMall <shop@gomall.example>'),
  SHOP_LOW_STOCK: wholeNumber(0, 1_000_000).prefault('5'),
  SHOP_WEBHOOK_LOOPBACK: flag.prefault('false'),
} as const;

/** Real engines are chosen by these; see app/engines.ts. */
export const ENGINE_VARIABLES = [
  'MYSQL_DSN', 'REDIS_ADDRESS', 'KAFKA_BROKERS', 'CONSUL_ADDRESS', 'FABRIC_GATEWAY', 'IPFS_API', 'SMTP_URL', 'STRIPE_SECRET_KEY', 'STRIPE_API',
  'OTEL_EXPORTER_OTLP_ENDPOINT',
] as const;

/** Whoever writes a variable of these families means us, so an unknown one is a typing mistake. */
const OWN_FAMILIES = ['SHOP_', 'GRAPHQL_', 'GOMALL_', 'MYSQL_DSN'];

/** What docker-compose.yml or Docker Compose itself reads in `.env`; nobody else does. */
export const COMPOSE_ONLY = /^(COMPOSE_[A-Z_]+|GOMALL_VERSION|MYSQL_ROOT_PASSWORD|MYSQL_PASSWORD_[A-Z]+|REDIS_PASSWORD)$/;

export function readConfig(argv: readonly string[] = process.argv.slice(2), environment: NodeJS.ProcessEnv = process.env, envFile = '.env'): Config {
  const faults: string[] = [];
  const options = readOptions(argv, faults);
  const file = readEnvFile(envFile, faults);
  const merged: Record<string, string | undefined> = { ...file, ...environment };
  const known = new Set<string>([...Object.keys(VARIABLES), ...ENGINE_VARIABLES]);
  const isKnown = (name: string) => known.has(name) || isEngine(name);

  for (const name of Object.keys(file)) if (!isKnown(name) && !COMPOSE_ONLY.test(name)) faults.push(`${name} in ${envFile}: no such setting${nearest(name, known)}`);
  for (const name of Object.keys(environment)) {
    if (!isKnown(name) && !COMPOSE_ONLY.test(name) && OWN_FAMILIES.some((family) => name.startsWith(family))) faults.push(`${name}: no such setting${nearest(name, known)}`);
  }

  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(VARIABLES)) {
    const given = merged[name] === '' ? undefined : merged[name];
    const parsed = schema.safeParse(given);
    if (parsed.success) values[name] = parsed.data;
    else faults.push(`${name}: ${parsed.error.issues[0]!.message} (it is ${name === 'SESSION_SECRET' ? 'hidden' : JSON.stringify(given)})`);
  }
  const engines = Object.fromEntries(Object.entries(merged).filter((entry): entry is [string, string] => isEngine(entry[0]) && Boolean(entry[1])));
  faults.push(...problemsOf(() => readMysqlAddresses(engines)));
  for (const [name, parse] of Object.entries({ REDIS_ADDRESS: parseRedisAddress, CONSUL_ADDRESS: parseConsulAddress, SMTP_URL: parseSmtpAddress })) {
    if (engines[name]) faults.push(...problemsOf(() => parse(engines[name]!), name));
  }
  if (faults.length > 0) throw new ConfigError(faults);

  const value = values as { [Name in keyof typeof VARIABLES]: z.output<(typeof VARIABLES)[Name]> };
  const production = value.NODE_ENV === 'production';
  return {
    targets: options.targets,
    dev: options.dev,
    supervised: options.supervised,
    port: value.PORT,
    metricsPort: value.METRICS_PORT ?? null,
    publicUrl: (value.PUBLIC_URL ?? `http://localhost:${value.PORT}`).replace(/\/+$/, ''),
    dataDir: resolve(value.DATA_DIR),
    blobsDir: resolve(value.BLOBS_DIR ?? join(value.DATA_DIR, 'blobs')),
    tensors: value.TENSORS_BACKEND,
    seed: value.SEED,
    logLevel: value.LOG_LEVEL,
    production,
    corsOrigins: value.CORS_ORIGINS,
    trustedProxies: value.TRUSTED_PROXIES,
    moduleAddresses: value.MODULE_ADDRESSES,
    roomsPort: value.ROOMS_PORT,
    roomsAddress: (value.ROOMS_ADDRESS ?? `http://localhost:${value.ROOMS_PORT}`).replace(/\/+$/, ''),
    sessionSecret: value.SESSION_SECRET ?? null,
    mailFrom: value.SHOP_MAIL_FROM,
    introspection: value.GRAPHQL_INTROSPECTION ?? !production,
    shop: {
      currency: value.SHOP_CURRENCY,
      shippingMinor: value.SHOP_SHIPPING_MINOR,
      freeShippingFromMinor: value.SHOP_FREE_SHIPPING_FROM_MINOR,
      taxBasisPoints: value.SHOP_TAX,
      lowStockThreshold: value.SHOP_LOW_STOCK,
      webhookLoopback: value.SHOP_WEBHOOK_LOOPBACK,
    },
    engines,
  };
}

/** What a process that we start has of our environment. */
export const inheritedEnvironment = (): Record<string, string | undefined> => ({ ...process.env });

/** Addresses are read by their adapters, which say what they expect. */
function problemsOf(read: () => unknown, name?: string): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof RangeError) return [`${name}: ${error.message}`];
    if (!(error instanceof Fault)) throw error;
    return error.message.split('\n');
  }
}

export const isEngine = (name: string) =>
  (ENGINE_VARIABLES as readonly string[]).includes(name) || /^MYSQL_DSN_[A-Z]+$/.test(name) || /^FABRIC_[A-Z_]+$/.test(name);

function readOptions(argv: readonly string[], faults: string[]): Pick<Config, 'dev' | 'supervised'> & { targets: string[] } {
  let targets = ['all'];
  let dev = false;
  let supervised = false;
  for (const argument of argv) {
    const target = /^--target=(.+)$/.exec(argument);
    if (target) targets = target[1]!.split(',').map((name) => name.trim());
    else if (argument === '--dev') dev = true;
    else if (argument === '--supervised') supervised = true;
    else faults.push(`${argument}: no such option; there are --target=<module>[,<module>…] and --dev`);
  }
  return { targets, dev, supervised };
}

function readEnvFile(path: string, faults: string[]): Record<string, string> {
  if (!existsSync(path)) return {};
  try {
    return parseEnv(readFileSync(path, 'utf8')) as Record<string, string>;
  } catch (error) {
    faults.push(`${path}: cannot be read (${(error as Error).message})`);
    return {};
  }
}

/** "; did you mean PORT?" where a known name is at most two edits away. */
function nearest(name: string, known: ReadonlySet<string>): string {
  const close = [...known].find((candidate) => editDistance(name, candidate) <= 2);
  return close ? `; did you mean ${close}?` : '; see .env.example';
}

/** Levenshtein (1966), a row at a time. */
function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i++) {
    const next = [i];
    for (let j = 1; j <= right.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[right.length]!;
}
