/** The runner in the simulated world, one story at a time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readKey, writeKey } from './keys.ts';
import { MAX_ATTEMPTS } from './course.ts';
import { HEAR_WITHIN_MS } from './runner.ts';
import { World, type Script } from './simulation.ts';

let world: World;
const folder = mkdtempSync(join(tmpdir(), 'gomall-saga-'));
beforeAll(async () => {
  world = await World.open(folder);
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => world.clear());

const ORDER = 'order-1';
const begin = (script: Script = {}) => world.begin(ORDER, script);
const view = async () => (await world.runner.view([ORDER])).get(ORDER)!;
const states = async () => Object.fromEntries((await view()).steps.map(({ name, state }) => [name, state]));
const kinds = () => world.changes.get(ORDER)!.map((change) => ('step' in change ? `${change.kind} ${change.step}` : change.kind));

/** Delivers what there is, without time passing. */
async function deliver(): Promise<void> {
  for (let heads = world.heads(); heads.length > 0; heads = world.heads()) for (const head of heads) await world.deliver(head);
}
async function pass(ms: number): Promise<void> {
  world.nowMs += ms;
  await world.sweep();
  await deliver();
}

test('the story is told in order: each step, then done', async () => {
  await begin();
  await deliver();
  expect(kinds()).toEqual(['step-done hold', 'step-done pay', 'step-done confirm', 'step-done take', 'step-done clear', 'done']);
  expect((await view()).state).toBe('DONE');
});

test('the first ask leaves with the transaction that begins the saga, or not at all', async () => {
  world.scripts.set(ORDER, {});
  const begun = world.desk.transaction(async (tx) => {
    await world.runner.start(tx, world.definition, ORDER, { orderId: ORDER });
    throw new Error('no cart');
  });
  await expect(begun).rejects.toThrow('no cart');
  expect(world.heads()).toEqual([]);
  expect((await world.runner.view([ORDER])).size).toBe(0);
});

test('a refusal takes back the steps before it, last first, with the reason told', async () => {
  await begin({ confirm: 'refuse' });
  await deliver();
  expect(kinds()).toEqual(['step-done hold', 'step-done pay', 'step-refused confirm', 'undoing', 'undone']);
  expect(world.changes.get(ORDER)![3]).toEqual({ kind: 'undoing', reason: { code: 'NO', message: 'no' } });
  const undone = world.delivered.map(({ message }) => message.type).filter((type) => type.startsWith('undo-') && !type.endsWith('.reply'));
  expect(undone).toEqual(['undo-pay', 'undo-hold']);
  expect(await states()).toMatchObject({ hold: 'UNDONE', pay: 'UNDONE', confirm: 'REFUSED', take: 'PENDING' });
});

test('no answer in time before the pivot: undone, and the late answer changes nothing', async () => {
  await begin({ pay: 'late-done' });
  await deliver();
  expect(await states()).toMatchObject({ hold: 'DONE', pay: 'ASKED' });
  await pass(20_000);
  expect((await view()).state).toBe('UNDONE');
  expect((await view()).steps[1]!.error).toContain('TIMED_OUT');
  for (const { command_key } of await world.thoughts()) await world.conclude(command_key);
  await deliver();
  expect((await view()).state).toBe('UNDONE');
  expect((await world.effects(ORDER)).pay?.effect ?? 0).toBe(0);
});

test('while nothing can be heard no time runs out; what was told meanwhile counts, and silence only afterwards', async () => {
  await begin({ pay: 'late-done' });
  await deliver();
  world.hears = false;
  await pass(20_000);
  await pass(3_600_000);
  world.hears = true;
  await pass(0);
  expect(await states()).toMatchObject({ hold: 'DONE', pay: 'ASKED' });
  for (const { command_key } of await world.thoughts()) await world.conclude(command_key);
  await deliver();
  expect((await view()).state).toBe('DONE');

  await world.clear();
  await begin({ pay: 'silent' });
  await deliver();
  world.hears = false;
  await pass(20_000);
  world.hears = true;
  await pass(HEAR_WITHIN_MS - 1);
  expect((await view()).state).toBe('RUNNING');
  await pass(1);
  expect((await view()).state).toBe('UNDONE');
});

