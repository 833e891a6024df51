/**
 * `npm run chaos`: brings chaos upon a distributed mall on the engines that MYSQL_DSN, REDIS_ADDRESS, KAFKA_BROKERS and, where
 * it is given, CONSUL_ADDRESS name, and that the tool in ENGINES kills. Without options: what still works while an engine is
 * away, each fault by itself, ten pairs of faults, and two of three brokers.
 *
 *     npm run chaos -- --seed 7            the same again, but for the moments that are the machine's
 *     npm run chaos -- --short             what still works, and ten pairs
 *     npm run chaos -- --only 'kill orders+hang redis'
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seeded } from '#platform/bus/rude.ts';
import { systemIds } from '#platform/ids/system.ts';
import { runBout, type Bout, type BoutParts, type BoutReport } from './bout.ts';
import { degradations, playDegradation, type Degradation } from './degradations.ts';
import { engineAct, startThreeBrokers } from './engine-tool.ts';
import { drawPairs, faultsFor, killTwoBrokers, type Fault } from './faults.ts';
import { History } from './history.ts';
import { openMallFleet, type EngineAddresses } from './mall-fleet.ts';
import { tableOf } from './report.ts';

const REPORTS = '.cache/chaos';
const PAIRS = 10;

const { values: options } = parseArgs({ options: { seed: { type: 'string' }, only: { type: 'string' }, short: { type: 'boolean', default: false } } });
const seed = Number(options.seed ?? systemIds.integer(2 ** 31));
const random = seeded(seed);
const drawSeed = () => Math.floor(random() * 2 ** 31);
const say = (text: string) => void process.stdout.write(`${text}\n`);
const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;

/** What is done to one mall, in turn. */
interface Work {
  name: string;
  play(parts: BoutParts): Promise<BoutReport>;
}

const addresses = readAddresses();
const startedMs = performance.now();
say(`seed ${seed}; the same again: npm run chaos -- --seed ${seed}${options.short ? ' --short' : ''}${options.only ? ` --only '${options.only}'` : ''}`);
const reports = options.only === killTwoBrokers.name ? [] : await onOneMall('', addresses, chooseWork(faultsFor(addresses)));
if (options.only === killTwoBrokers.name || (!options.only && !options.short)) reports.push(...(await onThreeBrokers()));

mkdirSync(REPORTS, { recursive: true });
writeFileSync(`${REPORTS}/${seed}.json`, JSON.stringify({ seed, reports }, null, 2));
const failed = reports.filter(({ problems }) => problems.length > 0).length;
say(`\n${tableOf(reports.flatMap(({ faults }) => faults))}\n`);
say(`took ${seconds(startedMs)}; ${REPORTS}/${seed}.json has the table, ${REPORTS}/${seed}.jsonl what everybody saw`);
say(`${reports.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 || reports.length === 0 ? 1 : 0;

function chooseWork(faults: readonly Fault[]): Work[] {
  if (options.only) {
    const named = degradations.filter(({ name }) => name.startsWith(options.only!));
    if (named.length > 0) return named.map(still);
    return [bout(seed, options.only.split('+').map((name) => find(faults, name.trim())))];
  }
  const stills = degradations.filter(({ engine }) => engine !== 'consul' || addresses.consul !== null).map(still);
  const pairs = drawPairs(faults, PAIRS, random).map((pair) => bout(drawSeed(), pair));
  return options.short ? [...stills, ...pairs] : [...stills, ...faults.map((fault) => bout(drawSeed(), [fault])), ...pairs];
}

function bout(boutSeed: number, faults: readonly Fault[]): Work {
  const one: Bout = { name: faults.map(({ name }) => name).join('+'), seed: boutSeed, faults };
  return { name: one.name, play: (parts) => runBout(one, parts) };
}

function still(one: Degradation): Work {
  return { name: one.name, play: (parts) => playDegradation(one, parts) };
}

async function onOneMall(suffix: string, on: EngineAddresses, work: readonly Work[]): Promise<BoutReport[]> {
  const openedMs = performance.now();
  const fleet = await openMallFleet(on);
  say(`the mall serves after ${seconds(openedMs)}`);
  const done: BoutReport[] = [];
  try {
    const parts: BoutParts = { fleet, history: new History(`${REPORTS}/${seed}${suffix}.jsonl`), known: new Set() };
    for (const { name, play } of work) {
      const begunMs = performance.now();
      let goesOn = true;
      const report = await play(parts).catch((error: Error): BoutReport => {
        goesOn = false;
        return { name, seed: null, faults: [], restMs: 0, orders: {}, problems: [`it came to no end, and nothing was tried after it: ${error.message}`] };
      });
      done.push(report);
      tell(report, begunMs);
      if (!goesOn) break;
    }
  } finally {
    await fleet.close();
  }
  return done;
}

function tell({ name, seed: boutSeed, problems, orders, restMs }: BoutReport, begunMs: number): void {
  const again = boutSeed === null || problems.length === 0 ? '' : `; again: npm run chaos -- --seed ${boutSeed} --only '${name}'`;
  say(`${problems.length === 0 ? '✓' : '✗'} ${name} (${seconds(begunMs)}, at rest after ${(restMs / 1000).toFixed(1)} s): ${JSON.stringify(orders)}${again}`);
  for (const problem of problems) say(`    ${problem}`);
}

async function onThreeBrokers(): Promise<BoutReport[]> {
  const kafka = await startThreeBrokers();
  try {
    return await onOneMall('-three-brokers', { ...addresses, kafka }, [bout(options.only ? seed : drawSeed(), [killTwoBrokers])]);
  } finally {
    await engineAct('stop', 'kafka3');
  }
}

function find(faults: readonly Fault[], name: string): Fault {
  const fault = faults.find((one) => one.name === name);
  if (fault) return fault;
  say(`There is no fault "${name}". There are:\n${[...faults, killTwoBrokers, ...degradations].map((one) => `  ${one.name}`).join('\n')}`);
  process.exit(1);
}

function readAddresses(): EngineAddresses {
  const { MYSQL_DSN: mysql, REDIS_ADDRESS: redis, KAFKA_BROKERS: kafka, CONSUL_ADDRESS: consul, ENGINES: tool } = process.env;
  if (mysql && redis && kafka && tool) return { mysql, redis, kafka, consul: consul ?? null };
  say('Chaos needs MYSQL_DSN, REDIS_ADDRESS and KAFKA_BROKERS (CONSUL_ADDRESS as well, or not), and in ENGINES the path of the tool that starts and kills engines.');
  process.exit(1);
}
