/** While developing: a Vite server a client, with hot reload; the shop's own server passes their files through. */
import type { ViteDevServer } from 'vite';
import { BASES, CLIENTS, ENTRIES, type Client } from '../entries.ts';
import { html, Html } from './html.ts';

export interface DevServers {
  /** Scripts for the document's head. */
  scripts(client: Client): Html;
  /** A file of Vite's, or null when the address is a page's. */
  serve(request: Request, url: URL): Promise<Response | null>;
  stop(): Promise<void>;
}

export async function startDevServers(): Promise<DevServers> {
  const { createServer } = await import('vite');
  const { clientConfig } = await import('../vite.config.ts');
  const servers = new Map<Client, ViteDevServer>();
  for (const client of CLIENTS) {
    const server = await createServer({ ...clientConfig(client), logLevel: 'warn', cacheDir: `${process.cwd()}/.cache/vite-${client}`, server: { host: '127.0.0.1', port: 0, strictPort: false } });
    await server.listen();
    servers.set(client, server);
  }
  const origin = (client: Client): string => `http://127.0.0.1:${(servers.get(client)!.httpServer!.address() as { port: number }).port}`;
  return {
    scripts(client) {
      const base = origin(client) + BASES[client];
      const refresh = `import { injectIntoGlobalHook } from '${base}@react-refresh'; injectIntoGlobalHook(window); window.$RefreshReg$ = () => {}; window.$RefreshSig$ = () => (type) => type;`;
      return html`<script type="module">${new Html(refresh)}</script><script type="module" src="${base}@vite/client"></script><script type="module" src="${base}${ENTRIES[client]}"></script>`;
    },
    // Scripts come straight from Vite's own origin (it allows localhost by CORS); only what they name without one comes here.
    async serve(request, url) {
      const client: Client = url.pathname.startsWith('/admin/') ? 'admin' : 'storefront';
      if (!/^\/(admin\/)?(@|node_modules\/|storefront\/|shared\/|admin\/.*\.\w+$)/.test(url.pathname)) return null;
      const answer = await fetch(origin(client) + url.pathname + url.search, { headers: { accept: request.headers.get('accept') ?? '*/*' } });
      return new Response(await answer.arrayBuffer(), { status: answer.status, headers: { 'content-type': answer.headers.get('content-type') ?? 'text/javascript' } });
    },
    async stop() {
      for (const server of servers.values()) await server.close();
    },
  };
}