test('done is on its way when the time is over: the undo, not the runner, sees to it', async () => {
  await begin();
  await world.deliver(world.heads()[0]!);
  expect((await world.effects(ORDER)).hold!.effect).toBe(1);
  world.nowMs += 20_000;
  await world.sweep();
  await deliver();
  expect((await view()).state).toBe('UNDONE');
  expect((await world.effects(ORDER)).hold!.effect).toBe(0);
  expect(kinds()).not.toContain('step-done hold');
});

test('the ask is lost among dead letters, the undo comes first, the ask is replayed: nothing is held', async () => {
  await begin();
  world.bury(world.heads()[0]!);
  await pass(20_000);
  expect((await view()).state).toBe('UNDONE');
  await world.exhume();
  await deliver();
  expect(await world.effects(ORDER)).toEqual({});
});

test('waiting extends the patience, once told; then the final word counts', async () => {
  await begin({ pay: 'wait-done' });
  await deliver();
  expect(await states()).toMatchObject({ pay: 'WAITING' });
  await world.repeat(world.delivered.findIndex(({ message }) => message.type === 'pay.reply'));
  await pass(100_000);
  expect(await states()).toMatchObject({ pay: 'WAITING' });
  for (const { command_key } of await world.thoughts()) await world.conclude(command_key);
  await deliver();
  expect((await view()).state).toBe('DONE');
  expect(kinds().filter((kind) => kind === 'step-waiting pay')).toHaveLength(1);
});

test('waiting for longer than was said is no answer in time', async () => {
  await begin({ pay: 'wait-done' });
  await deliver();
  await pass(120_001);
  expect((await view()).state).toBe('UNDONE');
});

describe('after the pivot', () => {
  test('a step that is refused is asked anew under another key until it is done', async () => {
    await begin({ take: 'refuse-twice' });
    await deliver();
    expect(await states()).toMatchObject({ confirm: 'DONE', take: 'ASKED' });
    for (let turn = 0; turn < 3; turn++) await pass(10_000);
    expect((await view()).state).toBe('DONE');
    const keys = world.delivered.filter(({ message }) => message.type === 'take').map(({ message }) => (message.data as { key: string }).key);
    expect(keys).toEqual([`${ORDER}/take`, `${ORDER}/take/2`, `${ORDER}/take/3`]);
  });

  test('a step that is not answered is asked again under the same key, and happens once', async () => {
    await begin({ take: 'late-done' });
    await deliver();
    for (let turn = 0; turn < 3; turn++) await pass(40_000);
    for (const { command_key } of await world.thoughts()) await world.conclude(command_key);
    await deliver();
    expect((await view()).state).toBe('DONE');
    expect((await world.effects(ORDER)).take).toEqual({ effect: 1, runs: 1 });
  });

  test(`after ${MAX_ATTEMPTS} attempts the saga is STUCK and told so; resumed, it goes on from there`, async () => {
    await begin({ take: 'refuse' });
    await deliver();
    for (let turn = 0; turn < 40; turn++) await pass(400_000);
    expect((await view()).state).toBe('STUCK');
    expect((await view()).steps[3]).toMatchObject({ name: 'take', state: 'STUCK', attempts: MAX_ATTEMPTS, error: 'NO: no' });
    expect(kinds().filter((kind) => kind === 'stuck take')).toHaveLength(1);
    expect(await world.runner.nextDueMs()).toBeNull();

    world.scripts.set(ORDER, {});
    expect(await world.runner.resume(ORDER)).toBe(true);
    await deliver();
    expect((await view()).state).toBe('DONE');
    expect(await world.runner.resume(ORDER)).toBe(false);
  });

  test('a done that arrives when the saga is stuck on that step lets it go on', async () => {
    await begin({ take: 'late-done' });
    await deliver();
    for (let turn = 0; turn < 40; turn++) await pass(400_000);
    expect((await view()).state).toBe('STUCK');
    for (const { command_key } of await world.thoughts()) await world.conclude(command_key);
    await deliver();
    expect((await view()).state).toBe('DONE');
  });

  test('it cannot be cancelled', async () => {
    await begin({ take: 'late-done' });
    await deliver();
    expect(await world.cancel(ORDER)).toBe(false);
    expect((await view()).state).toBe('RUNNING');
  });
});

