/**
 * What the process mounts at `/` and `/admin`: readable documents for people, crawlers and link previews, the built clients
 * that take over from them, sitemap and robots. Fetch-style: the router hands over what is no route of its own.
 */
import { readFile } from 'node:fs/promises';
import type { Clock } from '#platform/clock/clock.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { splitLanguage } from './shared/language.ts';
import { placeOf } from './storefront/places.ts';
import { serveAsset } from './serve/assets.ts';
import { filesOf, startBuilds, type Built } from './serve/builds.ts';
import { startDevServers, type DevServers } from './serve/dev.ts';
import { renderDocument } from './serve/document.ts';
import { securityHeaders } from './serve/headers.ts';
import { html } from './serve/html.ts';
import { FAVICON } from './serve/icons.ts';
import { createPageCache, zippedPage, type Rendered } from './serve/page-cache.ts';
import { pageSource, readerOf, renderPage, wordsSource, type Execute } from './serve/pages.ts';
import { renderRobots, renderSitemap } from './serve/sitemap.ts';

export type { Answer, Execute } from './serve/pages.ts';

export interface WebParts {
  /** Runs an operation through the router, as a guest, in this process. */
  execute: Execute;
  /** Where people reach the mall, without a trailing slash. */
  publicUrl: string;
  /** Built clients are kept here, by a hash of their sources; made on first use. */
  cacheDir: string;
  log: Logger;
  clock: Pick<Clock, 'nowMs'>;
  /** Clients come from Vite with hot reload instead of from a build. */
  dev?: boolean;
}

export interface Web {
  /** Answers every GET and HEAD that is nobody else's; never throws for what a reader did. */
  (request: Request): Promise<Response>;
  /** Resolves when the clients are built, or could not be. */
  built: Promise<void>;
  /** Ends a build that is under way. */
  stop(): Promise<void>;
}

const SITEMAP_KEEP_MS = 3_600_000;
const READING_STYLES = ['shared/look/tokens.css', 'shared/look/base.css', 'storefront/look/frame.css', 'storefront/look/catalogue.css', 'storefront/look/product.css'];

