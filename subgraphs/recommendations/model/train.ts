/**
 * Makes a model out of interactions: it is first trained without every user's last interaction, the parts are mixed so that those
 * are foretold best, that score is what it is published by; then it goes on learning from everything.
 */
import type { TensorFlow } from '#platform/tensors/tensors.ts';
import { holdOutLast, type Held } from './hold-out.ts';
import { countItems, newestMs, type Interactions } from './interactions.ts';
import { judge, placeOf } from './judge.ts';
import { createRanker, type Mixture, type Model } from './model.ts';
import { solveNeighbours, type Neighbours } from './neighbours.ts';
import { createRandom, type Random } from './random.ts';
import { trainSequence, type Sequence } from './sequence.ts';

export interface TrainingOptions {
  /** The same seed and interactions give the same model, but for an engine's rounding. */
  seed?: number;
  /** What is served now: measured beside the new one where it has not seen what is held back. */
  former?: Model | null;
  /** Told from 0 to 1. */
  progress?: (share: number) => void;
}

export interface Trained {
  model: Model;
  /** NDCG@10 of both on what was held back and happened after the former had learnt; null: there is no former, or too little of that. */
  beside: { own: number; former: number; judged: number } | null;
}

/** Fewer than so many held-back interactions say nothing about a model. */
export const JUDGED_MIN = 20;
/** And more than so many cost time. */
const JUDGED_MAX = 2_000;
const COMPARED_MAX = 1_000;
const EPOCHS = 4;
const POSITIONS_MAX = 400_000;
/** With everything it goes on for a part of that: it has learnt nearly all of it before. */
const GOING_ON = 0.3;
const LAMBDAS = [100, 300, 1_000];
/** Of more items than this only one λ is solved for. */
const LAMBDAS_ITEMS_MAX = 2_000;
const LAMBDA = 300;
const DECAYS = [1, 0.98, 0.95, 0.9, 0.85, 0.8, 0.7];
const SHARES = [0, 0.003, 0.01, 0.02, 0.03, 0.05, 0.1, 0.3];
/** Mixtures are compared by the gain of places up to this one: the first ten of few users would choose by luck. */
const COMPARED_AT = 50;

/** There is too little to judge a model by. */
export class TooLittle extends Error {}

/** @throws TooLittle */
export function train(tf: TensorFlow, all: Interactions, { seed = 1, former = null, progress = () => undefined }: TrainingOptions = {}): Trained {
  const random = createRandom(seed);
  const { training, held } = holdOutLast(all);
  const judged = sample(held, JUDGED_MAX, random);
  if (judged.length < JUDGED_MIN) throw new TooLittle(`only ${judged.length} users have three interactions or more; ${JUDGED_MIN} are needed to judge a model`);

  const sequence = trainSequence(tf, training, random, { epochs: EPOCHS, positionsMax: POSITIONS_MAX, progress: (share) => progress(0.5 * share) });
  const chosen = chooseMixture(tf, training, sequence, judged, (share) => progress(0.5 + 0.2 * share));
  const offline = measure(training, judged, { sequence, ...chosen });
  const beside = former && measureBeside(training, judged, { sequence, ...chosen }, former);

  const neighbours = solveNeighbours(tf, all, { lambda: chosen.mixture.lambda });
  progress(0.8);
  const going = { epochs: EPOCHS * GOING_ON, positionsMax: POSITIONS_MAX * GOING_ON, start: spread(sequence, training, all) };
  const last = trainSequence(tf, all, random, { ...going, progress: (share) => progress(0.8 + 0.2 * share) });
  const learntFrom = { interactions: all.item.length, users: all.users.length, untilMs: newestMs(all) };
  return { model: { items: all.items, neighbours, sequence: last, mixture: chosen.mixture, offline, learntFrom }, beside };
}

/** Tries every mixture on what was held back. */
function chooseMixture(tf: TensorFlow, training: Interactions, sequence: Sequence, judged: readonly Held[], progress: (share: number) => void): { neighbours: Neighbours; mixture: Mixture } {
  const lambdas = training.items.length <= LAMBDAS_ITEMS_MAX ? LAMBDAS : [LAMBDA];
  let best: { gain: number; neighbours: Neighbours; mixture: Mixture } | null = null;
  lambdas.forEach((lambda, index) => {
    const neighbours = solveNeighbours(tf, training, { lambda });
    for (const [at, decay] of DECAYS.entries()) {
      for (const [share, gain] of gainsByShare(training, { sequence, neighbours }, judged.slice(0, COMPARED_MAX), { lambda, decay })) {
        if (!best || gain > best.gain) best = { gain, neighbours, mixture: { lambda, decay, sequenceShare: share } };
      }
      progress((index + (at + 1) / DECAYS.length) / lambdas.length);
    }
  });
  return best!;
}

