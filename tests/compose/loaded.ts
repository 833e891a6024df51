/** What a process may load, found by following imports from its entries: files of ours, and the packages they name. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export interface Loaded {
  files: Set<string>;
  packages: Set<string>;
}

/** Types vanish before anything is loaded. `(?!…)`: `import type`, and lists of nothing but types. */
const IMPORT = /(?:^|\n)\s*(?:import|export)\s+(?!type\b)(?:[\w*{][^;'"]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

/** `except`: files that are loaded only while developing. */
export function loadedFrom(entries: readonly string[], except: readonly string[]): Loaded {
  const files = new Set<string>();
  const packages = new Set<string>();
  const visit = (file: string): void => {
    if (files.has(file) || except.includes(file)) return;
    files.add(file);
    for (const [, fixed, late] of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const target = (fixed ?? late)!;
      if (target.startsWith('node:')) continue;
      if (target.startsWith('#')) visit(target.slice(1));
      else if (target.startsWith('.')) visit(normalize(join(dirname(file), target)));
      else packages.add(packageOf(target));
    }
  };
  for (const entry of entries) {
    if (!existsSync(entry)) throw new Error(`there is no ${entry}`);
    visit(entry);
  }
  return { files, packages };
}

const packageOf = (target: string): string => target.split('/').slice(0, target.startsWith('@') ? 2 : 1).join('/');
