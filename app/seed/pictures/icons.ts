/**
 * Drawings of the package Fluent Emoji (MIT). Its file holds 3,000 of them in 100 MB, so it is neither imported nor
 * parsed: it is read once, line by line, when pictures are drawn, and only what was asked for is kept.
 */
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';

/** The drawings are made on a square of so many units. */
export const ICON_UNITS = 32;

const KEY_LINE = /^\t\t"([^"]+)": \{\r?$/;
const BODY_LINE = '\t\t\t"body": ';
/** Names are short; longer lines are bodies. */
const KEY_LINE_MAX = 120;
const LF = 0x0a;

/**
 * The SVG content of each drawing by name, for the part of a 32 × 32 viewBox.
 * @throws Error naming the drawings that the package does not have.
 */
export async function readIcons(names: Iterable<string>): Promise<Map<string, string>> {
  const wanted = new Set(names);
  const found = new Map<string, string>();
  const file = createReadStream(createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji/icons.json'), { highWaterMark: 1 << 20 });
  let name = '';
  for await (const line of linesOf(file)) {
    if (line.length < KEY_LINE_MAX) name = KEY_LINE.exec(line.toString('latin1'))?.[1] ?? name;
    else if (wanted.has(name) && line.toString('latin1', 0, BODY_LINE.length) === BODY_LINE) {
      found.set(name, JSON.parse(line.toString('utf8', BODY_LINE.length).replace(/,?\s*$/, '')));
      wanted.delete(name);
    }
    if (wanted.size === 0) break;
  }
  file.destroy();
  if (wanted.size > 0) throw new Error(`Fluent Emoji has no drawing called ${[...wanted].join(', ')}`);
  return found;
}

/** Lines as bytes: nearly all of them are passed over, and would be a hundred megabytes of strings. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    const bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
    let from = 0;
    for (let end = bytes.indexOf(LF); end >= 0; end = bytes.indexOf(LF, from)) {
      yield bytes.subarray(from, end);
      from = end + 1;
    }
    rest = bytes.subarray(from);
  }
  if (rest.length > 0) yield rest;
}
