import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLogger } from '#platform/telemetry/log.ts';
import { putInPlace } from '../build.ts';
import { buildFolder, hashSources, MAKING, SOURCES_ELSEWHERE, startBuilds } from './builds.ts';

const CLIENTS = fileURLToPath(new URL('../', import.meta.url));
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
let place: string;
beforeEach(() => void (place = mkdtempSync(join(tmpdir(), 'gomall-builds-'))));
afterEach(() => rmSync(place, { recursive: true, force: true }));

const made = (name: string, file = 'manifest.json', text = '{}') => {
  mkdirSync(join(place, name), { recursive: true });
  writeFileSync(join(place, name, file), text);
  return join(place, name);
};

test('every file outside that becomes part of a client is in the hash, so that a change of it is seen', () => {
  const sources = readdirSync(CLIENTS, { recursive: true, encoding: 'utf8' }).filter((name) => /\.(ts|tsx)$/.test(name) && !name.endsWith('.test.ts') && !name.startsWith('serve'));
  const outside = sources.flatMap((name) =>
    [...readFileSync(join(CLIENTS, name), 'utf8').matchAll(/^(?:import|export) (?!type\b)[^;]*?from '([#.][^']+)'/gm)]
      .map(([, target]) => relative(CLIENTS, target!.startsWith('#') ? join(ROOT, target!.slice(1)) : join(CLIENTS, dirname(name), target!)))
      .filter((path) => path.startsWith('..')),
  );
  expect([...new Set(outside)].sort()).toEqual(SOURCES_ELSEWHERE.filter((name) => name.endsWith('.ts')).sort());
});

test('of two processes that built the same, the second keeps what the first has put there; what is not whole is replaced', async () => {
  const folder = made('storefront-1', 'manifest.json', 'first');
  await putInPlace(made(`storefront-1${MAKING}a`, 'manifest.json', 'second'), folder);
  expect(readFileSync(join(folder, 'manifest.json'), 'utf8')).toBe('first');

  const half = made('storefront-2', 'half.js');
  await putInPlace(made(`storefront-2${MAKING}a`, 'manifest.json', 'whole'), half);
  expect(readdirSync(half)).toEqual(['manifest.json']);
  expect(readdirSync(place).sort()).toEqual(['storefront-1', 'storefront-2']);
});

test('older builds go, and drafts of builds that were killed; a draft that is being made stays', async () => {
  const current = buildFolder(place, 'storefront', await hashSources());
  made(relative(place, current));
  const old = (name: string, hours: number) => utimesSync(made(name), new Date(), new Date(Date.now() - hours * 3_600_000));
  old('storefront-before', 5);
  old('storefront-long-before', 9);
  old(`storefront-x${MAKING}killed`, 2);
  old(`storefront-x${MAKING}young`, 0);
  await startBuilds(['storefront'], place, createLogger('silent')).settled;
  expect(readdirSync(place).sort()).toEqual([relative(place, current), 'storefront-before', `storefront-x${MAKING}young`].sort());
});
