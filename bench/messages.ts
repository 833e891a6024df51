/**
 * CPU of the reliability core alone: a saga of six remote steps over two rooms on SQLite files, 12 messages each, many at a
 * time. `node bench/messages.ts [sagas]` prints a line.
 */
import { z } from 'zod';
import type { SagaDefinition } from '#platform/saga/saga.ts';
import type { RoomDefinition } from '#platform/subgraph/room.ts';
import { openMall } from '#platform/subgraph/testing.ts';

const SAGAS = Number(process.argv[2] ?? 2_000);
const AT_ONCE = 32;
const STEPS = 6;
const schema = new URL('../platform/subgraph/fixtures/probe.graphql', import.meta.url);

const shed: RoomDefinition = {
  name: 'shed', schema, entities: [], migrations: [],
  build: () => ({ resolvers: {}, commands: [{ type: 'take', input: z.object({ orderId: z.string() }), handle: async () => ({ outcome: 'done' }) }] }),
};
const ask = (state: { orderId: string }) => ({ room: 'shed', command: 'take', input: { orderId: state.orderId } });
const ended = new Map<string, () => void>();
const saga: SagaDefinition<{ orderId: string }> = {
  name: 'order',
  steps: Array.from({ length: STEPS }, (_, index) => ({ name: `step-${index}`, ask, undo: ask, withinMs: 60_000, pivot: index === 3 })),
  async onChange(tx, id, _, change) {
    if (change.kind === 'done') tx.afterCommit(() => ended.get(id)?.());
  },
};
const desk: RoomDefinition = { name: 'desk', schema, entities: [], migrations: [], build: () => ({ resolvers: {}, sagas: [saga] }) };

const mall = await openMall({ rooms: [desk, shed] });
const { deps } = mall.room('desk');
let next = 0;
const latencies: number[] = [];
async function shopper(count: number): Promise<void> {
  while (next < count) {
    const id = `o${next++}`;
    const begunMs = performance.now();
    const end = new Promise<void>((resolve) => ended.set(id, resolve));
    await deps.database.transaction((tx) => deps.sagas.start(tx, saga, id, { orderId: id }));
    await end;
    latencies.push(performance.now() - begunMs);
    ended.delete(id);
  }
}
const run = (count: number) => Promise.all(Array.from({ length: AT_ONCE }, () => shopper(count)));

await run(Math.ceil(SAGAS / 4));
latencies.length = 0;
const from = next;
const cpu = process.cpuUsage();
const begunMs = performance.now();
await run(from + SAGAS);
const { user, system } = process.cpuUsage(cpu);
const wallMs = performance.now() - begunMs;
latencies.sort((a, b) => a - b);
const cpuMs = (user + system) / 1_000 / SAGAS;
console.log(
  `${SAGAS} sagas, ${STEPS * 2} messages each, ${AT_ONCE} at once: ${cpuMs.toFixed(2)} ms CPU a saga, ${(cpuMs / STEPS / 2).toFixed(3)} ms a message; ` +
    `${(SAGAS / (wallMs / 1_000)).toFixed(0)} sagas/s, p50 ${latencies[SAGAS >> 1]!.toFixed(0)} ms, p99 ${latencies[Math.floor(SAGAS * 0.99)]!.toFixed(0)} ms`,
);
await mall.close();