describe('cancel', () => {
  test('before the pivot it takes back everything, whatever is still on its way', async () => {
    await begin({ pay: 'late-done' });
    await deliver();
    expect(await world.cancel(ORDER)).toBe(true);
    expect(await world.cancel(ORDER)).toBe(false);
    for (const { command_key } of await world.thoughts()) await world.conclude(command_key);
    await deliver();
    expect((await view()).state).toBe('UNDONE');
    expect(world.changes.get(ORDER)!.find(({ kind }) => kind === 'undoing')).toEqual({ kind: 'undoing', reason: { code: 'CHANGED_MIND', message: 'no more' } });
    for (const { effect } of Object.values(await world.effects(ORDER)).filter(({ effect }) => effect !== 1)) expect(effect).toBe(0);
  });

  test('of what is not there is false', async () => {
    expect(await world.cancel('nobody')).toBe(false);
  });
});

test('an undo that is refused is tried again, and when it fails for good the saga is STUCK', async () => {
  await begin({ confirm: 'refuse', 'undo-hold': 'refuse-twice' });
  await deliver();
  for (let turn = 0; turn < 5; turn++) await pass(10_000);
  expect((await view()).state).toBe('UNDONE');

  await world.clear();
  await begin({ confirm: 'refuse', 'undo-hold': 'refuse' });
  await deliver();
  for (let turn = 0; turn < 40; turn++) await pass(400_000);
  expect((await view()).state).toBe('STUCK');
  expect(await states()).toMatchObject({ pay: 'UNDONE', hold: 'STUCK' });
  world.scripts.set(ORDER, {});
  expect(await world.runner.resume(ORDER)).toBe(true);
  await deliver();
  expect((await view()).state).toBe('UNDONE');
});

test('a change that was killed before its commit happens when the message comes again', async () => {
  await begin();
  for (let round = 0; round < 30 && (await view()).state === 'RUNNING'; round++) {
    const head = world.heads()[0]!;
    await world.deliver(head, 'killed');
    await world.deliver(head, 'forgotten');
    await world.deliver(head);
  }
  expect((await view()).state).toBe('DONE');
  for (const { runs } of Object.values(await world.effects(ORDER))) expect(runs).toBe(1);
});

test('a definition that cannot work is refused when it is listed', () => {
  const step = (name: string, pivot = false) => ({ name, ask: () => null, withinMs: 1, pivot });
  const define = (steps: ReturnType<typeof step>[]) => () => world.runner.define({ name: 'bad', steps, onChange: async () => {} });
  expect(define([])).toThrow('1 to');
  expect(define([step('a', true), step('b', true)])).toThrow('pivot');
  expect(define([step('a'), step('a')])).toThrow('one name');
  expect(define([step('A/b')])).toThrow('no name');
});

test('keys are read as they are written', () => {
  for (const undo of [false, true]) for (const round of [0, 1, 11]) expect(readKey(writeKey({ sagaId: 's', step: 'hold', undo, round }))).toEqual({ sagaId: 's', step: 'hold', undo, round });
  for (const odd of ['', 's', 's/', 's/a/b', 's/a/undo/x', 's/a/0', 's/a/undo/2/3']) expect(readKey(odd)).toBeNull();
});
