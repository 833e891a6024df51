/**
 * `npm run tensors:native`: builds the native binding of TensorFlow.js, once, for training large catalogues sooner (about a minute, 0.6 GB).
 * The package's own installer loads its library from where many machines may not go; here it comes out of TensorFlow's Python
 * wheel, checked by its sum. Linux x64 with g++ and pip; everywhere else, and without it, training runs on WebAssembly.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, createReadStream, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const home = join(root, 'node_modules', '@tensorflow', 'tfjs-node');
/** Newer ones round whole numbers wrongly under this binding, much older ones lack the library. */
const WHEEL = { name: 'tensorflow-cpu', version: '2.15.1', python: '3.10', abi: 'cp310', sha256: 'ba9503db2c5357ea21938555323581fbdabf3d051b6bc1b5f73c5b0ae034d077' };
const HEADERS = 'node-api-headers@1.9.0';
const BINDING = join(home, 'lib', 'napi-v8', 'tfjs_binding.node');

if (process.platform !== 'linux' || process.arch !== 'x64') fail(`the native binding is for Linux on x64 (this is ${process.platform} on ${process.arch}); training runs on WebAssembly here.`);
if (!existsSync(home)) fail('@tensorflow/tfjs-node is not installed: run npm ci without --omit=optional.');
if (existsSync(BINDING)) {
  await prove();
  console.log('The native binding is there already, and works.');
} else {
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);
  if (!python) fail('Python with pip is needed: it loads the library.');
  if (spawnSync('g++', ['--version']).status !== 0) fail('g++ is needed: it builds the binding (on Debian: apt-get install g++).');
  const place = mkdtempSync(join(tmpdir(), 'gomall-tensors-'));
  try {
    await build(place, python);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
  await prove();
  console.log('The native binding works. `TENSORS_BACKEND=wasm` goes back to WebAssembly; npm ci takes it away.');
}

async function build(place, python) {
  console.log(`Loading ${WHEEL.name} ${WHEEL.version} …`);
  const platforms = ['manylinux_2_17_x86_64', 'manylinux2014_x86_64'].flatMap((name) => ['--platform', name]);
  run(python, ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:', '--python-version', WHEEL.python, '--implementation', 'cp', '--abi', WHEEL.abi, ...platforms, '-d', place, `${WHEEL.name}==${WHEEL.version}`]);
  const wheel = join(place, readdirSync(place).find((name) => name.endsWith('.whl')));
  const sum = await sha256(wheel);
  if (sum !== WHEEL.sha256) fail(`what was loaded is not the wheel that was checked: SHA-256 ${sum}`);
  run(python, ['-c', 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); z.extractall(sys.argv[2], [n for n in z.namelist() if n.startswith("tensorflow/include/") or n.startswith("tensorflow/libtensorflow_")])', wheel, place]);

  const deps = join(home, 'deps');
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, 'lib'), { recursive: true });
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) cpSync(join(place, 'tensorflow', name), join(deps, 'lib', name));
  for (const [link, target] of [['libtensorflow.so', 'libtensorflow_cc.so.2'], ['libtensorflow.so.2.9.1', 'libtensorflow_cc.so.2'], ['libtensorflow_framework.so', 'libtensorflow_framework.so.2']]) symlinkSync(target, join(deps, 'lib', link));
  cpSync(join(place, 'tensorflow', 'include'), join(deps, 'include'), { recursive: true });

  console.log('Building the binding …');
  const headers = nodeApiHeaders(place);
  mkdirSync(dirname(BINDING), { recursive: true });
  run('g++', [
    '-O2', '-std=c++17', '-shared', '-fPIC', '-DNAPI_VERSION=8', `-I${headers}`, '-Ideps/include', '-I..',
    'binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', '-Ldeps/lib', '-ltensorflow', '-ltensorflow_framework', '-Wl,-rpath,$ORIGIN/../../deps/lib', '-o', BINDING,
  ], home);
}

/** The headers of the stable interface that every Node has. */
function nodeApiHeaders(place) {
  const npm = process.env.npm_execpath;
  const [file, ...first] = npm ? [process.execPath, npm] : ['npm'];
  run(file, [...first, 'install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', '--no-save', '--prefix', join(place, 'headers'), HEADERS]);
  return join(place, 'headers', 'node_modules', 'node-api-headers', 'include');
}

/** It may load, say that it is ready, and fail at the first operation. */
async function prove() {
  const { openNative } = await import('../platform/tensors/native.ts');
  const tf = await openNative();
  console.log(`TensorFlow.js ${createRequire(import.meta.url)('@tensorflow/tfjs-core/package.json').version} on ${tf.getBackend()}`);
}

async function sha256(file) {
  const hash = createHash('sha256');
  for await (const part of createReadStream(file)) hash.update(part);
  return hash.digest('hex');
}

function run(file, args, cwd = root) {
  const done = spawnSync(file, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  if (done.status !== 0) fail(`${file} ${args.slice(0, 4).join(' ')} … failed: see above.`);
}

function fail(message) {
  process.stderr.write(`gomall: ${message}\n`);
  process.exit(1);
}
