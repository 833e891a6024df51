/**
 * While the image is built: loads what any target may load, so that its compiled form is in the image's cache and a start
 * need not make it. (https://nodejs.org/api/module.html#module-compile-cache)
 */
import { readFileSync } from 'node:fs';
import { enableCompileCache, flushCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../.cache/node', import.meta.url)));
for (const entry of ['start', 'accounts']) await import(`#app/${entry}.ts`);
// What these load only where it is asked for; development is never asked for here.
for (const file of ['start', 'mall', 'modules', 'engines', 'fill']) {
  const place = new URL(`../app/${file}.ts`, import.meta.url);
  for (const [, target] of readFileSync(place, 'utf8').matchAll(/import\('([#.][^']+)'\)/g)) {
    if (target !== './dev.ts') await import(target!.startsWith('.') ? new URL(target!, place).href : target!);
  }
}
flushCompileCache();
