/**
 * `npm run dev`: an edited schema or resolver is alive in well under a second. Files of rooms are loaded anew under a
 * version of their own, the rooms are closed and opened again on their databases, and the router goes on with the new
 * supergraph. What does not compose or load is told, and the mall stays as it is. Everything else restarts the process.
 */
import { readdirSync, watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import { compose } from '#router/compose.ts';
import type { Mall } from './mall.ts';
import type { Running } from './modules.ts';
import { readRooms } from './schema.ts';

const SUBGRAPHS = new URL('../subgraphs/', import.meta.url);
const SHARED = new URL('../schema/shared.graphql', import.meta.url);
/** Editors write a file in several steps; they count as one change. */
const SETTLE_MS = 60;

export function watchRooms(mall: Mall): Running {
  versionRooms();
  let version = 0;
  let again = false;
  let working: Promise<void> | null = null;
  let cancel = () => {};

  const reload = async () => {
    do {
      again = false;
      await reloadOnce(mall, ++version);
    } while (again);
    working = null;
  };
  const changed = (name: string | null) => {
    if (!name || !/\.(ts|graphql)$/.test(name) || name.endsWith('.test.ts')) return;
    cancel();
    cancel = mall.engines.clock.after(SETTLE_MS, () => {
      again = true;
      working ??= reload();
    });
  };
  // Folder by folder: many editors replace a file, and a watch of the file itself would stay with the old one.
  const folders = [fileURLToPath(new URL('.', SHARED)), ...foldersBelow(fileURLToPath(SUBGRAPHS))];
  const watchers = folders.map((folder) => watch(folder, (_, name) => folder === folders[0] && name !== 'shared.graphql' ? undefined : changed(name)));
  return {
    async stop() {
      cancel();
      for (const watcher of watchers) watcher.close();
      await working;
    },
  };
}

function foldersBelow(folder: string): string[] {
  const below = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...below.flatMap((entry) => foldersBelow(join(folder, entry.name)))];
}

async function reloadOnce(mall: Mall, version: number): Promise<void> {
  const begunMs = performance.now();
  try {
    const { supergraph } = compose(readRooms(), await readFile(SHARED, 'utf8'));
    const definitions = await Promise.all([...mall.rooms.keys()].map((name) => loadRoom(name, version)));
    await mall.reopenRooms(definitions, supergraph);
    tell(`rooms and supergraph are new (${Math.round(performance.now() - begunMs)} ms); npm run schema writes them down`);
  } catch (error) {
    tell(`the mall stays as it was: ${(error as Error).message}`);
  }
}

async function loadRoom(name: string, version: number): Promise<RoomDefinition> {
  const module = (await import(`${new URL(`${name}/index.ts`, SUBGRAPHS)}?v=${version}`)) as Record<string, RoomDefinition>;
  return module[name]!;
}

/** What a file of a room imports from the rooms gets the version of that file, so that a room is new as a whole. */
function versionRooms(): void {
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context);
      const version = context.parentURL && new URL(context.parentURL).searchParams.get('v');
      const isRoom = resolved.url.startsWith(SUBGRAPHS.href) && !resolved.url.includes('?');
      return version && isRoom ? { ...resolved, url: `${resolved.url}?v=${version}` } : resolved;
    },
  });
}

const tell = (line: string): void => void process.stderr.write(`dev: ${line}\n`);

