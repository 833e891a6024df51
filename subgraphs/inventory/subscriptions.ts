/** Stock, live: a hint wakes the reader, the database says how things stand. */
import { createMailbox, stream } from '#platform/live/mailbox.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { availableOf, type Level } from './level.ts';
import { readLevels } from './read-levels.ts';
import { levelChannel, LOW_CHANNEL } from './tell-changes.ts';

/** These variants' stock now, then each change that shows. */
export function stockChanged(deps: RoomDeps, variantIds: readonly string[], clientGone?: AbortSignal) {
  return stream(async function* (signal) {
    const mailbox = createMailbox(signal);
    const shown = new Map<string, string>();
    for (const variantId of variantIds) {
      mailbox.follow(deps.live, levelChannel(variantId), variantId);
      mailbox.add(variantId);
    }
    for (let changed = await mailbox.take(); changed; changed = await mailbox.take()) {
      const levels = await readLevels(deps.database, deps.shop, [...changed]);
      for (const variantId of changed) {
        const level = levels.get(variantId) ?? null;
        const numbers = fingerprint(level);
        if (shown.get(variantId) === numbers) continue;
        shown.set(variantId, numbers);
        yield { stockChanged: { id: variantId, level } };
      }
    }
  }, clientGone);
}

/** Each variant that falls to its threshold; one that is back above it before it is read is left out. */
export function stockLow(deps: RoomDeps, clientGone?: AbortSignal) {
  return stream(async function* (signal) {
    const mailbox = createMailbox(signal);
    mailbox.follow(deps.live, LOW_CHANNEL, null);
    for (let fallen = await mailbox.take(); fallen; fallen = await mailbox.take()) {
      for (const level of (await readLevels(deps.database, deps.shop, [...fallen])).values()) {
        const available = availableOf(level);
        if (available > level.threshold) continue;
        yield { stockLow: { variant: { id: level.variantId, level }, available, threshold: level.threshold } };
      }
    }
  }, clientGone);
}

const fingerprint = (level: Level | null): string => (level ? `${level.onHand} ${level.held} ${level.threshold}` : '');
