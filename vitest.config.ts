import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{app,platform,router,schema,subgraphs,clients}/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['**/node_modules/**', 'tests/browser/**'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    pool: 'forks',
    maxWorkers: 2,
  },
});