export function createWeb(parts: WebParts): Web {
  const { execute, publicUrl, cacheDir, log, clock, dev = false } = parts;
  const secure = securityHeaders(publicUrl, dev);
  const pages = createPageCache(clock);
  const builds = dev ? null : startBuilds(['storefront', 'admin'], cacheDir, log);
  const devServers: Promise<DevServers> | null = dev ? startDevServers() : null;
  let sitemap: { text: Promise<string>; untilMs: number } | null = null;

  async function page(request: Request, url: URL): Promise<Response> {
    const { language, path } = splitLanguage(url.pathname);
    if (path.length > 1 && path.endsWith('/')) return redirect(url.pathname.replace(/\/+$/, '') + url.search);
    if (url.pathname === '/zh/') return redirect(`/zh${url.search}`);
    const place = placeOf(path, url.searchParams);
    const built = builds?.get('storefront') ?? null;
    const around = {
      publicUrl, dev: devServers ? (await devServers).scripts('storefront') : null,
      files: built ? withWords(built, pageSource(place), wordsSource(language)) : dev ? NO_FILES : null,
      reload: builds?.expected('storefront') ?? false,
    };
    const key = `${built ? 'built' : 'reading'} ${language} ${path}?${url.searchParams}`;
    const found = await pages.get(key, () => renderPage({ language, path, search: url.searchParams }, place, execute, around));
    return await documentResponse(request, found.rendered, () => zippedPage(found));
  }

  async function admin(request: Request, url: URL): Promise<Response> {
    const { language } = splitLanguage(url.pathname, '/admin');
    const { t } = readerOf(language);
    const built = builds?.get('admin') ?? null;
    const reload = builds?.expected('admin') ?? false;
    const head = { title: 'GoMall', description: '', canonical: null, image: null, kind: 'website' as const, structured: [] };
    const body = html`<main class="page"><p class="soft" role="status">${reload ? t('building') : t('state.loading')}</p><noscript><p class="note warn">${t('checkout.noScript')}</p></noscript></main>`;
    const text = renderDocument({
      client: 'admin', language, publicUrl, head, body, initial: null, reload, dev: devServers ? (await devServers).scripts('admin') : null,
      files: built ? filesOf(built.manifest, 'admin', null) : dev ? NO_FILES : null,
    });
    return await documentResponse(request, { status: 200, html: text, keep: false }, null);
  }

  async function documentResponse(request: Request, rendered: Rendered, zipped: (() => Promise<Buffer<ArrayBuffer>>) | null): Promise<Response> {
    const headers = new Headers({ ...secure, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', vary: 'accept-encoding' });
    if (rendered.status === 503) headers.set('retry-after', '5');
    if (request.method === 'HEAD') return new Response(null, { status: rendered.status, headers });
    if (!zipped || !(request.headers.get('accept-encoding') ?? '').includes('gzip')) return new Response(rendered.html, { status: rendered.status, headers });
    headers.set('content-encoding', 'gzip');
    return new Response(await zipped(), { status: rendered.status, headers });
  }

  async function asset(built: Built | null, name: string, request: Request): Promise<Response> {
    const found = built ? await serveAsset(built, name, request) : null;
    return found ?? new Response('Not found\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } });
  }

  async function handle(request: Request): Promise<Response> {
    const url = new URL(request.url);
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response('Method not allowed\n', { status: 405, headers: { allow: 'GET, HEAD' } });
    const path = url.pathname;
    if (path === '/assets/reading.css') return text(await readingStyles(), 'text/css; charset=utf-8', request);
    if (path.startsWith('/assets/')) return await asset(builds?.get('storefront') ?? null, path.slice('/assets/'.length), request);
    if (path.startsWith('/admin/assets/')) return await asset(builds?.get('admin') ?? null, path.slice('/admin/assets/'.length), request);
    if (path === '/favicon.svg' || path === '/favicon.ico') return text(FAVICON, 'image/svg+xml', request, 'public, max-age=86400');
    if (path === '/robots.txt') return text(renderRobots(publicUrl), 'text/plain; charset=utf-8', request);
    if (path === '/sitemap.xml') return text(await readSitemap(), 'application/xml; charset=utf-8', request);
    const fromVite = devServers ? await (await devServers).serve(request, url) : null;
    if (fromVite) return fromVite;
    if (path === '/admin' || path.startsWith('/admin/')) return await admin(request, url);
    return await page(request, url);
  }

  async function readSitemap(): Promise<string> {
    if (!sitemap || sitemap.untilMs < clock.nowMs()) {
      const made = { text: renderSitemap(execute, publicUrl), untilMs: clock.nowMs() + SITEMAP_KEEP_MS };
      made.text.catch(() => {
        if (sitemap === made) sitemap = null;
      });
      sitemap = made;
    }
    return await sitemap.text;
  }

  return Object.assign(handle, {
    built: builds?.settled ?? Promise.resolve(),
    async stop() {
      builds?.stop();
      if (devServers) await (await devServers).stop();
    },
  });
}

const NO_FILES = { scripts: [], preloads: [], styles: [] };

function withWords(built: Built, source: string | null, words: string): ReturnType<typeof filesOf> {
  const files = filesOf(built.manifest, 'storefront', source);
  const file = built.manifest[words]?.file;
  return file ? { ...files, preloads: [...files.preloads, file] } : files;
}

let styles: Promise<string> | null = null;
/** While the client is being built: the styles of the readable pages, straight from their sources. */
function readingStyles(): Promise<string> {
  styles ??= Promise.all(READING_STYLES.map((name) => readFile(new URL(name, import.meta.url), 'utf8'))).then((texts) => texts.join('\n'));
  return styles;
}

const redirect = (location: string): Response => new Response(null, { status: 301, headers: { location } });

function text(body: string, type: string, request: Request, cache = 'no-cache'): Response {
  return new Response(request.method === 'HEAD' ? null : body, { headers: { 'content-type': type, 'cache-control': cache, 'x-content-type-options': 'nosniff' } });
}
