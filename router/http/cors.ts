/** Cross-origin requests (Fetch standard §3.2) from the origins of the configuration; no cookies are involved. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const MAX_AGE_S = 3600;

/** Sets the headers; true when the request was a preflight and is answered. `origins` may hold `*`. */
export function cors(request: IncomingMessage, response: ServerResponse, origins: readonly string[]): boolean {
  const { origin } = request.headers;
  const allowed = origin !== undefined && (origins.includes('*') || origins.includes(origin));
  if (origins.length > 0) response.setHeader('vary', 'origin');
  if (allowed) response.setHeader('access-control-allow-origin', origin);
  if (request.method !== 'OPTIONS') return false;
  if (allowed) {
    response.setHeader('access-control-allow-methods', 'GET, POST');
    response.setHeader('access-control-allow-headers', request.headers['access-control-request-headers'] ?? 'content-type');
    response.setHeader('access-control-max-age', String(MAX_AGE_S));
  }
  response.writeHead(204).end();
  return true;
}
