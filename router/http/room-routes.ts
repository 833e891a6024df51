/** Plain HTTP routes of rooms in processes of their own: passed on signed, the body within a limit, the answer as a stream. */
import { Readable } from 'node:stream';
import { Fault } from '#platform/errors.ts';
import type { Fleet } from '#platform/discovery/fleet.ts';
import { createContext } from '#platform/subgraph/context.ts';
import type { Route } from '#platform/subgraph/room.ts';
import { SIGNED_HEADER, type Signer } from '#platform/subgraph/signed-context.ts';

/** Pay pages' forms and providers' webhooks are far below this. */
const MAX_BODY_BYTES = 1024 * 1024;
/** RFC 9110 §7.6.1: they speak of one connection only. `host` and the length are set anew. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'expect', 'host', 'content-length', SIGNED_HEADER]);
const NO_BODY = new Set([204, 304]);

export interface RoomRoute {
  room: string;
  method: Route['method'];
  path: string;
}

export function passedOn({ room, method, path }: RoomRoute, { fleet, signer }: { fleet: Fleet; signer: Signer }): Route {
  return {
    method, path,
    async handle(request) {
      const body = request.method === 'POST' ? await readAtMost(request, MAX_BODY_BYTES) : Buffer.alloc(0);
      if (!body) return problem(413, 'INVALID_INPUT', `The body is longer than ${MAX_BODY_BYTES} bytes.`);
      const { pathname, search } = new URL(request.url);
      const context = createContext({ identity: null, language: 'en', traceId: '', clientAddress: '' });
      const headers: Record<string, string> = {};
      request.headers.forEach((value, name) => {
        if (!OF_THE_CONNECTION.has(name)) headers[name] = value;
      });
      const verb = request.method as 'GET' | 'POST' | 'HEAD';
      headers[SIGNED_HEADER] = signer.sign(`${verb} ${pathname}${search}`, context, body);
      try {
        const answer = await fleet.open(room, { method: verb, path: pathname + search, headers, ...(body.length > 0 && { body }), repeatable: verb !== 'POST', signal: request.signal });
        return toResponse(answer, verb === 'HEAD');
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== 'UNAVAILABLE') throw error;
        return problem(503, error.code, error.message);
      }
    },
  };
}

function toResponse({ statusCode, headers, body }: Awaited<ReturnType<Fleet['open']>>, headOnly: boolean): Response {
  const passed = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || (OF_THE_CONNECTION.has(name) && name !== 'content-length')) continue;
    for (const each of [value].flat()) passed.append(name, each);
  }
  if (headOnly || NO_BODY.has(statusCode)) {
    // Nothing comes; it has to be taken all the same for the connection to be free again.
    body.resume();
    return new Response(null, { status: statusCode, headers: passed });
  }
  return new Response(Readable.toWeb(body) as ReadableStream, { status: statusCode, headers: passed });
}

async function readAtMost(request: Request, maxBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function problem(status: number, code: string, message: string): Response {
  return Response.json({ code, message }, { status, headers: { 'cache-control': 'no-store', ...(status === 503 && { 'retry-after': '1' }) } });
}
