/** What the steps of `npm run test:compose` have in common. */
import { readFileSync } from 'node:fs';
import type { Docker } from './docker.ts';

/** What the image stands on. */
export const BASE = /^ARG NODE=(\S+)/m.exec(readFileSync('deploy/Dockerfile', 'utf8'))![1]!;

export interface Step {
  name: string;
  /** May return a figure to be shown. */
  run(): Promise<string | void>;
}

export interface Stage {
  docker: Docker;
  /** `docker compose` on the file as it is, with secrets and a name of its own. */
  compose(words: readonly string[], options?: { withinMs?: number }): Promise<string>;
  project: string;
  image: string;
  origin: string;
}
