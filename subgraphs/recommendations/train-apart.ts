/** Trains in a thread of its own, with the lowest priority, so that shoppers do not notice. */
import { Worker } from 'node:worker_threads';
import type { Trained } from './model/train.ts';
import type { OfflineScore } from './model/model.ts';
import type { TrainingOrder, TrainingWord } from './model/training-worker.ts';

export interface TrainedFile {
  file: Uint8Array;
  offline: OfflineScore;
  beside: Trained['beside'];
}

export interface Listening {
  signal: AbortSignal;
  /** From 0 to 1. */
  progress(share: number): void;
  engine(engine: string, reason: string): void;
}

/** A training that needs more is ended, and the shop goes on. */
const HEAP_MAX_MB = 1_024;

/** Or why there is too little to learn from. Rejects when training fails, with the signal's reason when it is aborted. */
export function trainApart(order: TrainingOrder, { signal, progress, engine }: Listening): Promise<TrainedFile | { tooLittle: string }> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('./model/training-worker.ts', import.meta.url), { workerData: order, resourceLimits: { maxOldGenerationSizeMb: HEAP_MAX_MB }, execArgv: ['--disable-warning=ExperimentalWarning'] });
  const abort = () => void worker.terminate();
  signal.addEventListener('abort', abort, { once: true });
  const trained = new Promise<TrainedFile | { tooLittle: string }>((resolve, reject) => {
    worker.on('message', (word: TrainingWord) => {
      if (word.kind === 'progress') progress(word.share);
      else if (word.kind === 'engine') engine(word.engine, word.reason);
      else if (word.kind === 'too little') resolve({ tooLittle: word.reason });
      else resolve({ file: word.file, offline: word.offline, beside: word.beside });
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(signal.aborted ? signal.reason : new Error(`the training ended with ${code}`)));
  });
  return trained.finally(() => {
    signal.removeEventListener('abort', abort);
    return worker.terminate();
  });
}
