/**
 * The page at /graphql in a browser: GraphiQL from our own files, so that it works without internet, with a few
 * operations ready to run; a link leads to Apollo Sandbox, which is embedded from Apollo's servers.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface ReadyOperation {
  query: string;
  /** JSON */
  variables?: string;
}

interface Page {
  body: Buffer;
  etag: string;
}

export interface LandingPage {
  /** Whether this request is a browser that wants a page. */
  wants(request: IncomingMessage): boolean;
  answer(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Where GraphiQL's page has room for ours: it is drawn over the bottom right corner. */
const SANDBOX_LINK = `
<a href="?sandbox" style="position:fixed;right:16px;bottom:12px;z-index:9;padding:6px 12px;border-radius:16px;background:#1f2a44;color:#fff;font:13px system-ui;text-decoration:none">Open in Apollo Sandbox</a>
</body>`;

export function createLandingPage(operations: readonly ReadyOperation[], title: string): LandingPage {
  let graphiql: Promise<Page> | undefined;
  let sandbox: Promise<Page> | undefined;

  /** Nine megabytes of script: read when somebody looks, kept packed. */
  async function makeGraphiql(): Promise<Page> {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    const html = renderGraphiQL({ title, defaultTabs: operations.map(({ query, variables }) => ({ query, variables: variables ?? null })) });
    const end = html.lastIndexOf('</body>');
    return pack(html.slice(0, end) + SANDBOX_LINK + html.slice(end + '</body>'.length));
  }

  return {
    wants: ({ method, headers }) => method === 'GET' && (headers.accept ?? '').includes('text/html'),
    async answer(request, response) {
      const wantsSandbox = new URL(request.url ?? '/', 'http://localhost').searchParams.has('sandbox');
      const { body, etag } = await (wantsSandbox ? (sandbox ??= pack(sandboxHtml(operations[0], title))) : (graphiql ??= makeGraphiql()));
      const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', vary: 'accept', etag };
      if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end();
      response.writeHead(200, { ...headers, 'content-encoding': 'gzip', 'content-length': body.length }).end(body);
    },
  };
}

async function pack(html: string): Promise<Page> {
  const body = await promisify(gzip)(html);
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"` };
}

/** https://www.apollographql.com/docs/graphos/platform/sandbox#embedding-sandbox */
function sandboxHtml(first: ReadyOperation | undefined, title: string): string {
  const options = { target: '#sandbox', initialState: { document: first?.query ?? '', variables: JSON.parse(first?.variables ?? '{}') as unknown, includeCookies: false } };
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title><style>html,body,#sandbox{height:100%;margin:0}</style></head>
<body>
<noscript>Apollo Sandbox needs JavaScript.</noscript>
<div id="sandbox"></div>
<script src="https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js"></script>
<script>
if (window.EmbeddedSandbox) new window.EmbeddedSandbox({ ...${JSON.stringify(options).replaceAll('<', '\\u003c')}, initialEndpoint: location.origin + location.pathname });
else document.getElementById('sandbox').innerHTML = '<p style="font:16px system-ui;padding:2em">Apollo Sandbox comes from the internet and did not load. <a href="' + location.pathname + '">GraphiQL</a> works without.</p>';
</script>
</body>
</html>`;
}
