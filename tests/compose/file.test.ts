/** docker-compose.yml and the image's Dockerfile say what the code reads. No Docker is needed; `npm run test:compose` has the rest. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readConfig } from '#app/config.ts';
import { faultsOf } from './faults.ts';
import { askedVariables, readCompose } from './read-compose.ts';

const text = readFileSync('docker-compose.yml', 'utf8');
let place: string;
let envFile: string;
let variables: Record<string, string>;

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'gomall-compose-'));
  envFile = join(place, '.env');
  execFileSync('sh', ['deploy/make-env.sh', envFile], { stdio: 'ignore' });
  variables = parseEnv(readFileSync(envFile, 'utf8')) as Record<string, string>;
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

test('every name, address, port, target and engine setting in docker-compose.yml is one that the code reads', () => {
  expect(faultsOf(text, variables)).toEqual([]);
});

test.each([
  ['a mistyped setting', 'CONSUL_ADDRESS:', 'CONSUL_ADRESS:', /the mall reads no CONSUL_ADRESS/],
  ['a mistyped variable', '${LOG_LEVEL:-warn}', '${LOGLEVEL:-warn}', /LOGLEVEL.* neither a setting/],
  ['a value that is refused', 'ROOMS_PORT: "8090"', 'ROOMS_PORT: "80900"', /orders: ROOMS_PORT/],
  ['a module that is none', '--target=orders', '--target=order', /no such module/],
  ['an engine that is left out', '  KAFKA_BROKERS: kafka:9092\n', '', /orders: .*KAFKA_BROKERS is missing/],
  ['an engine at another port', 'kafka:9092\n  ROOMS_PORT', 'kafka:9093\n  ROOMS_PORT', /KAFKA_BROKERS has port 9093/],
  ['an engine that cannot be reached', 'networks: [data]\n    mem_limit: 2g', 'networks: [outside]\n    mem_limit: 2g', /orders: KAFKA_BROKERS names kafka, and the two share no network/],
  ['an address of another room', 'http://cart:8090', 'http://orders:8090', /cart: ROOMS_ADDRESS/],
  ['the key to all rooms in a room', 'MYSQL_DSN_CART: *cart-dsn', 'MYSQL_DSN_CART: *cart-dsn, MYSQL_DSN: mysql://root:x@mysql:3306/gomall', /cart: it has MYSQL_DSN_CART, MYSQL_DSN/],
  ['sessions that a broker refuses', 'TIMEOUT_MS: "1000"', 'TIMEOUT_MS: "6000"', /KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS must be at most 3000/],
  ['a port for everybody', '"127.0.0.1:${PORT', '"0.0.0.0:${PORT', /router: .*127\.0\.0\.1/],
  ['a published engine', '    volumes: ["redis:/data"]', '    volumes: ["redis:/data"]\n    ports: ["127.0.0.1:6379:6379"]', /redis: it publishes a port/],
  ['an image without a version', 'redis:7.4.6-bookworm', 'redis:latest', /redis: redis:latest names no version/],
  ['a start without waiting', 'orders: { condition: service_healthy }', 'orders: { condition: service_started }', /router: it does not wait for orders/],
  ['too few connections', '--max-connections=400', '--max-connections=100', /mysql: --max-connections=100/],
])('%s is found', (_, good, bad, fault) => {
  expect(text).toContain(good);
  expect(faultsOf(text.replace(good, bad), variables).join('\n')).toMatch(fault);
});

test('what Compose asks for is what deploy/make-env.sh makes, no more and no less', () => {
  const required = askedVariables(text).filter((variable) => variable.required).map(({ name }) => name);
  expect(Object.keys(variables).sort()).toEqual(required.sort());
  for (const secret of Object.values(variables)) expect(secret).toMatch(/^[0-9a-f]{48}$/);
});

test('without its secrets the file is refused, and says what to do', () => {
  expect(() => readCompose(text, {})).toThrow(/is missing.*sh deploy\/make-env.sh/);
});

test('made twice, secrets stay; a mall that runs without containers beside it takes the same .env', () => {
  writeFileSync(envFile, `PORT=9000\n${readFileSync(envFile, 'utf8').replace(/REDIS_PASSWORD=.*\n/, '')}`);
  execFileSync('sh', ['deploy/make-env.sh', envFile], { stdio: 'ignore' });
  const again = parseEnv(readFileSync(envFile, 'utf8'));
  expect(again).toMatchObject({ PORT: '9000', SESSION_SECRET: variables.SESSION_SECRET, MYSQL_PASSWORD_CART: variables.MYSQL_PASSWORD_CART });
  expect(again.REDIS_PASSWORD).toMatch(/^[0-9a-f]{48}$/);
  expect(readConfig([], {}, envFile)).toMatchObject({ port: 9000, sessionSecret: variables.SESSION_SECRET, engines: {} });
});
