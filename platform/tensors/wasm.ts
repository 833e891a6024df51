/** TensorFlow.js on WebAssembly (XNNPACK with SIMD), with the one kernel that training embeddings needs and it lacks. */
import { createRequire } from 'node:module';
import { dirname, sep } from 'node:path';
import { checkWorks, type TensorFlow } from './tensors.ts';

const require = createRequire(import.meta.url);

export async function openWasm(): Promise<TensorFlow> {
  const tf = require('@tensorflow/tfjs-core') as TensorFlow;
  const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm') as { setWasmPaths(folder: string): void };
  setWasmPaths(dirname(require.resolve('@tensorflow/tfjs-backend-wasm')) + sep);
  if (!tf.getKernel('UnsortedSegmentSum', 'wasm')) tf.registerKernel({ kernelName: 'UnsortedSegmentSum', backendName: 'wasm', kernelFunc: segmentSum as never });
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js cannot start its WebAssembly engine on this machine');
  await tf.ready();
  await checkWorks(tf);
  return tf;
}

interface Stored {
  dataId: object;
  shape: number[];
}
interface KernelCall {
  inputs: { x: Stored; segmentIds: Stored };
  backend: { readSync(dataId: object): Float32Array | Int32Array; write(values: Float32Array, shape: number[], dtype: string): object };
  attrs: { numSegments: number };
}

/** Rows of `x` added up by their segment: what `gather` is turned into on the way back. */
function segmentSum({ inputs: { x, segmentIds }, backend, attrs: { numSegments } }: KernelCall) {
  const tail = x.shape.slice(segmentIds.shape.length);
  const width = tail.reduce((product, size) => product * size, 1);
  const values = backend.readSync(x.dataId);
  const segments = backend.readSync(segmentIds.dataId);
  const sums = new Float32Array(numSegments * width);
  for (let row = 0; row < segments.length; row++) {
    const to = segments[row]! * width;
    if (to < 0) continue;
    for (let at = 0, from = row * width; at < width; at++) sums[to + at]! += values[from + at]!;
  }
  const shape = [numSegments, ...tail];
  return { dataId: backend.write(sums, shape, 'float32'), shape, dtype: 'float32' };
}
