/** Draws what is missing of the pictures of a plan, as files. */
import { mkdir, readdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { COLOURS } from './catalogue/colours.ts';
import { drawPicture } from './pictures/draw.ts';
import { drawHero, HERO_ICONS } from './pictures/hero.ts';
import { readIcons } from './pictures/icons.ts';
import type { PictureOrder } from './plan-demo.ts';

/** Files written at a time: as many as threads that Node writes with. */
const WRITES_AT_ONCE = 4;
const HERO_FILE = 'hero.svg';

/** Writes each picture that `folder` does not have; a file is whole or not there. Answers how many were drawn. */
export async function drawPictures(folder: string, orders: readonly PictureOrder[]): Promise<number> {
  await mkdir(folder, { recursive: true });
  const there = new Set(await readdir(folder, { recursive: true }));
  const missing = orders.filter(({ file }) => !there.has(join(file)));
  const wantsHero = !there.has(HERO_FILE);
  if (missing.length === 0 && !wantsHero) return 0;
  const icons = await readIcons([...missing.map(({ icon }) => icon), ...(wantsHero ? HERO_ICONS : [])]);
  const queue = missing.values();
  const draw = async () => {
    for (const { file, icon, turn, colour } of queue) {
      await writeWhole(join(folder, file), drawPicture({ body: icons.get(icon)!, turn, colour: colour && COLOURS[colour] }));
    }
  };
  await Promise.all([...new Set(orders.map(({ file }) => dirname(file)))].map((path) => mkdir(join(folder, path), { recursive: true })));
  await Promise.all(Array.from({ length: WRITES_AT_ONCE }, draw));
  if (wantsHero) await writeWhole(join(folder, HERO_FILE), drawHero(icons));
  return missing.length + Number(wantsHero);
}

/** A reader sees the old file, none, or the whole new one, also after a crash in between. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const draft = `${path}.part`;
  await writeFile(draft, content);
  await rename(draft, path);
}
