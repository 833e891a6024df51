/**
 * `npm run schema`: writes everything that is made from the rooms' schemas and from the tables of messages and asks, so that
 * it can be committed and read at start. What processes say to each other (schema/events, commands, asks) is written only
 * where those of the committed version still understand it. `npm run schema -- --check` writes nothing and fails when
 * something is stale.
 */
import { mkdirSync, readdirSync, readFileSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { compose, CompositionError, roverConfig, type RoomSchema } from '#router/compose.ts';
import * as asks from '#schema/asks.ts';
import { incompatibilities, tellAll, type Incompatibility, type JsonSchema } from '#schema/compatibility.ts';
import { commands, events } from '#schema/messages.ts';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** Rooms with a process of their own listen from here on, in the order of their names. */
const FIRST_PORT = 4001;
const MESSAGE_KINDS = ['events', 'commands', 'asks'];

/** Every folder of subgraphs/ that has a schema. */
export function readRooms(): RoomSchema[] {
  return readdirSync(join(root, 'subgraphs'))
    .filter((name) => existsSync(join(root, 'subgraphs', name, 'schema.graphql')))
    .toSorted()
    .map((name, index) => ({
      name,
      sdl: readFileSync(join(root, 'subgraphs', name, 'schema.graphql'), 'utf8'),
      url: `http://localhost:${FIRST_PORT + index}/graphql`,
    }));
}

/** Path from the root → content, of all that is made. */
export function madeFiles(rooms: RoomSchema[] = readRooms()): Map<string, string> {
  const composed = compose(rooms, readFileSync(join(root, 'schema/shared.graphql'), 'utf8'));
  const files = new Map([
    ['schema/supergraph.graphql', composed.supergraph],
    ['schema/api.graphql', composed.api],
    ['supergraph.yaml', roverConfig(rooms)],
  ]);
  for (const [name, sdl] of Object.entries(composed.subgraphs)) files.set(`schema/subgraphs/${name}.graphql`, sdl);
  for (const [name, json] of presentMessages()) files.set(`schema/${name}.json`, `${JSON.stringify(json, null, 2)}\n`);
  return files;
}

/** What the code tells, hears and asks, as `events/orders.order.placed`. */
export function presentMessages(): Map<string, JsonSchema> {
  // As whoever hears it reads it: fields that it does not know are let through.
  const json = (shape: z.ZodType) => z.toJSONSchema(shape, { io: 'input' });
  const messages = new Map<string, JsonSchema>();
  for (const [kind, table] of Object.entries({ events, commands })) {
    for (const [room, types] of Object.entries(table)) {
      for (const [type, shape] of Object.entries(types)) messages.set(`${kind}/${room}.${type}`, { title: `${room}: ${type}`, ...json(shape as z.ZodType) });
    }
  }
  for (const { name, input, output } of Object.values(asks)) {
    const bodies = { type: 'object', properties: { input: json(input as z.ZodType), output: json(output as z.ZodType) }, required: ['input', 'output'] };
    messages.set(`asks/${name}`, { title: name, ...bodies });
  }
  return messages;
}

/** The same as it was committed. */
export function committedMessages(): Map<string, JsonSchema> {
  const messages = new Map<string, JsonSchema>();
  for (const kind of MESSAGE_KINDS.filter((each) => existsSync(join(root, 'schema', each)))) {
    for (const file of readdirSync(join(root, 'schema', kind))) {
      messages.set(`${kind}/${file.replace(/\.json$/, '')}`, JSON.parse(readFileSync(join(root, 'schema', kind, file), 'utf8')) as JsonSchema);
    }
  }
  return messages;
}

/** What a rolling restart from the committed version to this code would lose. */
export const brokenMessages = (): Incompatibility[] => incompatibilities(committedMessages(), presentMessages());

/** Files of a made folder that nothing makes any more. */
export function leftOver(files: ReadonlyMap<string, string>): string[] {
  return ['schema/subgraphs', ...MESSAGE_KINDS.map((kind) => `schema/${kind}`)]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => !files.has(path));
}

export function staleFiles(files: ReadonlyMap<string, string>): string[] {
  const differs = ([path, content]: [string, string]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== content;
  return [...[...files].filter(differs).map(([path]) => path), ...leftOver(files)];
}

async function main(): Promise<void> {
  try {
    const files = madeFiles();
    const stale = staleFiles(files);
    const broken = brokenMessages();
    if (broken.length > 0) {
      process.stderr.write(`processes of the committed version would not understand this one, or the other way round; nothing was written:\n${tellAll(broken)}\n(What has never been committed is taken back by git checkout -- schema.)\n`);
      process.exitCode = 1;
      return;
    }
    if (process.argv.includes('--check')) {
      if (stale.length === 0) return;
      process.stderr.write(`stale, run npm run schema:\n${stale.join('\n')}\n`);
      process.exitCode = 1;
      return;
    }
    for (const path of leftOver(files)) rmSync(join(root, path));
    for (const [path, content] of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    await (await import('../clients/codegen.ts')).writeTypedOperations();
    process.stdout.write(stale.length > 0 ? `written:\n${stale.join('\n')}\n` : 'everything was fresh\n');
  } catch (error) {
    if (!(error instanceof CompositionError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
