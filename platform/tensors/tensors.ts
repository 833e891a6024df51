/**
 * TensorFlow.js, for training: native where `npm run tensors:native` has built it, WASM otherwise, with the same results but
 * for rounding. It is loaded when it is asked for and not before; only a worker should ask, since it takes 60 MB or more and
 * computes without a pause. What a model answers shoppers with are plain typed arrays and needs nothing of this.
 *
 * Of the operations, gradients are not promised (the package that both engines share has none in CommonJS), and
 * `matMul` should be given what it is to multiply in its order: told to transpose, WASM takes ten times as long.
 */
import type * as tensorflow from '@tensorflow/tfjs-core';

export type TensorFlow = typeof tensorflow;

/** `auto`: native where it works, else WASM. `native` fails where it does not, rather than train slowly in silence. */
export const TENSORS_BACKENDS = ['auto', 'native', 'wasm'] as const;
export type TensorsBackend = (typeof TENSORS_BACKENDS)[number];

export interface Tensors {
  readonly tf: TensorFlow;
  readonly engine: 'native' | 'wasm';
  /** Why it is this engine, in words for the log. */
  readonly reason: string;
}

/**
 * One engine at a time in a thread: opening another puts it in the place of the first.
 * @throws Error when the one that was asked for does not work here.
 */
export async function openTensors(backend: TensorsBackend): Promise<Tensors> {
  const { openWasm } = await import('./wasm.ts');
  if (backend === 'wasm') return { tf: await openWasm(), engine: 'wasm', reason: 'TENSORS_BACKEND=wasm' };
  const { openNative } = await import('./native.ts');
  try {
    return { tf: await openNative(), engine: 'native', reason: backend === 'native' ? 'TENSORS_BACKEND=native' : 'the native binding is installed and works' };
  } catch (error) {
    const reason = (error as Error).message.split('\n')[0]!;
    if (backend === 'native') throw new Error(`TENSORS_BACKEND=native: ${reason} (\`npm run tensors:native\` builds it; or leave the setting out for WASM)`, { cause: error });
    return { tf: await openWasm(), engine: 'wasm', reason };
  }
}

/** Throws unless an engine can really compute: a binding may load, say that it is ready and fail at the first operation. */
export async function checkWorks(tf: TensorFlow): Promise<void> {
  const [product, sums] = tf.tidy(() => [
    tf.matMul(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor2d([0, 1, 1, 0], [2, 2])).dataSync(),
    tf.unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor1d([1, 1], 'int32'), 3).dataSync(),
  ]);
  if (String([...product!]) !== '2,1,4,3' || String([...sums!]) !== '0,0,4,6,0,0') throw new Error('the tensors engine computes wrongly');
}
