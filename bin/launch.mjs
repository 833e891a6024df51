/**
 * Sets up and starts everything, also from a bare clone on Node 20: installs the locked dependencies when they are missing
 * or the lock has changed, then runs the command on the Node 24 that came with them. Plain JavaScript without dependencies.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const at = (...parts) => join(root, ...parts);

/** Half of V8's young generation: an idle mall keeps 40 MB less. */
const SMALL_HEAP = '--max-semi-space-size=8';

/** Word on the command line → what Node runs: its own options, the script, the script's options. */
const COMMANDS = {
  start: [SMALL_HEAP, 'app/main.ts'],
  dev: ['--watch-path=app', '--watch-path=platform', '--watch-path=router', '--watch-path=schema/asks.ts', '--watch-path=schema/messages.ts', '--watch-preserve-output', SMALL_HEAP, 'app/main.ts', '--dev'],
  test: ['node_modules/vitest/vitest.mjs', 'run'],
  'test:browser': ['tests/browser/run.ts'],
  'test:engines': ['tests/run-engines.ts'],
  chaos: ['tests/chaos/run.ts'],
  'test:compose': ['tests/compose/run.ts'],
  check: ['tests/check.ts'],
  schema: ['app/schema.ts'],
  router: ['app/router.ts'],
  import: ['app/import/main.ts'],
  distributed: ['app/distributed/main.ts'],
  backup: ['app/backup/main.ts', 'backup'],
  restore: ['app/backup/main.ts', 'restore'],
  bench: ['bench/main.ts'],
  'tensors:native': ['bin/tensors-native.mjs'],
};

const [word, ...rest] = process.argv.slice(2);
const command = COMMANDS[word];
if (!command) fail(`unknown command "${word ?? ''}"; one of: ${Object.keys(COMMANDS).join(', ')}`);

install();
const script = command.findIndex((part) => !part.startsWith('--'));
run(findNode(), [...command.map((part, index) => (index === script ? at(part) : part)), ...rest]);

function install() {
  const lock = readFileSync(at('package-lock.json'));
  const want = createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
  const stamp = at('node_modules', '.gomall-lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === want) return;
  process.stderr.write('Installing dependencies, once (about a minute) …\n');
  const npm = process.env.npm_execpath;
  const [file, ...first] = npm ? [process.execPath, npm] : ['npm'];
  const done = spawnSync(file, [...first, 'ci', '--loglevel=error', '--no-audit', '--no-fund'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (done.status !== 0) fail('installing failed: see above; a working connection to the npm registry is needed the first time.');
  writeFileSync(stamp, want);
}

function findNode() {
  const packaged = [
    at('node_modules', `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`, 'bin', 'node'),
    at('node_modules', `node-win-${process.arch}`, 'bin', 'node.exe'),
  ].find(existsSync);
  if (packaged) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  fail(`Node 24 is needed and is not packaged for ${process.platform}-${process.arch}: install it from nodejs.org (this is ${process.version}).`);
}

/** Signals are passed on; when the parent goes (npm killed by pid), the child is told to stop too. */
function run(node, argv) {
  const child = spawn(node, ['--disable-warning=ExperimentalWarning', ...argv], { cwd: root, stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 250).unref();
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function fail(message) {
  process.stderr.write(`gomall: ${message}\n`);
  process.exit(1);
}
