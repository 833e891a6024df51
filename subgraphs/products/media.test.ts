import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { mediaRoute } from './media.ts';

const root = mkdtempSync(join(tmpdir(), 'gomall-media-'));
const folder = join(root, 'media');
mkdirSync(join(folder, 'deep'), { recursive: true });
writeFileSync(join(root, 'secret.png'), 'secret');
writeFileSync(join(folder, 'lamp.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
writeFileSync(join(folder, 'deep', 'photo.png'), 'png');
writeFileSync(join(folder, 'notes.txt'), 'notes');
afterAll(() => rmSync(root, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}) => mediaRoute(folder).handle(new Request(`http://mall.example${path}`, { headers }));

test('a file is served for ever, under its type, and cannot act as a page', async () => {
  const answer = await get('/media/lamp.svg');
  expect(await answer.text()).toContain('<svg');
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/svg+xml',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'content-security-policy': expect.stringContaining("default-src 'none'"),
  });
  expect((await get('/media/deep/photo.png')).headers.get('content-type')).toBe('image/png');
  const again = await get('/media/lamp.svg', { 'if-none-match': answer.headers.get('etag')! });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test('a missing picture is drawn, the same every time, and not kept for long', async () => {
  const [first, second, other] = await Promise.all([get('/media/gone.png'), get('/media/gone.png'), get('/media/gone-too.png')]);
  const text = await first.text();
  expect(first.status).toBe(200);
  expect(first.headers.get('content-type')).toBe('image/svg+xml');
  expect(first.headers.get('cache-control')).toBe('public, max-age=60');
  expect(text).toBe(await second.text());
  expect(text).not.toBe(await other.text());
});

test.each(['/media/../secret.png', '/media/..%2fsecret.png', '/media/%2e%2e/secret.png', '/media/.hidden.png', '/media/notes.txt', '/media/', '/media/a//b.png', '/media/x.constructor'])(
  '%s leads nowhere',
  async (path) => {
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(await answer.text()).not.toContain('secret');
  },
);
