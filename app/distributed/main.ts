/** `npm run distributed`: the whole mall as processes, on the engines whose addresses are given, and one screen that shows them. */
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../../.cache/node', import.meta.url)));
const { runDistributed } = await import('./run.ts');
await runDistributed(process.argv.slice(2));
