/** Where compiled code is kept between starts, which halves their time. */
import { existsSync, readdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../.cache/node', import.meta.url));

/** As it was before this process made the folder. */
let had: boolean | null = null;
const look = (): boolean => existsSync(FOLDER) && readdirSync(FOLDER).length > 0;

/** A folder that cannot be written costs nothing but the time. */
export function keepCompiledCode(): void {
  had = look();
  enableCompileCache(FOLDER);
}

/** False before the first start: whoever starts several processes then lets one of them compile for the others. */
export const hasCompiledCode = (): boolean => had ?? look();
