/** `npm run distributed`: the whole mall as processes, on the engines whose addresses are given, and one screen that shows them. */
import { keepCompiledCode } from '../compile-cache.ts';

keepCompiledCode();
const { runDistributed } = await import('./run.ts');
await runDistributed(process.argv.slice(2));
