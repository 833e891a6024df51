/**
 * Fetches a picture from an address that stands in somebody's file: from public hosts only, also after a redirect, and
 * never more or longer than the limits. The name is resolved once and the connection goes to what was checked, so a
 * name that changes its mind in between (DNS rebinding) gains nothing.
 */
import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent, request } from 'undici';
import { isPublicAddress } from './public-address.ts';

export const PICTURE_BYTES_MAX = 5 << 20;
export const FETCH_LIMIT_MS = 10_000;
export const REDIRECTS_MAX = 3;
const CONNECT_LIMIT_MS = 4_000;

/** File types by their first bytes; the server's word alone is not taken. SVG is left out: it can carry scripts. */
const SIGNATURES: readonly { extension: string; type: string; fits(head: Buffer): boolean }[] = [
  { extension: 'jpg', type: 'image/jpeg', fits: (head) => head.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff])) },
  { extension: 'png', type: 'image/png', fits: (head) => head.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1')) },
  { extension: 'gif', type: 'image/gif', fits: (head) => /^GIF8[79]a/.test(head.toString('latin1', 0, 6)) },
  { extension: 'webp', type: 'image/webp', fits: (head) => head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8, 12) === 'WEBP' },
  { extension: 'avif', type: 'image/avif', fits: (head) => /^ftypavi[fs]/.test(head.toString('latin1', 4, 12)) },
];

export const PICTURE_EXTENSIONS: readonly string[] = SIGNATURES.map(({ extension }) => extension);

/** Why a picture was not taken; the import goes on with a drawn one. */
export class PictureRefused extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'PictureRefused';
  }
}

export interface FetchedPicture {
  extension: string;
  content: Buffer;
}

export interface PictureFetcher {
  /** @throws PictureRefused for anything that goes wrong, in words for a person. */
  fetch(url: string): Promise<FetchedPicture>;
  close(): Promise<void>;
}

/** What tests loosen to reach a server of their own. */
export interface FetchRules {
  isAllowed(address: string): boolean;
  ports: readonly string[];
  limitMs: number;
}

export function createPictureFetcher(rules: Partial<FetchRules> = {}): PictureFetcher {
  const { isAllowed = isPublicAddress, ports = ['', '80', '443'], limitMs = FETCH_LIMIT_MS } = rules;
  const agent = new Agent({ connect: { lookup: lookupAllowed(isAllowed), timeout: CONNECT_LIMIT_MS }, connections: 4 });
  return {
    async fetch(address) {
      const signal = AbortSignal.timeout(limitMs);
      let url = new URL(address);
      for (let hop = 0; hop <= REDIRECTS_MAX; hop++) {
        checkUrl(url, isAllowed, ports);
        const answer = await ask(url, agent, signal, limitMs);
        if ('content' in answer) return answer;
        url = answer.location;
      }
      throw new PictureRefused(`${address}: more than ${REDIRECTS_MAX} redirects`);
    },
    close: () => agent.close(),
  };
}

/** A host that is an address is never looked up, so it is checked here. */
function checkUrl(url: URL, isAllowed: FetchRules['isAllowed'], ports: readonly string[]): void {
  if (!/^https?:$/.test(url.protocol)) throw new PictureRefused(`${url.href}: only http and https are fetched`);
  if (!ports.includes(url.port)) throw new PictureRefused(`${url.href}: only the ports 80 and 443 are fetched from`);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isAllowed(host)) throw new PictureRefused(`${url.href}: ${host} is not a public address`);
}

async function ask(url: URL, agent: Agent, signal: AbortSignal, limitMs: number): Promise<FetchedPicture | { location: URL }> {
  try {
    const { statusCode, headers, body } = await request(url, { dispatcher: agent, signal, headers: { accept: 'image/avif,image/webp,image/*', 'user-agent': 'GoMall-import' } });
    const location = [headers.location].flat()[0];
    if (statusCode >= 300 && statusCode < 400 && location) {
      await body.dump({ limit: 4096 });
      return { location: new URL(location, url) };
    }
    const type = [headers['content-type']].flat()[0] ?? '';
    if (statusCode !== 200 || !/^image\//.test(type)) {
      await body.dump({ limit: 4096 });
      throw new PictureRefused(`${url.href}: answered ${statusCode}${statusCode === 200 ? ` with ${type || 'no type'} instead of a picture` : ''}`);
    }
    return identify(url, await readBounded(url, body));
  } catch (error) {
    if (error instanceof PictureRefused) throw error;
    if (signal.aborted) throw new PictureRefused(`${url.href}: took longer than ${limitMs / 1000} seconds`, error);
    throw new PictureRefused(`${url.href}: ${reasonOf(error)}`, error);
  }
}

async function readBounded(url: URL, body: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    // Leaving the loop ends the connection.
    if (bytes > PICTURE_BYTES_MAX) throw new PictureRefused(`${url.href}: larger than ${PICTURE_BYTES_MAX >> 20} MB`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function identify(url: URL, content: Buffer): FetchedPicture {
  const found = SIGNATURES.find(({ fits }) => fits(content.subarray(0, 16)));
  if (!found) throw new PictureRefused(`${url.href}: is none of ${PICTURE_EXTENSIONS.join(', ')}`);
  return { extension: found.extension, content };
}

/** Resolves a name for a connection; if any of its addresses is not allowed, none is used. */
function lookupAllowed(isAllowed: FetchRules['isAllowed']): LookupFunction {
  return (name, options, done) => {
    resolveName(name, { all: true, family: options.family }, (error, addresses: LookupAddress[]) => {
      if (error) return done(error, []);
      const refused = addresses.find(({ address }) => !isAllowed(address));
      if (refused) return done(new PictureRefused(`${name} leads to ${refused.address}, which is not a public address`) as NodeJS.ErrnoException, []);
      if (options.all) return done(null, addresses);
      return done(null, addresses[0]!.address, addresses[0]!.family);
    });
  };
}

function reasonOf(error: unknown): string {
  const causes = error instanceof AggregateError ? error.errors : [error];
  return causes.map((cause) => (cause as Error).message || (cause as NodeJS.ErrnoException).code || 'no answer').join('; ');
}