/** A score is linear in the share of the sequence, so two of them give those of all shares. */
function gainsByShare({ items }: Interactions, parts: { sequence: Sequence; neighbours: Neighbours }, judged: readonly Held[], { lambda, decay }: Omit<Mixture, 'sequenceShare'>): Map<number, number> {
  const [without, whole] = [0, 1].map((sequenceShare) => createRanker({ items, ...parts, mixture: { lambda, decay, sequenceShare } }));
  const gains = new Map(SHARES.map((share) => [share, 0]));
  const mixed = new Float32Array(items.length);
  for (const { before, item } of judged) {
    if (item < 0) continue;
    const none = without!.score(before.items);
    const all = whole!.score(before.items);
    for (const share of SHARES) {
      for (let each = 0; each < mixed.length; each++) mixed[each] = none[each]! + share * (all[each]! - none[each]!);
      const place = placeOf(item, mixed, before.items);
      if (place <= COMPARED_AT) gains.set(share, gains.get(share)! + 1 / Math.log2(1 + place));
    }
  }
  return gains;
}

function measure(training: Interactions, judged: readonly Held[], parts: { sequence: Sequence; neighbours: Neighbours; mixture: Mixture }) {
  const ranker = createRanker({ items: training.items, ...parts });
  const counts = countItems(training);
  const own = judge(judged, ({ items }) => ranker.score(items));
  const popular = judge(judged, () => counts);
  return { ndcg: own.ndcg, recall: own.recall, popularityNdcg: popular.ndcg, popularityRecall: popular.recall, judged: judged.length };
}

/** Only where neither has seen the answer: a model that has learnt it by heart would always win. */
function measureBeside(training: Interactions, judged: readonly Held[], parts: { sequence: Sequence; neighbours: Neighbours; mixture: Mixture }, former: Model): Trained['beside'] {
  const unseen = judged.filter(({ atMs }) => atMs > former.learntFrom.untilMs);
  if (unseen.length < JUDGED_MIN) return null;
  const ranker = createRanker({ items: training.items, ...parts });
  const numbers = new Map(former.items.map((item, number) => [item, number]));
  const theirs = createRanker(former);
  const places = training.items.map((item) => numbers.get(item) ?? -1);
  // What the former does not know comes last with it.
  const scoreAsFormer = (items: Int32Array) => {
    const scores = theirs.score([...items].map((item) => places[item]!).filter((place) => place >= 0));
    return Float32Array.from(places, (place) => (place < 0 ? Number.NEGATIVE_INFINITY : scores[place]!));
  };
  const own = judge(unseen, ({ items }) => ranker.score(items)).ndcg;
  return { own, former: judge(unseen, ({ items }) => scoreAsFormer(items)).ndcg, judged: unseen.length };
}

/** What was learnt without the last interactions, in the numbers of all items; those that only appear there begin as the average. */
function spread(sequence: Sequence, { items }: Interactions, all: Interactions): Sequence {
  const places = new Map(items.map((item, place) => [item, place]));
  const { width } = sequence;
  const rows = (from: Float32Array) => {
    const to = new Float32Array(all.items.length * width);
    all.items.forEach((item, at) => {
      const place = places.get(item);
      if (place !== undefined) to.set(from.subarray(place * width, (place + 1) * width), at * width);
    });
    return to;
  };
  const counts = countItems(all);
  const bias = Float32Array.from(all.items, (item, at) => {
    const place = places.get(item);
    return place === undefined ? Math.log(counts[at]! / all.item.length) : sequence.bias[place]!;
  });
  return { width, had: rows(sequence.had), next: rows(sequence.next), bias };
}

function sample<Each>(all: readonly Each[], count: number, random: Random): readonly Each[] {
  if (all.length <= count) return all;
  const rest = [...all];
  return Array.from({ length: count }, () => rest.splice(random.below(rest.length), 1)[0]!);
}
