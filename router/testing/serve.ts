/** The router on the market, listening on a free port of loopback, for tests through its front door. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';
import { Registry } from 'prom-client';
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { TOKEN_ISSUER } from '../identity.ts';
import { createRouter, type Router, type RouterOptions } from '../server.ts';
import { localTransport } from '../transport/local.ts';
import { silentLog } from './judge.ts';
import { marketSchemas, marketSupergraph } from './market.ts';

export interface Served {
  router: Router;
  server: Server;
  origin: string;
  registry: Registry;
  /** An access token; `secondsToLive` may be negative. */
  token(claims?: { sub?: string; roles?: string[]; issuer?: string; secondsToLive?: number }): Promise<string>;
  /** How often the keys were asked for. */
  keysAsked(): number;
  post(body: unknown, headers?: Record<string, string>): Promise<Response>;
  close(): Promise<void>;
}

export const marketTransports = () => new Map([...marketSchemas()].map(([name, schema]) => [name, localTransport(schema)]));

export async function serve(options: Partial<RouterOptions> = {}): Promise<Served> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'EdDSA' };
  let keysAsked = 0;
  const registry = new Registry();
  const router = createRouter({
    supergraphSdl: marketSupergraph(), transports: marketTransports(), clock: systemClock, ids: systemIds, log: silentLog, metrics: registry,
    jwks: async () => ((keysAsked += 1), { keys: [key] }), ...options,
  });
  const server = createServer(router.handle).on('upgrade', router.upgrade);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    router, server, origin, registry,
    keysAsked: () => keysAsked,
    token: ({ sub = 'u1', roles = ['customer'], issuer = TOKEN_ISSUER, secondsToLive = 600 } = {}) => {
      const nowS = Math.floor(systemClock.nowMs() / 1000);
      return new SignJWT({ roles, sid: 'family' }).setProtectedHeader({ alg: 'EdDSA', kid: 'k1' }).setSubject(sub).setIssuer(issuer).setIssuedAt(nowS).setExpirationTime(nowS + secondsToLive).sign(privateKey);
    },
    post: (body, headers = {}) =>
      fetch(`${origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) }),
    async close() {
      server.close();
      await router.stop(100);
      server.closeAllConnections();
    },
  };
}
