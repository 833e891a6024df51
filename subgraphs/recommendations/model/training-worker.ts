/** The thread that a model is trained in: told its interactions at the start, tells how far it is, and at the end the model's file. */
import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { openTensors, type TensorsBackend } from '#platform/tensors/tensors.ts';
import type { Interactions } from './interactions.ts';
import type { OfflineScore } from './model.ts';
import { readModel, writeModel } from './model-file.ts';
import { TooLittle, train, type Trained } from './train.ts';

export interface TrainingOrder {
  interactions: Interactions;
  seed: number;
  backend: TensorsBackend;
  /** The file of the model that is served now. */
  former: Uint8Array | null;
}

export type TrainingWord =
  | { kind: 'engine'; engine: string; reason: string }
  | { kind: 'progress'; share: number }
  | { kind: 'too little'; reason: string }
  | { kind: 'done'; file: Uint8Array; offline: OfflineScore; beside: Trained['beside'] };

/** Whatever else wants the processor has it first. On Linux this is of the thread alone. */
const LEAST_URGENT = 19;
const STEPS_TOLD = 100;

if (process.platform === 'linux') setPriority(LEAST_URGENT);
const order = workerData as TrainingOrder;
const tell = (word: TrainingWord, transfer: ArrayBuffer[] = []) => parentPort!.postMessage(word, transfer);

const { tf, engine, reason } = await openTensors(order.backend);
tell({ kind: 'engine', engine, reason });
try {
  const { model, beside } = train(tf, order.interactions, { seed: order.seed, former: order.former && readModel(order.former), progress: tellShare() });
  const file = new Uint8Array(writeModel(model));
  tell({ kind: 'done', file, offline: model.offline, beside }, [file.buffer]);
} catch (error) {
  if (!(error instanceof TooLittle)) throw error;
  tell({ kind: 'too little', reason: error.message });
}

function tellShare(): (share: number) => void {
  let told = 0;
  return (share) => {
    if (Math.floor(share * STEPS_TOLD) <= told) return;
    told = Math.floor(share * STEPS_TOLD);
    tell({ kind: 'progress', share });
  };
}
