/**
 * `npm start`. Compiled code is kept between starts, which halves their time; that has to be switched on before anything
 * else is loaded, hence this file. A folder that cannot be written costs nothing but the time.
 */
import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../.cache/node', import.meta.url)));
const { start } = await import('./start.ts');
await start();
flushCompileCache();
