/** TensorFlow.js on the native library (`@tensorflow/tfjs-node`), where bin/tensors-native.mjs has built its binding. */
import { createRequire } from 'node:module';
import util from 'node:util';
import { checkWorks, type TensorFlow } from './tensors.ts';

const require = createRequire(import.meta.url);

/** @throws Error when it is not installed, not built, or does not compute. */
export async function openNative(): Promise<TensorFlow> {
  // Node 23 took away what the binding's wrapper still calls.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value === null || value === undefined, isArray: Array.isArray });
  const tf = require('@tensorflow/tfjs-node') as TensorFlow;
  await tf.ready();
  if (tf.getBackend() !== 'tensorflow') throw new Error(`the native binding answered with the engine ${tf.getBackend()}`);
  await checkWorks(tf);
  return tf;
}
