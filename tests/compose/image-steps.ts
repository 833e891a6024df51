/** What is in the image, and that it is a whole mall by itself. */
import { readFileSync } from 'node:fs';
import { BASE, type Stage, type Step } from './stage.ts';
import { buy, pause } from './shopper.ts';

const LIMIT_MB = 500;
/** Of a mall that fills itself for the first time. */
const OPEN_WITHIN_MS = 240_000;
const NODE_USER = 1_000;
/** Longer than requests in flight may take, and than Docker waits by itself. */
const STOP_WITHIN_S = 30;

export function imageSteps({ docker, image }: Stage): Step[] {
  const inside = (script: string) => docker.run(['run', '--rm', '--read-only', '--network', 'none', '--entrypoint', 'node', image, '-e', script]);

  return [
    {
      name: `it is at most ${LIMIT_MB} MB above its base`,
      async run() {
        const bytes = async (name: string) => Number(await docker.run(['image', 'inspect', '--format', '{{.Size}}', name]));
        const megabytes = Math.ceil(((await bytes(image)) - (await bytes(BASE))) / 1_000_000);
        if (megabytes > LIMIT_MB) throw new Error(`it is ${megabytes} MB above ${BASE}`);
        return `${megabytes} MB`;
      },
    },
    {
      name: 'it has no package that is for development only, no test, and no other Node',
      async run() {
        const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, { dev?: boolean }> };
        const unwanted = Object.entries(packages).filter(([, { dev }]) => dev).map(([path]) => path);
        const nodes = Object.keys(packages).filter((path) => /^node_modules\/node-(linux|win|darwin)-/.test(path));
        const found = JSON.parse(await inside(`
          const { existsSync, readdirSync } = require('node:fs');
          const tests = readdirSync('.', { recursive: true }).filter((name) => !name.startsWith('node_modules') && /[.]test[.]tsx?$|^tests[/]/.test(name));
          console.log(JSON.stringify([...${JSON.stringify([...unwanted, ...nodes])}.filter((path) => existsSync(path)), ...tests]));
        `)) as string[];
        if (unwanted.length < 100 || nodes.length === 0) throw new Error('the lock does not say what is for development');
        if (found.length > 0) throw new Error(`it has ${found.join(', ')}`);
      },
    },
    {
      name: 'it runs as somebody who is not root and owns none of the code',
      async run() {
        const told = await inside("const { accessSync, constants } = require('node:fs'); let owns = true; try { accessSync('app/main.ts', constants.W_OK); } catch { owns = false; } console.log(process.getuid(), owns)");
        if (told.trim() !== `${NODE_USER} false`) throw new Error(`uid and whether it may write: ${told}`);
      },
    },
    {
      name: 'with a port and nothing else it is the whole mall, on a root that cannot be written: a guest buys, and it stops when told',
      async run() {
        const id = (await docker.run(['run', '--detach', '--read-only', '--tmpfs', '/tmp', '--cap-drop', 'ALL', '--publish', '127.0.0.1::8080', image])).trim();
        try {
          const port = /:(\d+)\s*$/m.exec(await docker.run(['port', id, '8080']))![1]!;
          const origin = `http://127.0.0.1:${port}`;
          await open(origin, () => docker.run(['logs', id]));
          await buy(origin);
          const page = await (await fetch(`${origin}/`)).text();
          const script = /src="(\/assets\/[^"]+\.js)"/.exec(page)?.[1];
          if (!script) throw new Error('the page names no built script');
          if (!(await fetch(origin + script)).ok) throw new Error(`${script} is not there`);
          await docker.run(['stop', '--time', String(STOP_WITHIN_S), id]);
          const code = (await docker.run(['inspect', '--format', '{{.State.ExitCode}}', id])).trim();
          if (code !== '0') throw new Error(`it ended with ${code} when it was told to stop`);
        } finally {
          await docker.run(['rm', '--force', '--volumes', id]);
        }
      },
    },
  ];
}

async function open(origin: string, said: () => Promise<string>): Promise<void> {
  const untilMs = performance.now() + OPEN_WITHIN_MS;
  while (performance.now() < untilMs) {
    const answer = await fetch(`${origin}/health/ready`).catch((error: unknown) => (error instanceof TypeError ? null : Promise.reject(error)));
    if (answer?.ok) return;
    await pause(250);
  }
  throw new Error(`it does not open; it said ${await said()}`);
}
