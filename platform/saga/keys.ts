/**
 * Keys of a saga's asks: `sagaId/step`, its undo `sagaId/step/undo`. The same ask made again keeps its key. An ask that
 * was refused and is made anew, which only happens after the pivot or to an undo, gets a number: `sagaId/step/2`.
 */
export interface AskKey {
  sagaId: string;
  step: string;
  undo: boolean;
  round: number;
}

export function writeKey({ sagaId, step, undo, round }: AskKey): string {
  return `${sagaId}/${step}${undo ? '/undo' : ''}${round > 0 ? `/${round + 1}` : ''}`;
}

/** Null for what is no key of a saga. */
export function readKey(key: string): AskKey | null {
  const [sagaId, step, ...rest] = key.split('/');
  if (!sagaId || !step) return null;
  const undo = rest[0] === 'undo';
  const [number, ...more] = undo ? rest.slice(1) : rest;
  if (more.length > 0) return null;
  if (number === undefined) return { sagaId, step, undo, round: 0 };
  return /^[1-9]\d{0,5}$/.test(number) ? { sagaId, step, undo, round: Number(number) - 1 } : null;
}
