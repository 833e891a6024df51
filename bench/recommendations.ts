/**
 * How well interactions are foretold, as a table: `npm run bench -- recommendations --interactions <file.csv>` (user,item,timestamp)
 * or, without a file, on a million planted ones. The last interaction of every user with at least three is held back; all items
 * of the training part that the user has not had are ranked. What a system lets one choose is chosen on a second hold-out inside the
 * training part, for the rivals as for our own. Three seeds; differences with the paired bootstrap's 95 % interval over users.
 */
import { parseArgs } from 'node:util';
import { openTensors, TENSORS_BACKENDS, type TensorsBackend } from '#platform/tensors/tensors.ts';
import { holdOutLast, type HeldOut } from '#subgraphs/recommendations/model/hold-out.ts';
import { collect, countItems, type Interaction, type Interactions } from '#subgraphs/recommendations/model/interactions.ts';
import { judge, type Scorer } from '#subgraphs/recommendations/model/judge.ts';
import { createRanker } from '#subgraphs/recommendations/model/model.ts';
import { createRandom } from '#subgraphs/recommendations/model/random.ts';
import { train } from '#subgraphs/recommendations/model/train.ts';
import { plantInteractions } from '#subgraphs/recommendations/tests/planted.ts';
import { pairedDifference } from './recommendations/bootstrap.ts';
import { readInteractions } from './recommendations/read-interactions.ts';
import { DENSE_MAX, ease, isSmallEnough } from './recommendations/rivals/ease.ts';
import { ials, type IalsOptions } from './recommendations/rivals/ials.ts';
import { itemCosine } from './recommendations/rivals/item-cosine.ts';
import { print } from './table.ts';

const SEEDS = [1, 2, 3];
const BAD_ROWS_SHOWN = 20;
const PLANTED = { interactions: 1_000_000, users: 50_000, items: 5_000 };
const EASE_LAMBDAS = [100, 300, 1_000];
const IALS_OPTIONS: readonly IalsOptions[] = [
  { factors: 16, alpha: 1, lambda: 10 },
  { factors: 32, alpha: 1, lambda: 10 },
  { factors: 32, alpha: 10, lambda: 50 },
  { factors: 64, alpha: 1, lambda: 10 },
];
/** Of more interactions iALS is tried in one way only: the search would take an hour. */
const IALS_SEARCH_MAX = 300_000;
const TIMED = 2_000;

interface Result {
  name: string;
  seconds: number;
  cpuSeconds: number;
  ndcg: number;
  recall: number;
  each: Float64Array;
}

const { values } = parseArgs({ options: { interactions: { type: 'string' }, tensors: { type: 'string', default: 'auto' }, seeds: { type: 'string', default: '3' } } });
if (!TENSORS_BACKENDS.includes(values.tensors as TensorsBackend)) throw new RangeError(`--tensors=${values.tensors}: one of ${TENSORS_BACKENDS.join(', ')}`);
const { tf, engine, reason } = await openTensors(values.tensors as TensorsBackend);
console.log(`TensorFlow.js on ${engine} (${reason})`);
const rows = await loadRows();
if (rows) measureAll(rows);
else process.exitCode = 1;

async function loadRows(): Promise<Iterable<Interaction> | null> {
  const file = values.interactions;
  if (!file) return plantInteractions(PLANTED);
  try {
    const { rows, bad } = await readInteractions(file);
    for (const { line, problem } of bad.slice(0, BAD_ROWS_SHOWN)) console.error(`${file}, line ${line}: ${problem}`);
    if (bad.length > BAD_ROWS_SHOWN) console.error(`… and ${bad.length - BAD_ROWS_SHOWN} more lines`);
    if (bad.length > 0) console.error(`${bad.length} of ${bad.length + rows.length} rows are left out.`);
    if (rows.length > 0) return rows;
    console.error(`${file} has no interaction: a line is user,item,timestamp.`);
  } catch (error) {
    console.error(`${file} cannot be read: ${(error as Error).message}`);
  }
  return null;
}

function measureAll(rows: Iterable<Interaction>): void {
  const all = collect(rows);
  const outer = holdOutLast(all);
  const inner = holdOutLast(outer.training);
  const cold = outer.held.filter(({ item }) => item < 0).length;
  console.log(`${all.item.length} interactions of ${all.users.length} users with ${all.items.length} items; ${outer.held.length} held back, ${cold} of them of items that training never saw\n`);
  if (outer.held.length === 0) return void console.log('Nobody has three interactions: there is nothing to foretell.');

  const counts = countItems(outer.training);
  const seeds = SEEDS.slice(0, Number(values.seeds));
  const results = [
    measure('popularity', outer, [0], () => () => counts),
    measure('item cosine', outer, [0], itemCosine),
    measureIals(outer, inner, seeds),
    ...measureEase(outer, inner),
  ];
  const own = measure('ours', outer, seeds, (training, seed) => createOwn(training, seed));
  report([...results, own]);
}

