/**
 * What could not be handled, as rows in the database of the room that told it (embedded) or that listens (Kafka):
 * deliveries to be tried again, and dead letters. A message that is handled at the first attempt never comes here.
 */
import type { Ids } from '#platform/ids/ids.ts';
import type { Database, Transaction } from '#platform/database/database.ts';
import type { DeadLetter, Message, Topic } from './bus.ts';

/** Deliveries read at once at the start. */
const MAX_WAITING = 20_000;
const MAX_ERROR_LENGTH = 2_000;

export interface WaitingDelivery {
  room: string;
  topic: string;
  message: Message;
  attempts: number;
  nextAtMs: number;
  /** Order among the deliveries of one topic and subject: the offset on Kafka. */
  place?: number;
}

export class Deliveries {
  readonly #database: Database;
  readonly #ids: Ids;

  constructor(database: Database, ids: Ids) {
    this.#database = database;
    this.#ids = ids;
  }

  async waiting(): Promise<WaitingDelivery[]> {
    const rows = await this.#database.query<{ room: string; topic: string; message: string; attempts: number; next_at_ms: number }>(
      `select room, topic, message, attempts, next_at_ms from platform_delivery order by place, message_id limit ${MAX_WAITING}`,
    );
    return rows.map((row) => ({
      room: row.room,
      topic: row.topic,
      message: JSON.parse(row.message) as Message,
      attempts: Number(row.attempts),
      nextAtMs: Number(row.next_at_ms),
    }));
  }

  /** Rows for messages of one subject, the first of which failed, in one transaction; those that are there stay as they are. */
  async park(deliveries: readonly WaitingDelivery[], error: string | null): Promise<void> {
    await this.#database.transaction(async (tx) => {
      for (const [index, { room, topic, message, attempts, nextAtMs, place = 0 }] of deliveries.entries()) {
        await tx.insertIfAbsent('platform_delivery', {
          message_id: message.id, room, topic, subject: message.subject, place, message: JSON.stringify(message), attempts, next_at_ms: nextAtMs,
          error: index === 0 ? (error?.slice(0, MAX_ERROR_LENGTH) ?? null) : null,
        });
      }
    });
  }

  /** Whether a message of this subject waits, so that a later one must not overtake it. */
  async waits(room: string, topic: string, subject: string): Promise<boolean> {
    const rows = await this.#database.query('select message_id from platform_delivery where room = ? and topic = ? and subject = ? limit 1', [room, topic, subject]);
    return rows.length > 0;
  }

  /** Subjects of a room that wait, as `topic\nsubject`. */
  async waitingSubjects(room: string): Promise<string[]> {
    const rows = await this.#database.query<{ topic: string; subject: string }>('select distinct topic, subject from platform_delivery where room = ?', [room]);
    return rows.map(({ topic, subject }) => `${topic}\n${subject}`);
  }

  async postpone(delivery: WaitingDelivery, error: string): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const { room, topic, message, attempts, nextAtMs } = delivery;
      const text = error.slice(0, MAX_ERROR_LENGTH);
      const { changed } = await tx.execute(
        'update platform_delivery set attempts = ?, next_at_ms = ?, error = ? where message_id = ? and room = ?',
        [attempts, nextAtMs, text, message.id, room],
      );
      if (changed > 0) return;
      await tx.insertIfAbsent('platform_delivery', {
        message_id: message.id, room, topic, subject: message.subject, message: JSON.stringify(message), attempts, next_at_ms: nextAtMs, error: text,
      });
    });
  }

  async handled(messageId: string, room: string): Promise<void> {
    await this.#database.transaction((tx) => tx.execute('delete from platform_delivery where message_id = ? and room = ?', [messageId, room]));
  }

  /** The delivery becomes a dead letter of the consumer; `also` stands and falls with it. */
  async bury(room: string, topic: string, message: Message, attempts: number, error: string, atMs: number, also?: (tx: Transaction, id: string) => Promise<void>): Promise<void> {
    await this.#database.transaction(async (tx) => {
      const id = this.#ids.uuid();
      await also?.(tx, id);
      await tx.insertIfAbsent('platform_dead_letter', {
        id, message_id: message.id, room, topic, message: JSON.stringify(message), error: error.slice(0, MAX_ERROR_LENGTH), attempts, at_ms: atMs,
      });
      await tx.execute('delete from platform_delivery where message_id = ? and room = ?', [message.id, room]);
    });
  }

  async deadLetters(limit: number): Promise<DeadLetter[]> {
    const rows = await this.#database.query<{ id: string; room: string; topic: string; message: string; error: string; attempts: number; at_ms: number }>(
      'select id, room, topic, message, error, attempts, at_ms from platform_dead_letter order by at_ms desc, id desc limit ?',
      [limit],
    );
    return rows.map((row) => ({
      id: row.id,
      room: row.room,
      topic: row.topic as Topic,
      message: JSON.parse(row.message) as Message,
      error: row.error,
      attempts: Number(row.attempts),
      atMs: Number(row.at_ms),
    }));
  }

  /** The dead letter becomes a delivery again; null when there is none. */
  async exhume(id: string, nowMs: number): Promise<WaitingDelivery | null> {
    return this.#database.transaction(async (tx) => {
      const [row] = await tx.query<{ message_id: string; room: string; topic: string; message: string }>(
        `select message_id, room, topic, message from platform_dead_letter where id = ?${tx.forUpdate}`,
        [id],
      );
      if (!row) return null;
      const message = JSON.parse(row.message) as Message;
      await tx.execute('delete from platform_dead_letter where id = ?', [id]);
      await tx.insertIfAbsent('platform_delivery', {
        message_id: row.message_id, room: row.room, topic: row.topic, subject: message.subject, message: row.message, attempts: 0, next_at_ms: nowMs, error: null,
      });
      return { room: row.room, topic: row.topic, message, attempts: 0, nextAtMs: nowMs };
    });
  }
}
