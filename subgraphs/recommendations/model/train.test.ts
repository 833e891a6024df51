import { describe, expect, test } from 'vitest';
import { openTensors } from '#platform/tensors/tensors.ts';
import { ENGINES } from '#platform/tensors/testing.ts';
import { plantInteractions } from '../tests/planted.ts';
import { holdOutLast } from './hold-out.ts';
import { invert } from './inverse.ts';
import { collect, countItems, type Interactions } from './interactions.ts';
import { judge } from './judge.ts';
import { createRanker } from './model.ts';
import { readModel, writeModel } from './model-file.ts';
import { solveNeighbours } from './neighbours.ts';
import { createRandom } from './random.ts';
import { gradients, SEQUENCE_LENGTH } from './sequence.ts';
import { train } from './train.ts';

const LIMIT_MS = 240_000;
const planted = () => collect(plantInteractions({ interactions: 6_000, users: 400, items: 120, tastes: 6 }));

describe.each(ENGINES)('on %s', (engine) => {
  test('a model foretells planted tastes far better than popularity does, also where it has not looked', { timeout: LIMIT_MS }, async () => {
    const { tf } = await openTensors(engine);
    const { training, held } = holdOutLast(planted());
    const told: number[] = [];
    const { model } = train(tf, training, { seed: 1, progress: (share) => void told.push(share) });
    expect(model.offline.ndcg).toBeGreaterThan(1.5 * model.offline.popularityNdcg);
    const ranker = createRanker(readModel(writeModel(model)));
    const counts = countItems(training);
    expect(judge(held, ({ items }) => ranker.score(items)).ndcg).toBeGreaterThan(1.5 * judge(held, () => counts).ndcg);
    expect(told.at(-1)).toBeCloseTo(1);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    // Adam keeps one for each of its variables; hundreds of steps leave nothing.
    expect(tf.memory().numTensors).toBeLessThan(10);
  });

  test('the inverse of a matrix larger than is inverted at once is its inverse', { timeout: LIMIT_MS }, async () => {
    const { tf } = await openTensors(engine);
    const size = 300;
    const random = createRandom(3);
    const matrix = new Float32Array(size * size);
    for (let row = 0; row < 2 * size; row++) {
      const values = Array.from({ length: size }, () => random.normal());
      for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) matrix[i * size + j]! += values[i]! * values[j]!;
    }
    const product = tf.tidy(() => tf.matMul(tf.tensor2d(matrix, [size, size]), invert(tf, tf.tensor2d(matrix, [size, size]))).dataSync());
    const off = Array.from(product).reduce((worst, value, at) => Math.max(worst, Math.abs(value - (Math.floor(at / size) === at % size ? 1 : 0))), 0);
    expect(off).toBeLessThan(1e-3);
  });

  test('neighbours are EASE: every column is the ridge regression of an item on all others', { timeout: LIMIT_MS }, async () => {
    const { tf } = await openTensors(engine);
    const training = collect(plantInteractions({ interactions: 600, users: 60, items: 12, tastes: 3 }));
    const lambda = 20;
    const found = solveNeighbours(tf, training, { lambda, keep: 1_000 });
    const dense = (item: number) => Float64Array.from({ length: training.items.length }, (_, from) => {
      const at = found.items.subarray(found.offsets[from]!, found.offsets[from + 1]!).indexOf(item);
      return at < 0 ? 0 : found.weights[found.offsets[from]! + at]!;
    });
    const gram = gramOf(training);
    for (let item = 0; item < training.items.length; item++) {
      const weights = dense(item);
      expect(weights[item]).toBe(0);
      // Where the slope is zero in every other item: Σ G w + λ w = G of the item.
      for (let other = 0; other < training.items.length; other++) {
        if (other === item) continue;
        const slope = weights.reduce((sum, weight, each) => sum + gram[other]![each]! * weight, 0) + lambda * weights[other]!;
        expect(slope).toBeCloseTo(gram[other]![item]!, 2);
      }
    }
    // Rare items are regressed on the head in the same way.
    const split = solveNeighbours(tf, training, { lambda, headMax: 8, keep: 1_000 });
    expect(split.items.length).toBeGreaterThan(8 * 7);
  });

  test('the way back of the sequence is the slope of its loss', { timeout: LIMIT_MS }, async () => {
    const { tf } = await openTensors(engine);
    const [count, width, size] = [5, 3, 2];
    const random = createRandom(5);
    const start = { had: Float32Array.from({ length: count * width }, () => random.normal()), next: Float32Array.from({ length: count * width }, () => random.normal()), bias: Float32Array.from({ length: count }, () => random.normal()) };
    const history = new Int32Array(size * SEQUENCE_LENGTH);
    const weights = new Float32Array(size * SEQUENCE_LENGTH);
    history.set([1, 2], 0);
    history.set([3, 3], SEQUENCE_LENGTH);
    weights.set([0.8, 0.6], 0);
    weights.set([0.6, 0.8], SEQUENCE_LENGTH);
    const right = Int32Array.of(0, 4);
    const loss = ({ had, next, bias }: typeof start) => right.reduce((sum, wanted, row) => {
      const shopper = Array.from({ length: width }, (_, part) => [0, 1].reduce((all, back) => all + weights[row * SEQUENCE_LENGTH + back]! * had[history[row * SEQUENCE_LENGTH + back]! * width + part]!, 0));
      const scores = Array.from(bias, (own, item) => own + shopper.reduce((all, value, part) => all + value * next[item * width + part]!, 0));
      return sum + (Math.log(scores.reduce((all, score) => all + Math.exp(score), 0)) - scores[wanted]!) / size;
    }, 0);
    const variables = { had: tf.variable(tf.tensor2d(start.had, [count, width])), next: tf.variable(tf.tensor2d(start.next, [count, width])), bias: tf.variable(tf.tensor1d(start.bias)) };
    const slopes = tf.tidy(() => Object.values(gradients(tf, variables, { size, history, weights, candidates: null, drawn: null, right }, width)).map((slope) => [...slope.dataSync()]));
    (['had', 'next', 'bias'] as const).forEach((name, index) => {
      slopes[index]!.forEach((slope, at) => {
        const step = 1e-3;
        const [above, below] = [step, -step].map((by) => loss({ ...start, [name]: start[name].map((value, each) => (each === at ? value + by : value)) }));
        expect(slope, `${name}[${at}]`).toBeCloseTo((above! - below!) / (2 * step), 2);
      });
    });
    for (const variable of Object.values(variables)) variable.dispose();
  });
});

test('the same seed and interactions give the same model', { timeout: LIMIT_MS }, async () => {
  const { tf } = await openTensors('wasm');
  const all = collect(plantInteractions({ interactions: 900, users: 80, items: 60, tastes: 4 }));
  const bytes = () => Buffer.from(writeModel(train(tf, all, { seed: 7 }).model)).toString('base64');
  expect(bytes()).toBe(bytes());
});

test('too little to judge a model by is said, not guessed', async () => {
  const { tf } = await openTensors('wasm');
  expect(() => train(tf, collect(plantInteractions({ interactions: 30, users: 6, items: 20, tastes: 2 })))).toThrow('20 are needed to judge a model');
});

function gramOf(training: Interactions): number[][] {
  const sets = training.users.map((_, user) => new Set(training.item.subarray(training.offsets[user]!, training.offsets[user + 1]!)));
  return training.items.map((_, one) => training.items.map((__, other) => sets.filter((set) => set.has(one) && set.has(other)).length));
}
