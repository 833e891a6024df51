/** What the mall still does while an engine is away, as its pages promise it (platform/README.md, app/README.md). */
import { seeded } from '#platform/bus/rude.ts';
import { pause } from '../crash/doomed-mall.ts';
import { comeToRest, countEnds, type BoutParts, type BoutReport } from './bout.ts';
import { engineAct } from './engine-tool.ts';
import type { Entry, History } from './history.ts';
import { Shopper } from './shopper.ts';
import type { Visit } from './visit.ts';

const ORDERS = 3;
/** Something that the mall does by itself, however slow the machine is. */
const LIMIT_MS = 90_000;
const LOOK_EVERY_MS = 100;
/** Longer than Consul's watches and health checks are waited for. */
const WITHOUT_CONSUL_MS = 8_000;
const VISIT: Visit = { browses: true, sku: 'MUG', quantity: 1, token: 'pm_ok', waitMs: 0, again: true, watches: true, approves: true, cancels: 'never', refunds: false, restMs: 0 };

interface Scene {
  shopper: Shopper;
  history: History;
  /** Buys one mug; its order. */
  buy(waitMs: number): Promise<string>;
  /** Resolves when an entry fits, or throws what was waited for. */
  until(fits: (entry: Entry) => boolean, what: string): Promise<void>;
}

export interface Degradation {
  name: string;
  engine: string;
  /** Rejects with what was promised and did not hold. */
  play(scene: Scene): Promise<void>;
}

export const degradations: readonly Degradation[] = [
  {
    name: 'without Redis the shop goes on, and subscriptions look into their room’s database',
    engine: 'redis',
    async play({ buy, until }) {
      await engineAct('kill', 'redis');
      for (let n = 0; n < ORDERS; n++) {
        const id = await buy(0);
        await until(({ op, key, order }) => op === 'watch' && key === id && order?.payment === 'CAPTURED', `a subscription shows the order ${id} paid while Redis is away`);
      }
      await engineAct('start', 'redis');
      await buy(0);
    },
  },
  {
    name: 'without Kafka orders are taken and wait as PENDING, and go on when it is back',
    engine: 'kafka',
    async play({ buy, until, history }) {
      await buy(2_000);
      await engineAct('kill', 'kafka');
      const waiting: string[] = [];
      for (let n = 0; n < ORDERS; n++) waiting.push(await buy(500));
      await pause(2_000);
      const early = history.entries.filter(({ order }) => order && waiting.includes(order.id) && order.status !== 'PENDING');
      if (early.length > 0) throw new Error(`orders were decided while Kafka was away: ${JSON.stringify(early[0])}`);
      await engineAct('start', 'kafka');
      for (const id of waiting) await until(({ order }) => order?.id === id && order.status === 'CONFIRMED', `the order ${id} is CONFIRMED when Kafka is back`);
    },
  },
  {
    name: 'without Consul the last known addresses serve: nobody notices',
    engine: 'consul',
    async play({ buy, until, history }) {
      await engineAct('kill', 'consul');
      const begun = history.entries.length;
      const untilMs = performance.now() + WITHOUT_CONSUL_MS;
      do {
        const id = await buy(2_000);
        await until(({ order }) => order?.id === id && order.status === 'CONFIRMED', `the order ${id} is CONFIRMED without Consul`);
      } while (performance.now() < untilMs);
      const lost = history.entries.slice(begun).filter(({ kind, code }) => kind === 'info' && code === 'UNAVAILABLE');
      if (lost.length > 0) throw new Error(`${lost.length} calls were not answered while Consul was away, the first: ${JSON.stringify(lost[0])}`);
      await engineAct('start', 'consul');
      const id = await buy(2_000);
      await until(({ order }) => order?.id === id && order.status === 'CONFIRMED', `the order ${id} is CONFIRMED when Consul is back and has forgotten everybody`);
    },
  },
];

export async function playDegradation({ name, engine, play }: Degradation, parts: BoutParts): Promise<BoutReport> {
  const { fleet, history } = parts;
  const begun = history.entries.length;
  const shopper = new Shopper({ who: `shopper ${name}`, front: fleet, history, random: seeded(begun), signsIn: false, rests: 1 });
  const problems: string[] = [];
  const scene: Scene = {
    shopper,
    history,
    async buy(waitMs) {
      const order = await shopper.visit({ ...VISIT, waitMs });
      if (!order) throw new Error(`no order was taken: ${JSON.stringify(history.entries.at(-1))}`);
      return order.id;
    },
    async until(fits, what) {
      const deadline = performance.now() + LIMIT_MS;
      while (!history.entries.slice(begun).some(fits)) {
        if (performance.now() > deadline) throw new Error(`not within ${LIMIT_MS} ms: ${what}`);
        await pause(LOOK_EVERY_MS);
      }
    },
  };
  try {
    await play(scene);
  } catch (error) {
    problems.push((error as Error).message);
  } finally {
    await engineAct('start', engine);
  }
  await shopper.shop(() => true);
  const { restMs, states, found } = await comeToRest([shopper], parts);
  return { name, seed: null, faults: [], restMs, orders: countEnds(history.entries.slice(begun), states), problems: [...problems, ...found] };
}
