/**
 * The part of the model that learns: which item comes next after those a shopper had, newest first in weight. An item has one
 * vector as part of a history and one as what may come; a history is the weighted sum of its last items, and the
 * next item is drawn by a softmax over the products of both and how popular each is. Trained with TensorFlow.js by Adam on
 * the cross-entropy of every position of every history (the session model of Hidasi et al. 2016 without its recurrent layer,
 * which what shops have is too little for). The way back is written out below: three products instead of a tape.
 */
import type { NamedTensorMap, Tensor1D, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';
import type { TensorFlow } from '#platform/tensors/tensors.ts';
import { countItems, type Interactions } from './interactions.ts';
import type { Random } from './random.ts';

export interface Sequence {
  /** Numbers a vector. */
  readonly width: number;
  /** An item's vector as part of a history, a row an item. */
  readonly had: Float32Array;
  /** An item's vector as what may come next. */
  readonly next: Float32Array;
  /** How likely each is by itself: a logarithm. */
  readonly bias: Float32Array;
}

/** So many of a history's last items count. */
export const SEQUENCE_LENGTH = 30;
/** Each weighs so much of the one after it. */
export const SEQUENCE_DECAY = 0.85;

export interface SequenceOptions {
  width?: number;
  epochs?: number;
  /** Positions learnt from in all epochs together: of very many interactions some are left out. */
  positionsMax?: number;
  /** What to go on from; made at random otherwise. */
  start?: Sequence;
  progress?: (share: number) => void;
}

const BATCH = 512;
/** Up to so many items are all weighed against the right one; of more, this many drawn for each batch. */
const CANDIDATES = 2_048;
const LEARNING_RATE = 0.01;
/** Share of a history that is left out at random, so that no one item is relied on. */
const DROPPED = 0.3;

export function trainSequence(tf: TensorFlow, training: Interactions, random: Random, options: SequenceOptions = {}): Sequence {
  const { width = 32, epochs = 4, positionsMax = 400_000, progress = () => undefined } = options;
  const counts = countItems(training);
  const start = options.start ?? firstGuess(counts, training.item.length, width, random);
  const shape: [number, number] = [counts.length, width];
  const variables = { had: tf.variable(tf.tensor2d(start.had, shape)), next: tf.variable(tf.tensor2d(start.next, shape)), bias: tf.variable(tf.tensor1d(start.bias)) };
  const adam = tf.train.adam(LEARNING_RATE);
  const positions = positionsOf(training);
  const steps = Math.ceil(Math.min(positions.length * epochs, positionsMax) / BATCH);
  for (let step = 0, at = positions.length; step < steps; step++, at += BATCH) {
    if (at + BATCH > positions.length) {
      shuffle(positions, random);
      at = 0;
    }
    const batch = makeBatch(training, counts, positions.subarray(at, at + BATCH), random);
    tf.tidy(() => adam.applyGradients(gradients(tf, variables, batch, width) as never));
    progress((step + 1) / steps);
  }
  // Copies: what an engine hands out may be its own memory.
  const [had, next, bias] = [variables.had, variables.next, variables.bias].map((variable) => (variable.dataSync() as Float32Array).slice());
  for (const variable of Object.values(variables)) variable.dispose();
  adam.dispose();
  return { width, had: had!, next: next!, bias: bias! };
}

function firstGuess(counts: Float64Array, interactions: number, width: number, random: Random): Sequence {
  const vectors = () => Float32Array.from({ length: counts.length * width }, () => random.normal() * 0.1);
  return { width, had: vectors(), next: vectors(), bias: Float32Array.from(counts, (count) => Math.log(Math.max(count, 1) / interactions)) };
}

interface Batch {
  size: number;
  /** `size` × SEQUENCE_LENGTH: items of the history, newest first, and their weights; of length one together. */
  history: Int32Array;
  weights: Float32Array;
  /** The items weighed against each other, or null for all. */
  candidates: Int32Array | null;
  /** What is taken off a candidate's score for how likely it was to be drawn (Jean et al. 2015); null: all are there. */
  drawn: Float32Array | null;
  /** The place of each right one among them. */
  right: Int32Array;
}

/** Gradients of the mean cross-entropy, by the name of the variable. */
export function gradients(tf: TensorFlow, variables: Record<'had' | 'next' | 'bias', Variable>, batch: Batch, width: number): NamedTensorMap {
  const { size } = batch;
  const itemCount = variables.had.shape[0]!;
  const history = tf.tensor1d(batch.history, 'int32');
  const weights = tf.tensor3d(batch.weights, [size, SEQUENCE_LENGTH, 1]);
  const vectors = tf.reshape(tf.gather(variables.had as Tensor2D, history), [size, SEQUENCE_LENGTH, width]) as Tensor3D;
  const shoppers = tf.sum(tf.mul(vectors, weights), 1) as Tensor2D;
  const chosen = batch.candidates && tf.tensor1d(batch.candidates, 'int32');
  const next = (chosen ? tf.gather(variables.next, chosen) : variables.next) as Tensor2D;
  const bias = (chosen ? tf.sub(tf.gather(variables.bias, chosen), tf.tensor1d(batch.drawn!)) : variables.bias) as Tensor1D;

  const likely = tf.softmax(tf.add(tf.matMul(shoppers, tf.transpose(next)), bias) as Tensor2D);
  const error = tf.sub(likely, tf.oneHot(tf.tensor1d(batch.right, 'int32'), next.shape[0])) as Tensor2D;

  const share = 1 / size;
  const ofShoppers = tf.mul(tf.matMul(error, next), share);
  // Transposed after, not before: these are small.
  const ofNext = tf.mul(tf.transpose(tf.matMul(tf.transpose(shoppers), error)), share);
  const ofBias = tf.reshape(tf.mul(tf.matMul(tf.ones([1, size]) as Tensor2D, error), share), [next.shape[0]]);
  const ofVectors = tf.reshape(tf.mul(tf.reshape(ofShoppers, [size, 1, width]), weights), [size * SEQUENCE_LENGTH, width]);
  return {
    [variables.had.name]: tf.unsortedSegmentSum(ofVectors, history, itemCount),
    [variables.next.name]: chosen ? tf.unsortedSegmentSum(ofNext, chosen, itemCount) : ofNext,
    [variables.bias.name]: chosen ? tf.unsortedSegmentSum(ofBias, chosen, itemCount) : ofBias,
  };
}

/** Every interaction that has one before it, as its place in `item`. */
function positionsOf({ offsets, item }: Interactions): Int32Array {
  const positions = new Int32Array(item.length);
  let count = 0;
  for (let user = 0; user + 1 < offsets.length; user++) for (let at = offsets[user]! + 1; at < offsets[user + 1]!; at++) positions[count++] = at;
  return positions.subarray(0, count);
}

function makeBatch(training: Interactions, counts: Float64Array, positions: Int32Array, random: Random): Batch {
  const size = positions.length;
  const history = new Int32Array(size * SEQUENCE_LENGTH);
  const weights = new Float32Array(size * SEQUENCE_LENGTH);
  const wanted = new Int32Array(size);
  positions.forEach((position, row) => {
    wanted[row] = training.item[position]!;
    const from = firstOf(training.offsets, position);
    let length = 0;
    for (let back = 0; back < SEQUENCE_LENGTH && position - 1 - back >= from; back++) {
      // The newest is always there, so that no history is empty.
      if (back > 0 && random.next() < DROPPED) continue;
      const at = row * SEQUENCE_LENGTH + back;
      history[at] = training.item[position - 1 - back]!;
      weights[at] = SEQUENCE_DECAY ** back;
      length += weights[at]! ** 2;
    }
    for (let at = row * SEQUENCE_LENGTH; at < (row + 1) * SEQUENCE_LENGTH; at++) weights[at]! /= Math.sqrt(length);
  });
  if (counts.length <= CANDIDATES) return { size, history, weights, candidates: null, drawn: null, right: wanted };
  const { candidates, right } = drawCandidates(wanted, counts.length, random);
  const shareDrawn = CANDIDATES / counts.length;
  const drawn = Float32Array.from(candidates, (item) => Math.log(1 - (1 - shareDrawn) * (1 - counts[item]! / training.item.length) ** size));
  return { size, history, weights, candidates, drawn, right };
}

/** The right ones of the batch, and others at random. */
function drawCandidates(wanted: Int32Array, itemCount: number, random: Random): { candidates: Int32Array; right: Int32Array } {
  const places = new Map<number, number>();
  const right = wanted.map((item) => {
    if (!places.has(item)) places.set(item, places.size);
    return places.get(item)!;
  });
  while (places.size < CANDIDATES) {
    const item = random.below(itemCount);
    if (!places.has(item)) places.set(item, places.size);
  }
  return { candidates: Int32Array.from(places.keys()), right };
}

/** Where the history begins that this position belongs to: a search by halves. */
function firstOf(offsets: Int32Array, position: number): number {
  let low = 0;
  let high = offsets.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! <= position) low = middle;
    else high = middle;
  }
  return offsets[low]!;
}

/** Fisher and Yates. */
function shuffle(values: Int32Array, random: Random): void {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const value = values[last]!;
    values[last] = values[other]!;
    values[other] = value;
  }
}
