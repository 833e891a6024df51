/** A whole mall on a free port and an empty folder, and the ways people reach it: HTTP, graphql-ws, plain pages. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type Client } from 'graphql-ws';
import { print } from 'graphql';
import WebSocket from 'ws';
import { readConfig } from '#app/config.ts';
import { holdDataDir } from '#app/data-dir.ts';
import { chooseEngines } from '#app/engines.ts';
import { Mall } from '#app/mall.ts';
import { ROOM_NAMES } from '#app/modules.ts';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import type { Engines } from '#platform/subgraph/host.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { dropTestDatabases, testDatabaseVariables } from '#platform/testing/databases.ts';
import { dropTestTopics, testBrokers } from '#platform/testing/buses.ts';
import { contractDocuments } from '../contracts/documents.ts';
import { engineAddress } from '../engines.ts';
import { goods } from './goods.ts';

const texts = new Map(contractDocuments().map(({ name, document }) => [name, print(document)]));

export interface Reader {
  token?: string;
  language?: 'en' | 'zh';
}

export interface Answer {
  data: any;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, any> }[];
  status: number;
}

export interface Shop {
  origin: string;
  mall: Mall;
  /** Statements of rooms, each with what set it off: the request with this `x-cause`, also where its messages went; null for work of timers. */
  statements: { room: string; sql: string; cause: string | null }[];
  /** An operation of the contract by its name; errors in the answer are thrown. */
  call(name: string, variables?: Record<string, unknown>, reader?: Reader, headers?: Record<string, string>): Promise<any>;
  /** Any body to /graphql, with the answer as it came. */
  send(body: unknown, reader?: Reader, headers?: Record<string, string>): Promise<Answer>;
  /** A subscription of the contract over graphql-ws; ends with the loop. */
  watch(name: string, variables: Record<string, unknown>, reader?: Reader): AsyncIterableIterator<any>;
  /** Acts as the machine's own admin. */
  admin: Reader;
  /** The variant ids of the shop's goods by SKU. */
  variants: Map<string, string>;
  close(): Promise<void>;
}

export const key = (): string => systemIds.uuid();

export const address = { fullName: 'Ada Byron', line1: '12 St James Square', city: 'Berlin', postalCode: '10115', countryCode: 'DE' };

export async function openShop(settings: Record<string, string> = {}): Promise<Shop> {
  const place = mkdtempSync(join(tmpdir(), 'gomall-journey-'));
  const engineVariables = testDatabaseVariables(place, ROOM_NAMES);
  const config = readConfig([`--target=${ROOM_NAMES.join(',')},router`], { PORT: '0', DATA_DIR: place, SEED: 'none', LOG_LEVEL: 'silent', ...onRedis(), ...onKafka(place), ...engineVariables, ...settings }, '/nowhere');
  const dataDir = holdDataDir(place, systemIds);
  const statements: Shop['statements'] = [];
  const causes = new AsyncLocalStorage<string | null>();
  // Published just before the server tells of a request, in the same turn: what handles it inherits the cause.
  const begin = (message: unknown) => {
    const { request } = message as { request: IncomingMessage };
    causes.enterWith(String(request.headers['x-cause'] ?? '') || null);
  };
  subscribe('http.server.request.start', begin);
  const log = createLogger(config.logLevel);
  const engines = (kept?: Engines) => chooseEngines({ config, clock: systemClock, ids: systemIds, log, onStatement: (room, sql) => void statements.push({ room, sql, cause: causes.getStore() ?? null }) }, kept);
  const mall = new Mall({ config, engines, log, dataDir });
  await mall.start();
  const origin = `http://127.0.0.1:${mall.port}`;
  const sockets: Client[] = [];

  const shop: Shop = {
    origin,
    mall,
    statements,
    admin: { token: dataDir.holder.token },
    variants: new Map(),
    async send(body, reader = {}, headers = {}) {
      const response = await fetch(`${origin}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/graphql-response+json, application/json',
          'accept-language': reader.language ?? 'en',
          ...(reader.token && { authorization: `Bearer ${reader.token}` }),
          ...headers,
        },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { ...((await response.json()) as Answer), status: response.status };
    },
    async call(name, variables = {}, reader = {}, headers = {}) {
      const query = texts.get(name);
      if (!query) throw new Error(`the contract has no ${name}`);
      const { data, errors } = await shop.send({ query, operationName: name, variables }, reader, headers);
      if (errors) throw new Error(`${name}: ${errors.map((error) => `${error.message} ${JSON.stringify(error.extensions)} at ${error.path?.join('.')}`).join('; ')}`);
      return Object.values(data)[0];
    },
    async *watch(name, variables, reader = {}) {
      const client = createClient({
        url: `${origin.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: { ...(reader.token && { authorization: `Bearer ${reader.token}` }), acceptLanguage: reader.language ?? 'en' },
      });
      sockets.push(client);
      try {
        for await (const { data, errors } of client.iterate({ query: texts.get(name)!, operationName: name, variables })) {
          if (errors) throw new Error(`${name}: ${errors.map(({ message }) => message).join('; ')}`);
          yield Object.values(data as Record<string, unknown>)[0];
        }
      } finally {
        await client.dispose();
      }
    },
    async close() {
      for (const client of sockets) await client.dispose();
      await mall.stop();
      unsubscribe('http.server.request.start', begin);
      dataDir.release();
      await dropTestDatabases(place);
      await dropTestTopics(place);
      rmSync(place, { recursive: true, force: true });
    },
  };
  await stock(shop);
  return shop;
}

/** Where the tests were asked to run on Redis: under a prefix of its own, since malls of other tests share it. */
function onRedis(): Record<string, string> {
  const address = engineAddress('redis');
  return address ? { REDIS_ADDRESS: `${address}${address.includes('?') ? '&' : '?'}prefix=test-${systemIds.uuid()}` } : {};
}

function onKafka(place: string): Record<string, string> {
  const addresses = testBrokers(place);
  return addresses === null ? {} : { KAFKA_BROKERS: addresses };
}

async function stock(shop: Shop): Promise<void> {
  const query = `mutation Load($input: ImportProductsInput!) { importProducts(input: $input) { ... on ImportReport { created refused { slug field message } variants { id sku } } ... on Refusal { code message } } }`;
  const { data, errors } = await shop.send({ query, variables: { input: { products: goods } } }, shop.admin);
  if (errors || data.importProducts.created !== goods.length) throw new Error(`the goods were not loaded: ${JSON.stringify(errors ?? data)}`);
  for (const { id, sku } of data.importProducts.variants) shop.variants.set(sku, id);
  await until(async () => {
    const levels = await shop.send({ query: '{ stockLevels(first: 100) { totalCount } }' }, shop.admin);
    return levels.data?.stockLevels?.totalCount === shop.variants.size;
  }, 'every variant has a stock level');
}

/** How long a test waits for something that messages bring about. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 15;

export async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  throw new Error(`not within ${PATIENCE_MS} ms: ${what}`);
}

/** The first value of a stream that fits; the stream is ended. */
export async function first<Value>(stream: AsyncIterableIterator<Value>, fits: (value: Value) => boolean): Promise<Value> {
  for await (const value of stream) if (fits(value)) return value;
  throw new Error('the stream ended without the value that was waited for');
}
