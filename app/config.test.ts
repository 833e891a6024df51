import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

const places: string[] = [];
afterEach(() => places.splice(0).forEach((place) => rmSync(place, { recursive: true })));

function envFile(text: string): string {
  const place = mkdtempSync(join(tmpdir(), 'gomall-config-'));
  places.push(place);
  writeFileSync(join(place, '.env'), text);
  return join(place, '.env');
}

const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

test('with nothing set the mall runs on port 8080 with the demo goods', () => {
  expect(readConfig([], {}, '/nowhere')).toMatchObject({ port: 8080, seed: 'demo', targets: ['all'], publicUrl: 'http://localhost:8080', metricsPort: null });
});

test('every fault is reported at once, by name', () => {
  const faults = faultsOf(() => readConfig(['--fast'], { PORT: 'eighty', SESSION_SECRET: 'short', SHOP_TAX: 'DE:19' }, '/nowhere'));
  expect(faults).toHaveLength(4);
  expect(faults.join('\n')).toMatch(/--fast[^]*PORT[^]*SESSION_SECRET[^]*SHOP_TAX/);
  expect(faults.join('\n')).not.toContain('short');
});

test('an unknown key is refused with the name that was meant', () => {
  expect(faultsOf(() => readConfig([], { SHOP_CURENCY: 'EUR' }, '/nowhere'))[0]).toContain('did you mean SHOP_CURRENCY?');
  expect(faultsOf(() => readConfig([], {}, envFile('PROT=1\n')))[0]).toContain('did you mean PORT?');
});

test('the environment stands above .env', () => {
  const path = envFile('PORT=9000\nSHOP_TAX=DE=700\n');
  expect(readConfig([], { PORT: '9001' }, path)).toMatchObject({ port: 9001, shop: { taxBasisPoints: { DE: 700, '*': 0 } } });
});

test('an empty variable counts as absent', () => {
  expect(readConfig([], { PORT: '' }, '/nowhere').port).toBe(8080);
});

test.each([
  ['SMTP_URL', 'smtp://shop:hunter2/x@mail.example', 'percent-encode'],
  ['SMTP_URL', 'mail.example:25', 'expected smtp://'],
  ['SHOP_MAIL_FROM', 'GoMall', 'must be an address'],
  ['SHOP_MAIL_FROM', 'GoMall <shop@gomall.example>, eve@example.org', 'must be an address'],
])('%s=%s is refused with what was expected, and no password is shown', (name, text, expected) => {
  const [fault, ...more] = faultsOf(() => readConfig([], { [name]: text }, '/nowhere'));
  expect(more).toEqual([]);
  expect(fault).toMatch(new RegExp(`^${name}: .*${expected}`));
  expect(fault).not.toContain('hunter2');
});

test('letters are from whom the shop says', () => {
  expect(readConfig([], {}, '/nowhere').mailFrom).toBe('GoMall <shop@gomall.example>');
  for (const from of ['shop@example.com', 'The Shop <shop@example.com>']) expect(readConfig([], { SHOP_MAIL_FROM: from }, '/nowhere').mailFrom).toBe(from);
});
