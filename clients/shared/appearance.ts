/** Light or dark: as the system says, until the person chooses. Written to <html> before the first paint by `early.js`. */
import { readStored, writeStored } from './storage.ts';

export type Appearance = 'light' | 'dark';
const STORED = 'gomall.appearance';

export function appearance(): Appearance {
  const chosen = readStored(STORED);
  if (chosen === 'light' || chosen === 'dark') return chosen;
  return window.matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export function chooseAppearance(next: Appearance): void {
  writeStored(STORED, next);
  document.documentElement.setAttribute('data-mantine-color-scheme', next);
}

/** The script that runs before anything is painted; it must stand alone. Its hash is in the Content-Security-Policy. */
export const EARLY_SCRIPT =
  "(function(d,s){try{s=localStorage.getItem('gomall.appearance')}catch(e){s=null}" +
  "d.setAttribute('data-mantine-color-scheme',s==='dark'||s==='light'?s:matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light')})(document.documentElement)";
