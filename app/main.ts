/** `npm start`. Keeping compiled code has to be switched on before anything else is loaded, hence this file. */
import { flushCompileCache } from 'node:module';
import { keepCompiledCode } from './compile-cache.ts';

keepCompiledCode();
const { start } = await import('./start.ts');
await start();
flushCompileCache();
