/**
 * `npm run router -- --supergraph <file.graphql> --port <n>`: the router alone, in front of any supergraph whose subgraphs
 * it reaches by the URLs in it. Tokens are not checked here but passed on, as are messages of subgraphs.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { Registry, collectDefaultMetrics } from 'prom-client';
import { systemClock } from '#platform/clock/system.ts';
import { listen } from '#platform/http/listen.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { createRouter } from '#router/server.ts';
import { subgraphUrls } from '#router/supergraph.ts';
import { httpTransport } from '#router/transport/http.ts';

const USAGE = 'usage: npm run router -- --supergraph <file.graphql> [--port 4000] [--host 127.0.0.1] [--log-level warn]';

try {
  await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      supergraph: { type: 'string' },
      port: { type: 'string', default: '4000' },
      host: { type: 'string', default: '127.0.0.1' },
      'log-level': { type: 'string', default: 'warn' },
    },
  });
  if (!values.supergraph || !/^\d{1,5}$/.test(values.port)) throw new Error(USAGE);

  const supergraphSdl = readFileSync(values.supergraph, 'utf8');
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const transports = new Map([...subgraphUrls(supergraphSdl)].map(([name, url]) => [name, httpTransport(url)]));
  const router = createRouter({
    supergraphSdl, transports, metrics, jwks: null, revealUnknownErrors: true, corsOrigins: ['*'],
    clock: systemClock, ids: systemIds, log: createLogger(values['log-level']),
  });
  const server = createServer(router.handle).on('upgrade', router.upgrade);
  const port = await listen(server, { port: Number(values.port), host: values.host }, '--port');
  process.stdout.write(`router at http://${values.host}:${port}/graphql\n`);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, async () => {
      server.close();
      await router.stop();
      await Promise.all([...transports.values()].map((transport) => transport.close?.()));
      process.exit(0);
    });
  }
}
