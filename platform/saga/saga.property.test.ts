/** Whatever the network and the other room do, a saga ends in one of three ways and leaves nothing half done. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BEHAVIOURS, STEPS, UNDOABLE, World, type Script } from './simulation.ts';

const RUNS = 250;
/** Rounds of "deliver all, let time pass" after which a saga must have ended: more than every retry of every step. */
const MAX_ROUNDS = 400;

let world: World;
const folder = mkdtempSync(join(tmpdir(), 'gomall-saga-'));
beforeAll(async () => {
  world = await World.open(folder);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});

const instruction = fc.record({
  what: fc.constantFrom('deliver', 'deliver', 'deliver', 'deliver', 'killed', 'forgotten', 'repeat', 'sweep', 'killed-sweep', 'wait', 'conclude', 'cancel', 'bury', 'exhume'),
  which: fc.nat(50),
  ms: fc.constantFrom(1, 5_000, 20_000, 121_000, 600_000),
});
type Instruction = typeof instruction extends fc.Arbitrary<infer T> ? T : never;

const behaviour = fc.constantFrom('done', 'done', 'done', ...BEHAVIOURS);
const script: fc.Arbitrary<Script> = fc.record(Object.fromEntries([...STEPS, ...UNDOABLE.map((step) => `undo-${step}`)].map((step) => [step, behaviour])));

async function follow({ what, which, ms }: Instruction, orders: string[]): Promise<void> {
  const heads = world.heads();
  const head = heads[which % Math.max(1, heads.length)];
  switch (what) {
    case 'deliver':
      return head && world.deliver(head);
    case 'killed':
    case 'forgotten':
      return head && world.deliver(head, what);
    case 'bury':
      return head && world.bury(head);
    case 'exhume':
      return world.exhume();
    case 'repeat':
      return world.repeat(which);
    case 'sweep':
      return world.sweep();
    case 'killed-sweep':
      return world.sweep(true);
    case 'wait':
      world.nowMs += ms;
      return;
    case 'conclude': {
      const thoughts = await world.thoughts();
      const thought = thoughts[which % Math.max(1, thoughts.length)];
      return thought && world.conclude(thought.command_key);
    }
    case 'cancel':
      return void (await world.cancel(orders[which % orders.length]!));
  }
}

/** From here on the network is fair and the shed concludes what it thinks about, unless it is silent for ever. */
async function calm(): Promise<void> {
  for (let round = 0; round < MAX_ROUNDS; round++) {
    while (world.graves.length > 0) await world.exhume();
    for (let heads = world.heads(); heads.length > 0; heads = world.heads()) for (const head of heads) await world.deliver(head);
    const thoughts = (await world.thoughts()).filter(({ outcome }) => outcome !== 'silent');
    if (thoughts.length > 0) for (const { command_key } of thoughts) await world.conclude(command_key);
    else {
      const dueMs = await world.runner.nextDueMs();
      if (dueMs === null) return;
      world.nowMs = Math.max(world.nowMs, dueMs);
      await world.sweep();
    }
  }
  throw new Error(`not quiet after ${MAX_ROUNDS} rounds`);
}

async function audit(order: string, script: Script): Promise<void> {
  const saga = (await world.runner.view([order])).get(order)!;
  const effects = await world.effects(order);
  const changes = world.changes.get(order)!;
  const kinds = changes.map(({ kind }) => kind);
  const effect = (step: string) => effects[step]?.effect ?? 0;
  const state = Object.fromEntries(saga.steps.map((step) => [step.name, step.state]));

  expect(['DONE', 'UNDONE', 'STUCK'], 'it ends').toContain(saga.state);
  for (const [step, { runs }] of Object.entries(effects)) expect(runs, `${step} happened once`).toBe(1);
  expect(kinds.filter((kind) => kind === 'done' || kind === 'undone').length, 'one end is told').toBe(saga.state === 'STUCK' ? 0 : 1);
  expect(kinds.filter((kind) => kind === 'undoing').length, 'it turns back once at most').toBeLessThanOrEqual(1);
  const pivotDone = changes.findIndex((change) => change.kind === 'step-done' && change.pivot);
  const turned = kinds.indexOf('undoing');
  expect(pivotDone >= 0 && turned >= 0, 'never back after the pivot').toBe(false);
  if (turned >= 0) expect(kinds.slice(turned), 'nothing is done after turning back').not.toContain('step-done');
  for (const step of STEPS) expect(changes.filter((change) => change.kind === 'step-done' && change.step === step).length, `${step} is told once`).toBeLessThanOrEqual(1);

  if (saga.state === 'DONE') {
    for (const step of STEPS) expect(effect(step), `${step} holds`).toBe(1);
    for (const step of UNDOABLE) expect(effect(`undo-${step}`), `${step} is not taken back`).toBe(0);
  }
  if (saga.state === 'UNDONE') {
    for (const step of UNDOABLE) expect(effect(step), `${step} is taken back`).toBe(0);
    expect(effect('take') + effect('clear'), 'nothing after the pivot').toBe(0);
  }
  if (saga.state === 'STUCK') {
    const stuck = saga.steps.find((step) => step.state === 'STUCK')!;
    const culprit = turned >= 0 ? `undo-${stuck.name}` : stuck.name;
    expect(['refuse', 'silent', 'late-refuse', 'wait-refuse'], `${culprit} had a reason`).toContain(script[culprit]);
    expect(kinds.at(-1)).toBe('stuck');
  }
  expect(Object.values(state)).not.toContain('ASKED');
}

test('every interleaving ends well: effects once, all or nothing, never back after the pivot', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(script, { minLength: 1, maxLength: 3 }), fc.array(instruction, { maxLength: 60 }), async (scripts, instructions) => {
      await world.clear();
      const orders = scripts.map((_, index) => `order-${index}`);
      for (const [index, order] of orders.entries()) await world.begin(order, scripts[index]!);
      for (const each of instructions) await follow(each, orders);
      await calm();
      for (const [index, order] of orders.entries()) await audit(order, scripts[index]!);
    }),
    // A failure prints its seed and path; given here, they show it again.
    { numRuns: RUNS },
  );
}, 120_000);
