/**
 * What a room does about messages. Each handler runs in one transaction together with the inbox row of the message
 * and room, so an effect happens once however often the message comes.
 */
import type { z } from 'zod';
import type { Message, Topic } from '#platform/bus/bus.ts';
import type { Transaction } from '#platform/database/database.ts';

/** A reaction to an event of another room (or of this one). */
export interface EventHandler<Data = any> {
  topic: Topic;
  type: string;
  data: z.ZodType<Data>;
  /** Everything it changes goes through `tx`; throwing rolls back and the bus tries again. */
  handle(tx: Transaction, data: Data, message: Message<Data>): Promise<void>;
}

/** A read model of one process: no transaction, no inbox, called for every message in every process. */
export interface Watcher<Data = any> {
  topic: Topic;
  type: string;
  data: z.ZodType<Data>;
  handle(data: Data, message: Message<Data>): Promise<void>;
}

/** The answer to a command, sent to `gomall.<room>.replies` with the command's subject. */
export type Reply =
  | { outcome: 'done'; data?: Record<string, unknown> }
  /** The business says no: final, never tried again. */
  | { outcome: 'refused'; code: string; message: string; data?: Record<string, unknown> }
  /** Another party thinks; a final reply follows. `untilMs` extends the asker's patience (Unix ms). */
  | { outcome: 'waiting'; untilMs: number; data?: Record<string, unknown> };

/** Data of every command: `key` is `<orderId>/<step>` and makes the ask idempotent; an undo names the ask it undoes. */
export interface CommandEnvelope<Input = unknown> {
  key: string;
  /** Set on an undo: the key of the ask. An ask that comes after its undo (tombstone) is refused with UNDONE. */
  undoes?: string;
  input: Input;
}

/**
 * A command this room obeys. `handle` runs once a key, in the transaction that also stores and sends its reply; a
 * repeat of the key sends the stored reply again. Returning null means: the room answers later itself, through
 * `Commands.reply`, when a party outside has spoken (never wait for one inside the transaction).
 */
export interface CommandHandler<Input = any> {
  type: string;
  input: z.ZodType<Input>;
  handle(tx: Transaction, input: Input, command: { key: string; undoes?: string; subject: string }): Promise<Reply | null>;
}

export interface Commands {
  /** Stores and sends the reply of a command answered late (or a final one after `waiting`), in the caller's transaction. */
  reply(tx: Transaction, command: { key: string; subject: string }, reply: Reply): Promise<void>;
}
