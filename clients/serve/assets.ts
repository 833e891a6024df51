/** The built files: their names hold a hash of their content, so they may be kept for ever. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Built } from './builds.ts';

const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8', css: 'text/css; charset=utf-8', svg: 'image/svg+xml', json: 'application/json', map: 'application/json', woff2: 'font/woff2', png: 'image/png',
};

const known = new WeakMap<Built, Promise<ReadonlySet<string>>>();
const bytes = new WeakMap<Built, Map<string, Promise<Buffer<ArrayBuffer>>>>();

/** Null when the build has no such file. Only names that are in the folder are read: no path can lead out of it. */
export async function serveAsset(built: Built, name: string, request: Request): Promise<Response | null> {
  if (!known.has(built)) known.set(built, readdir(join(built.folder, 'assets')).then((names) => new Set(names)));
  const names = await known.get(built)!;
  if (!names.has(name)) return null;
  const headers = new Headers({
    'content-type': TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    vary: 'accept-encoding',
  });
  const accepted = request.headers.get('accept-encoding') ?? '';
  const encoding = (['br', 'gz'] as const).find((one) => names.has(`${name}.${one}`) && accepted.includes(one === 'gz' ? 'gzip' : 'br'));
  if (encoding) headers.set('content-encoding', encoding === 'gz' ? 'gzip' : 'br');
  const body = await read(built, encoding ? `${name}.${encoding}` : name);
  headers.set('content-length', String(body.length));
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

function read(built: Built, name: string): Promise<Buffer<ArrayBuffer>> {
  let files = bytes.get(built);
  if (!files) bytes.set(built, (files = new Map()));
  let file = files.get(name);
  if (!file) files.set(name, (file = readFile(join(built.folder, 'assets', name)) as Promise<Buffer<ArrayBuffer>>));
  return file;
}
