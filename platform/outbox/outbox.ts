/** The outbox of a room: a message is a row in the transaction of the fact it tells. */
import type { Message, Outbox } from '#platform/bus/bus.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { Fault } from '#platform/errors.ts';

/** A message says what happened, not everything about it. */
export const MAX_MESSAGE_BYTES = 256 * 1024;

export interface OutboxOptions {
  room: string;
  clock: Clock;
  ids: Ids;
  /** Told after each commit, in the order of adding: the relay. */
  committed(entry: OutboxEntry): void;
}

export interface OutboxEntry {
  topic: string;
  message: Message;
}

export function createOutbox({ room, clock, ids, committed }: OutboxOptions): Outbox {
  const source = `/${room}`;
  return {
    async add(tx, { topic, type, version, subject, data }) {
      const message: Message = {
        specversion: '1.0',
        id: ids.uuid(),
        source,
        type,
        subject,
        time: new Date(clock.nowMs()).toISOString(),
        datacontenttype: 'application/json',
        dataschema: `gomall:${topic}/${type}/${version}`,
        data,
      };
      const text = JSON.stringify(message);
      if (text.length > MAX_MESSAGE_BYTES) throw new Fault('INTERNAL', `The message ${type} of ${room} is larger than ${MAX_MESSAGE_BYTES} bytes.`);
      await tx.execute('insert into platform_outbox (id, topic, subject, message) values (?, ?, ?, ?)', [message.id, topic, subject, text]);
      tx.afterCommit(() => committed({ topic, message }));
      return { id: message.id };
    },
  };
}
