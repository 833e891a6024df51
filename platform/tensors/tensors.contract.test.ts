import { describe, expect, test } from 'vitest';
import { openTensors } from './tensors.ts';
import { ENGINES } from './testing.ts';

describe.each(ENGINES)('on %s', (backend) => {
  test('it is the engine that was asked for, and says so', async () => {
    const { engine, reason } = await openTensors(backend);
    expect(engine).toBe(backend);
    expect(reason).toBe(`TENSORS_BACKEND=${backend}`);
  });

  test('products, sums by segment, likelihoods and choices come out right', async () => {
    const { tf } = await openTensors(backend);
    const close = (values: ArrayLike<number>, wanted: number[]) => Array.from(values).forEach((value, at) => expect(value).toBeCloseTo(wanted[at]!, 5));
    tf.tidy(() => {
      close(tf.matMul(tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]), tf.tensor2d([1, 0, 0, 1, 1, 1], [3, 2])).dataSync(), [4, 5, 10, 11]);
      close(tf.unsortedSegmentSum(tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2]), tf.tensor1d([2, 0, 2], 'int32'), 3).dataSync(), [3, 4, 0, 0, 6, 8]);
      close(tf.softmax(tf.tensor2d([0, Math.log(3)], [1, 2])).dataSync(), [0.25, 0.75]);
      close(tf.gather(tf.tensor2d([1, 2, 3, 4], [2, 2]), tf.tensor1d([1, 1, 0], 'int32')).dataSync(), [3, 4, 3, 4, 1, 2]);
      close(tf.oneHot(tf.tensor1d([1], 'int32'), 3).dataSync(), [0, 1, 0]);
    });
  });

  test('Adam goes down the slopes it is given', async () => {
    const { tf } = await openTensors(backend);
    const x = tf.variable(tf.tensor1d([4, -3]));
    const adam = tf.train.adam(0.3);
    const step = () => tf.tidy(() => adam.applyGradients({ [x.name]: tf.mul(x, 2) } as never));
    step();
    const tensors = tf.memory().numTensors;
    for (let steps = 1; steps < 200; steps++) step();
    for (const value of x.dataSync()) expect(Math.abs(value)).toBeLessThan(0.05);
    // It keeps nothing of a step.
    expect(tf.memory().numTensors).toBe(tensors);
    x.dispose();
    adam.dispose();
  });
});

test('left to itself it takes what works, and says why', async () => {
  const { engine, reason } = await openTensors('auto');
  expect(ENGINES).toContain(engine);
  expect(reason.length).toBeGreaterThan(10);
});
