/**
 * `npm run test:compose`: builds the image, looks into it, brings docker-compose.yml up as it is, buys through its one door,
 * kills a process and a container, takes everything down and up again without losing an order, and leaves nothing behind.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DockerMissing, findDocker, type Docker } from './docker.ts';
import { imageSteps } from './image-steps.ts';
import { mallSteps } from './mall-steps.ts';
import { BASE, type Stage, type Step } from './stage.ts';

/** Also of a machine that builds for the first time, or has others to serve. */
const BUILD_WITHIN_MS = 1_800_000;

process.exitCode = await main();

async function main(): Promise<number> {
  const place = mkdtempSync(join(tmpdir(), 'gomall-compose-'));
  const envFile = join(place, '.env');
  execFileSync('sh', ['deploy/make-env.sh', envFile], { stdio: 'ignore' });
  const port = await freePort();
  const version = `test-${port}`;
  appendFileSync(envFile, `PORT=${port}\nGOMALL_VERSION=${version}\n`);
  const settings = Object.fromEntries(readFileSync(envFile, 'utf8').trim().split('\n').map((line) => line.split('=') as [string, string]));

  let docker: Docker;
  try {
    docker = await findDocker(settings);
  } catch (error) {
    rmSync(place, { recursive: true, force: true });
    process.stderr.write(`${error instanceof DockerMissing ? error.message : (error as Error).stack}\n\n0 passed, 1 failed\n`);
    return 1;
  }
  const project = `gomall-${version}`;
  const words = ['compose', '--project-name', project, '--env-file', envFile, '--profile', 'engines', '--profile', 'mall'];
  const stage: Stage = {
    docker, project, image: `gomall:${version}`, origin: `http://127.0.0.1:${port}`,
    compose: (more, options) => docker.run([...words, ...more], options),
  };
  const remove = () => {
    docker.runNow([...words, 'down', '--volumes', '--remove-orphans', '--timeout', '5']);
    docker.runNow(['image', 'rm', '--force', stage.image]);
    rmSync(place, { recursive: true, force: true });
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => (remove(), process.exit(1)));
  try {
    return await walk([build(stage), ...imageSteps(stage), ...mallSteps(stage)], stage);
  } finally {
    remove();
    await docker.stop();
  }
}

function build({ docker, compose, image }: Stage): Step {
  return {
    name: 'the image is built',
    async run() {
      const named = (await compose(['config', '--images'])).trim().split('\n').filter((name) => name !== image);
      await docker.images([...new Set([...named, BASE])]);
      await compose(['build'], { withinMs: BUILD_WITHIN_MS });
    },
  };
}

/** One after the other; what comes after a failure stands on it, so it counts as failed too. */
async function walk(steps: readonly Step[], stage: Stage): Promise<number> {
  for (const [index, step] of steps.entries()) {
    const begunMs = performance.now();
    try {
      const figure = await step.run();
      process.stdout.write(`  ✓ ${step.name} (${figure ? `${figure}; ` : ''}${((performance.now() - begunMs) / 1_000).toFixed(1)} s)\n`);
    } catch (error) {
      process.stdout.write(`  ✗ ${step.name}\n${(error as Error).stack}\n${await lastWords(stage)}\n\n${index} passed, ${steps.length - index} failed\n`);
      return 1;
    }
  }
  process.stdout.write(`\n${steps.length} passed, 0 failed\n`);
  return 0;
}

/** What the containers said, for whoever has to find out. */
async function lastWords({ compose }: Stage): Promise<string> {
  try {
    return `${await compose(['ps', '--all'])}\n${await compose(['logs', '--tail', '40', '--no-color'])}`;
  } catch (error) {
    return String((error as Error).message);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
