/** `/media/…`: the pictures of the goods. A missing one is drawn, so that no page ever shows a broken image. */
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Route } from '#platform/subgraph/room.ts';
import { drawnPicture } from './drawn-picture.ts';
import { mediaName } from './media-name.ts';

/** Pictures never change under their name; a drawn stand-in may be replaced by the real one soon. */
const KEPT = 'public, max-age=31536000, immutable';
const STAND_IN = 'public, max-age=60';
/** An SVG opened as a page of its own may style itself and nothing else. */
const SAFE_SVG = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
const MISSING = new Set(['ENOENT', 'ENOTDIR', 'EISDIR']);

export function mediaRoute(folder: string): Route {
  return { method: 'GET', path: '/media/', handle: (request) => serveMedia(folder, request) };
}

async function serveMedia(folder: string, request: Request): Promise<Response> {
  const name = mediaName(new URL(request.url).pathname);
  if (!name) return new Response('There is no such picture.\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  const file = await readMedia(join(folder, name.path));
  if (!file) return picture(drawnPicture(name.path), 'image/svg+xml', { 'cache-control': STAND_IN });
  const caching = { 'cache-control': KEPT, etag: file.etag };
  if (request.headers.get('if-none-match') === file.etag) return new Response(null, { status: 304, headers: caching });
  return picture(file.content, name.type, caching);
}

function picture(content: string | Uint8Array<ArrayBuffer>, type: string, headers: Record<string, string>): Response {
  return new Response(content, {
    headers: { 'content-type': type, 'x-content-type-options': 'nosniff', 'content-security-policy': SAFE_SVG, ...headers },
  });
}

async function readMedia(path: string): Promise<{ content: Uint8Array<ArrayBuffer>; etag: string } | null> {
  try {
    await using file = await open(path, 'r');
    const { size, mtimeMs } = await file.stat();
    return { content: await file.readFile(), etag: `"${size.toString(36)}-${Math.round(mtimeMs).toString(36)}"` };
  } catch (error) {
    if (MISSING.has((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
