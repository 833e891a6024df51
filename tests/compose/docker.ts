/** The docker command: the one that works already, or one that a tool for machines without Docker's engine sets up. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Sets up a docker command from packages: `install`, `start`, `image <name>…`, `stop`. */
const CONTAINERS = process.env.CONTAINERS ?? '../shared/containers/containers';
const MOST_KEPT = 20_000;

export class DockerMissing extends Error {}

export interface Docker {
  /** Runs `docker …`; resolves with what it wrote to standard output. Throws with both outputs when it fails. */
  run(words: readonly string[], options?: { withinMs?: number }): Promise<string>;
  /** The same, at once and whatever comes of it: for cleaning up. */
  runNow(words: readonly string[]): void;
  /** Has these ready, where no registry is asked for them. */
  images(names: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** `environment`: for every command, as the variables of a Compose file. @throws DockerMissing, saying what is needed. */
export async function findDocker(environment: Readonly<Record<string, string>>): Promise<Docker> {
  const worksAlready = spawnSync('docker', ['info'], { stdio: 'ignore' }).status === 0;
  if (worksAlready && spawnSync('docker', ['compose', 'version'], { stdio: 'ignore' }).status === 0) return dockerWith({ ...process.env, ...environment }, null);
  if (!existsSync(CONTAINERS)) {
    throw new DockerMissing('`docker info` and `docker compose version` must work here: install Docker 24 or newer with its Compose plugin 2.20 or newer, and start it. Or let CONTAINERS name a tool that sets up a docker command.');
  }
  await execute('bash', [CONTAINERS, 'install'], process.env);
  const exports = await execute('bash', [CONTAINERS, 'start'], process.env);
  const own = Object.fromEntries([...exports.matchAll(/^export (\w+)=(.*)$/gm)].map(([, name, value]) => [name!, value!]));
  return dockerWith({ ...process.env, ...own, ...environment }, CONTAINERS);
}

function dockerWith(env: NodeJS.ProcessEnv, tool: string | null): Docker {
  return {
    run: (words, { withinMs } = {}) => execute('docker', words, env, withinMs),
    runNow: (words) => void spawnSync('docker', words, { env, stdio: 'ignore' }),
    images: async (names) => void (tool && (await execute('bash', [tool, 'image', ...names], env))),
    stop: async () => void (tool && (await execute('bash', [tool, 'stop'], env))),
  };
}

function execute(command: string, words: readonly string[], env: NodeJS.ProcessEnv, withinMs?: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { env, stdio: ['ignore', 'pipe', 'pipe'], ...(withinMs && { timeout: withinMs }) });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-MOST_KEPT)));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      reject(new Error(`${command} ${words.join(' ')} ended with ${code ?? signal}:\n${output.slice(-MOST_KEPT)}${errors}`));
    });
  });
}
