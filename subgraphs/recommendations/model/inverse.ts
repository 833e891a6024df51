/** The inverse of a large symmetric positive definite matrix, nearly all of it as products that TensorFlow.js is quick at. */
import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '#platform/tensors/tensors.ts';

/** Smaller ones are inverted number by number. */
const SMALL = 128;

/**
 * By halves: of [[A, B], [Bᵀ, D]] the inverse follows from that of A and of the Schur complement D − Bᵀ A⁻¹ B (Banachiewicz
 * 1937), which are half as large. About 2 n³ operations. Takes `matrix` over and answers a tensor of the caller's.
 */
export function invert(tf: TensorFlow, matrix: Tensor2D): Tensor2D {
  const size = matrix.shape[0];
  if (size <= SMALL) {
    const inverse = tf.tensor2d(invertSmall(Float64Array.from(matrix.dataSync()), size), [size, size]);
    matrix.dispose();
    return inverse;
  }
  const half = size >> 1;
  const rest = size - half;
  const [a, b, d] = [tf.slice(matrix, [0, 0], [half, half]), tf.slice(matrix, [0, half], [half, rest]), tf.slice(matrix, [half, half], [rest, rest])];
  matrix.dispose();
  const inverseA = invert(tf, a);
  const [ab, schur] = tf.tidy(() => {
    const product = tf.matMul(inverseA, b);
    return [product, tf.sub(d, tf.matMul(tf.transpose(b), product)) as Tensor2D];
  }) as [Tensor2D, Tensor2D];
  b.dispose();
  d.dispose();
  const inverseSchur = invert(tf, schur);
  const inverse = tf.tidy(() => {
    const right = tf.neg(tf.matMul(ab, inverseSchur)) as Tensor2D;
    const corner = tf.sub(inverseA, tf.matMul(right, tf.transpose(ab)));
    return tf.concat([tf.concat([corner, right], 1), tf.concat([tf.transpose(right), inverseSchur], 1)], 0) as Tensor2D;
  });
  for (const part of [inverseA, ab, inverseSchur]) part.dispose();
  return inverse;
}

/** By Cholesky's factor: A = L Lᵀ, A⁻¹ = L⁻ᵀ L⁻¹. */
function invertSmall(a: Float64Array, n: number): Float32Array {
  for (let j = 0; j < n; j++) {
    for (let i = j; i < n; i++) {
      let sum = a[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[i * n + k]! * a[j * n + k]!;
      a[i * n + j] = i === j ? Math.sqrt(sum) : sum / a[j * n + j]!;
    }
  }
  // Column j of L⁻¹ as row j.
  const columns = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    columns[j * n + j] = 1 / a[j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= a[i * n + k]! * columns[j * n + k]!;
      columns[j * n + i] = sum / a[i * n + i]!;
    }
  }
  const inverse = new Float32Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += columns[i * n + k]! * columns[j * n + k]!;
      inverse[i * n + j] = inverse[j * n + i] = sum;
    }
  }
  return inverse;
}
