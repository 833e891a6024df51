/** A process of the mill, for tests and benches that kill and pause it: told what to do by its parent, it tells what it has heard. */
import { systemClock } from '#platform/clock/system.ts';
import { bake, grind, mill } from '#platform/testing/mill.ts';
import { Replicas } from '#platform/testing/replicas.ts';

export type Order = { grind: string } | { bake: string };
/** `atMs`: of the machine's monotonic clock, which all processes share. */
export type Told = { ready: true } | { ground: string; number: number; atMs: number } | { baking: string } | { heard: string; number: number; atMs: number };

const [place] = process.argv.slice(2);
if (!place || !process.send) throw new Error('this is started by a test, with the place of its databases');
const tell = (told: Told) => process.send!(told);
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;

const definition = mill({ inspector: String(process.pid), heard: (subject, number) => tell({ heard: subject, number, atMs: nowMs() }) });
const { hosted } = await new Replicas(definition, place).open({ clock: systemClock });
const { database, sagas } = hosted.deps;

process.on('message', async (order: Order) => {
  if ('grind' in order) {
    const number = await grind(hosted.deps, order.grind);
    tell({ ground: order.grind, number, atMs: nowMs() });
  } else {
    await database.transaction((tx) => sagas.start(tx, bake, order.bake, { id: order.bake }));
    tell({ baking: order.bake });
  }
});
// Without a parent there is nobody to end it.
process.on('disconnect', () => process.exit(0));
tell({ ready: true });