function createOwn(training: Interactions, seed: number): Scorer {
  const { model } = train(tf, training, { seed });
  const { lambda, decay, sequenceShare } = model.mixture;
  console.log(`ours, seed ${seed}: λ ${lambda}, decay ${decay}, share of the sequence ${sequenceShare}; ${model.offline.ndcg.toFixed(4)} on its own hold-out`);
  const ranker = createRanker(model);
  return ({ items }) => ranker.score(items);
}

function measureIals(outer: HeldOut, inner: HeldOut, seeds: readonly number[]): Result {
  const choices = outer.training.item.length > IALS_SEARCH_MAX ? [IALS_OPTIONS[1]!] : IALS_OPTIONS;
  const options = choose(choices, inner, (training, each) => ials(training, each, createRandom(0)));
  return measure(`iALS, ${options.factors} factors`, outer, seeds, (training, seed) => ials(training, options, createRandom(seed)));
}

function measureEase(outer: HeldOut, inner: HeldOut): Result[] {
  if (!isSmallEnough(outer.training)) {
    console.log(`EASE is left out: more than ${DENSE_MAX} users and items.`);
    return [];
  }
  const lambda = choose(EASE_LAMBDAS, inner, (training, each) => ease(tf, training, each));
  return [measure(`EASE, λ ${lambda}`, outer, [0], (training) => ease(tf, training, lambda))];
}

/** The choice that foretells the inner hold-out best. */
function choose<Choice>(choices: readonly Choice[], { training, held }: HeldOut, make: (training: Interactions, choice: Choice) => Scorer): Choice {
  if (choices.length === 1) return choices[0]!;
  const scored = choices.map((choice) => ({ choice, ndcg: judge(held, make(training, choice)).ndcg }));
  return scored.reduce((best, each) => (each.ndcg > best.ndcg ? each : best)).choice;
}

/** Trains once a seed; NDCG of a user is the mean over seeds. */
function measure(name: string, { training, held }: HeldOut, seeds: readonly number[], make: (training: Interactions, seed: number) => Scorer): Result {
  const result: Result = { name, seconds: 0, cpuSeconds: 0, ndcg: 0, recall: 0, each: new Float64Array(held.length) };
  for (const seed of seeds) {
    const begun = performance.now();
    const cpu = process.cpuUsage();
    const scorer = make(training, seed);
    const used = process.cpuUsage(cpu);
    result.seconds += (performance.now() - begun) / 1_000 / seeds.length;
    result.cpuSeconds += (used.user + used.system) / 1e6 / seeds.length;
    const { ndcg, recall, each } = judge(held, scorer);
    result.ndcg += ndcg / seeds.length;
    result.recall += recall / seeds.length;
    each.forEach((value, index) => (result.each[index]! += value / seeds.length));
    if (name === 'ours' && seed === seeds[0]) timeOne(scorer, held);
  }
  console.log(`${name}: ${result.ndcg.toFixed(4)}, ${result.cpuSeconds.toFixed(1)} s of CPU`);
  return result;
}

function timeOne(scorer: Scorer, held: HeldOut['held']): void {
  const some = held.slice(0, TIMED);
  const cpu = process.cpuUsage();
  for (const { before } of some) scorer(before);
  const used = process.cpuUsage(cpu);
  console.log(`a recommendation costs ${((used.user + used.system) / 1_000 / some.length).toFixed(3)} ms of CPU (target 0.3)`);
}

function report(results: readonly Result[]): void {
  const own = results.at(-1)!;
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
  const lines = results.map((result) => {
    const { mean, low, high } = pairedDifference(own.each, result.each);
    const difference = result === own ? '' : `${signed(mean)} [${signed(low)}, ${signed(high)}]`;
    return [result.name, result.ndcg.toFixed(4), result.recall.toFixed(4), difference, result.seconds.toFixed(1), result.cpuSeconds.toFixed(1)];
  });
  console.log('');
  print([['', 'NDCG@10', 'Recall@10', 'ours better by (NDCG, 95 %)', 'training s', 'CPU s'], ...lines]);
}
