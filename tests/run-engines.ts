/**
 * `npm run test:engines`: the contracts of the ports, the rooms that lean on their database most, and the journeys, on the
 * engines that TEST_ENGINES names (all of them when it names none). It starts none itself: their addresses must be given.
 * Two of three brokers killed, with the path of the tool that starts engines in ENGINES, takes minutes:
 * `TEST_ENGINES=kafka3 npm run test:engines -- tests/engines/cluster.test.ts`
 */
import { spawnSync } from 'node:child_process';
import { ENGINE_ADDRESSES } from './engines.ts';

/** How many statements an operation costs is counted once, on the embedded engines. */
const EXCLUDED = ['tests/journeys/statements.test.ts'];
const SUITES = ['platform', 'tests/engines', 'subgraphs/inventory', 'subgraphs/orders/tests/place-order', 'subgraphs/payments', 'subgraphs/notifications', 'tests/journeys'];

const wanted = (process.env.TEST_ENGINES ?? '').split(',').map((name) => name.trim()).filter(Boolean);
/** Only when they are named: three brokers killed and started again take minutes. */
const LONG = ['kafka3'];
const engines = wanted.length > 0 ? wanted : Object.keys(ENGINE_ADDRESSES).filter((name) => !LONG.includes(name));
const missing = engines.filter((name) => !process.env[ENGINE_ADDRESSES[name] ?? '']);
if (missing.length > 0) {
  process.stderr.write(`No address of ${missing.map((name) => `${name} (${ENGINE_ADDRESSES[name] ?? 'no such engine'})`).join(', ')}. Start the engines, or name those that run: TEST_ENGINES=mysql npm run test:engines\n`);
  process.exit(1);
}
const suites = process.argv.length > 2 ? process.argv.slice(2) : SUITES;
const { status } = spawnSync(process.execPath, ['node_modules/vitest/vitest.mjs', 'run', ...suites, ...EXCLUDED.flatMap((file) => ['--exclude', file])], {
  stdio: 'inherit',
  env: { ...process.env, TEST_ENGINES: engines.join(',') },
});
process.exit(status ?? 1);
