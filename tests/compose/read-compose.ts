/** docker-compose.yml as Docker Compose would see it: anchors merged, variables filled in. */
import { parse } from 'yaml';

export interface Service {
  image?: string;
  build?: { context: string; dockerfile: string };
  profiles?: string[];
  entrypoint?: string[];
  command?: string[];
  environment?: Record<string, string>;
  user?: string;
  ports?: string[];
  volumes?: string[];
  networks?: string[];
  depends_on?: Record<string, { condition: string; required?: boolean }>;
  healthcheck?: Record<string, unknown>;
  read_only?: boolean;
  init?: boolean;
  restart?: string;
  cap_drop?: string[];
  security_opt?: string[];
  mem_limit?: string;
  cpus?: number;
  pids_limit?: number;
  stop_grace_period?: string;
}

export interface ComposeFile {
  services: Record<string, Service>;
  networks: Record<string, { internal?: boolean } | null>;
  volumes: Record<string, unknown>;
}

/** `$$` is a dollar; `${NAME}`, `${NAME:-default}`, `${NAME:?why}`, the default may hold one more. */
const VARIABLE = /\$\$|\$\{([A-Z_][A-Z0-9_]*)(?::([-?])((?:[^{}]|\{[^{}]*\})*))?\}/g;

export interface AskedVariable {
  name: string;
  /** `:?`: Compose refuses to start without. */
  required: boolean;
}

/** Every variable that the text asks of `.env` or the shell. */
export function askedVariables(text: string): AskedVariable[] {
  const found = new Map<string, boolean>();
  for (const [, name, kind, rest = ''] of text.matchAll(VARIABLE)) {
    if (!name) continue;
    found.set(name, found.get(name) === true || kind === '?');
    if (kind === '-') for (const inner of askedVariables(rest)) found.set(inner.name, found.get(inner.name) === true || inner.required);
  }
  return [...found].map(([name, required]) => ({ name, required }));
}

export function readCompose(text: string, variables: Readonly<Record<string, string>>): ComposeFile {
  return parse(text.replaceAll(/^\s*#.*$/gm, ''), { merge: true, reviver: (_, value: unknown) => (typeof value === 'string' ? fillIn(value, variables) : value) }) as ComposeFile;
}

function fillIn(text: string, variables: Readonly<Record<string, string>>): string {
  return text.replaceAll(VARIABLE, (whole, name: string | undefined, kind: string | undefined, rest: string | undefined) => {
    if (!name) return '$';
    const value = variables[name];
    if (value) return value;
    if (kind === '?') throw new Error(`${name} ${rest}`);
    return kind === '-' ? fillIn(rest!, variables) : '';
  });
}
