/** TensorFlow.js on the native library (`@tensorflow/tfjs-node`), where bin/tensors-native.mjs has built its binding. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import util from 'node:util';
import { checkWorks, type TensorFlow } from './tensors.ts';

const require = createRequire(import.meta.url);

/** @throws Error when it is not installed, not built, or does not compute. */
export async function openNative(): Promise<TensorFlow> {
  // Node 23 took away what the binding's wrapper still calls.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined, isArray: Array.isArray });
  const tf = loadBinding();
  // Both engines are of one library, which has one of them at work: somebody may have taken WASM before.
  if (!(await tf.setBackend('tensorflow'))) throw new Error('the native binding does not start');
  await tf.ready();
  await checkWorks(tf);
  return tf;
}

/** Without its binding the package says so in many words and a path of this machine. */
function loadBinding(): TensorFlow {
  let home: string;
  try {
    home = dirname(require.resolve('@tensorflow/tfjs-node/package.json'));
  } catch (error) {
    throw new Error('@tensorflow/tfjs-node is not installed', { cause: error });
  }
  if (!existsSync(join(home, 'lib', 'napi-v8', 'tfjs_binding.node'))) throw new Error('the native binding is not built');
  return require('@tensorflow/tfjs-node') as TensorFlow;
}
