/** The files of the project and the arrows between them. */
import { execFileSync } from 'node:child_process';
import { dirname, join, normalize } from 'node:path';

const GENERATED = /(^|\/)(gql|generated)\/|^schema\/(events|subgraphs)\/|^schema\/(supergraph|api)\.graphql$/;

/** What git tracks or would track, without what tools generate. */
export function trackedFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 64 << 20 });
  return listed.split('\n').filter((file) => file && !GENERATED.test(file));
}

export const isCode = (file: string) => /\.(ts|tsx|mjs)$/.test(file);
export const isTest = (file: string) => /\.test\.tsx?$|^tests\/|\/(tests|testing)\//.test(file);

/** Imports of a file as paths of the project; packages are left out. */
export function importsOf(file: string, source: string): string[] {
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([#.][^']+)'/g)].map(([, target]) =>
    target!.startsWith('#') ? target!.slice(1) : normalize(join(dirname(file), target!)),
  );
}

const top = (path: string) => path.split('/')[0]!;
const room = (path: string) => path.split('/')[1];

/** app → everything; router → platform, schema; subgraphs → platform, schema; schema → platform; platform → platform. */
export function forbiddenArrow(from: string, to: string): boolean {
  if (isTest(from)) return false;
  switch (top(from)) {
    case 'platform':
      return top(to) !== 'platform';
    case 'schema':
      return !['platform', 'schema'].includes(top(to));
    case 'router':
      return !['platform', 'schema', 'router'].includes(top(to));
    case 'subgraphs':
      return !(['platform', 'schema'].includes(top(to)) || (top(to) === 'subgraphs' && room(to) === room(from)));
    case 'clients':
      return !['clients', 'schema', 'platform'].includes(top(to));
    default:
      return false;
  }
}
