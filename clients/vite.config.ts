/**
 * Two clients, two builds (`--mode storefront` and `--mode admin`), so that one's budget cannot be eaten by the other.
 * The documents around them are made by `serve.ts`, which finds the files in the manifest.
 */
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type InlineConfig } from 'vite';
import { BASES, ENTRIES, type Client } from './entries.ts';

const root = fileURLToPath(new URL('.', import.meta.url));

export function clientConfig(client: Client, outDir?: string): InlineConfig {
  return {
    configFile: false as const,
    root,
    base: BASES[client],
    appType: 'custom',
    publicDir: false,
    plugins: [react()],
    build: {
      outDir: outDir ?? `${root}../.cache/web/${client}`,
      emptyOutDir: true,
      manifest: 'manifest.json',
      assetsDir: 'assets',
      target: ['es2023', 'chrome120', 'firefox121', 'safari17.2'],
      modulePreload: { polyfill: false },
      cssCodeSplit: true,
      reportCompressedSize: false,
      rollupOptions: { input: `${root}${ENTRIES[client]}` },
    },
  };
}

export default defineConfig(({ mode }) => clientConfig(mode === 'admin' ? 'admin' : 'storefront'));
