import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What is done to a real engine is tested only on one that TEST_ENGINES names; the mall as processes only where it names three. */
const SUITES = { redis: 'redis*', mysql: 'mysql*', kafka: 'kafka*', consul: 'consul*', kafka3: 'cluster' };
const asked = (process.env.TEST_ENGINES ?? '').split(',');
const unaskedEngines = Object.entries(SUITES).filter(([name]) => !asked.includes(name)).map(([, suite]) => `tests/engines/${suite}.test.ts`);
if (!['redis', 'mysql', 'kafka'].every((name) => asked.includes(name))) unaskedEngines.push('tests/processes/fleet*.test.ts');

export default defineConfig({
  // The file Node resolves: a bundler's `module` entry would load graphql a second time beside the one the libraries use.
  resolve: { alias: [{ find: /^graphql$/, replacement: fileURLToPath(import.meta.resolve('graphql')) }] },
  test: {
    include: ['{app,platform,router,schema,subgraphs,clients}/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'tests/browser/**', ...unaskedEngines],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
