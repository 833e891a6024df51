/**
 * Drawings of the package Fluent Emoji (MIT). Its file holds 3,000 of them in 100 MB, so it is neither imported nor
 * parsed: it is read once, line by line, when pictures are drawn, and only what was asked for is kept.
 */
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

/** The drawings are made on a square of so many units. */
export const ICON_UNITS = 32;

const KEY_LINE = /^\t\t"([^"]+)": \{$/;
const BODY_LINE = /^\t\t\t"body": /;

/**
 * The SVG content of each drawing by name, for the part of a 32 × 32 viewBox.
 * @throws Error naming the drawings that the package does not have.
 */
export async function readIcons(names: Iterable<string>): Promise<Map<string, string>> {
  const wanted = new Set(names);
  const total = wanted.size;
  const found = new Map<string, string>();
  const file = createReadStream(createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji/icons.json'), { highWaterMark: 1 << 20 });
  let name = '';
  for await (const line of createInterface({ input: file, crlfDelay: Infinity })) {
    if (line.length < 200) {
      const key = KEY_LINE.exec(line)?.[1];
      if (key !== undefined) name = key;
    }
    if (!wanted.has(name) || !BODY_LINE.test(line)) continue;
    found.set(name, JSON.parse(line.slice(line.indexOf(':') + 1).replace(/,\s*$/, '')));
    wanted.delete(name);
    if (found.size === total) break;
  }
  file.destroy();
  if (wanted.size > 0) throw new Error(`Fluent Emoji has no drawing called ${[...wanted].join(', ')}`);
  return found;
}
