/**
 * The commands a room obeys: a row a key keeps the reply, so a repeat is answered the same, and an undo is remembered
 * as a tombstone, so an ask that comes after it does nothing.
 */
import { z } from 'zod';
import type { Bus, Message, Outbox } from '#platform/bus/bus.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database, Transaction } from '#platform/database/database.ts';
import type { CommandEnvelope, CommandHandler, Commands, Reply } from './inbox.ts';
import { validated } from './receive.ts';

const envelope: z.ZodType<CommandEnvelope> = z.object({
  key: z.string().min(1).max(191),
  undoes: z.string().min(1).max(191).optional(),
  input: z.unknown(),
});

/** Data of a reply. */
export interface ReplyEnvelope {
  key: string;
  reply: Reply;
}

const data = z.record(z.string(), z.unknown()).optional();
export const replyEnvelope: z.ZodType<ReplyEnvelope> = z.object({
  key: z.string().min(1).max(191),
  reply: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('done'), data }),
    z.object({ outcome: z.literal('refused'), code: z.string(), message: z.string(), data }),
    z.object({ outcome: z.literal('waiting'), untilMs: z.number(), data }),
  ]),
});

const UNDONE: Reply = { outcome: 'refused', code: 'UNDONE', message: 'This was called off before it was asked.' };
const NOTHING_TO_UNDO: Reply = { outcome: 'done' };
/** The row of an undo that came before its ask has no type to speak of. */
const TOMBSTONE = '';

interface CommandRow {
  type: string;
  reply: string | null;
  undone: number;
}

interface Parts {
  room: string;
  database: Database;
  outbox: Outbox;
  clock: Clock;
}

export function createCommands({ room, outbox, clock }: Parts): Commands {
  return {
    async reply(tx, command, reply) {
      const row = await rowOf(tx, command.key);
      if (!row) throw new Error(`${room} answers the command ${command.key}, which it has never received`);
      await tx.execute('update platform_command set reply = ?, at_ms = ? where command_key = ?', [JSON.stringify(reply), clock.nowMs(), command.key]);
      await send(tx, outbox, room, row.type, command, reply);
    },
  };
}

/** Subscribes the room to its own commands. Before the bus starts. */
export function listenToCommands(handlers: readonly CommandHandler[], bus: Bus, parts: Parts): void {
  const byType = new Map(handlers.map((handler) => [handler.type, handler]));
  bus.subscribe({
    topic: `gomall.${parts.room}.commands`,
    room: parts.room,
    mode: 'group',
    async handle(message) {
      const handler = byType.get(message.type);
      // Tried again for a while: during a rolling restart a process of the next version knows it.
      if (!handler) throw new Error(`${parts.room} knows no command ${message.type}`);
      const { key, undoes, input } = validated(envelope, message.data, message.type);
      const valid = validated(handler.input, input, message.type);
      await parts.database.transaction((tx) => obey(tx, handler, message, { key, undoes, subject: message.subject }, valid, parts));
    },
  });
}

async function obey(tx: Transaction, handler: CommandHandler, message: Message, command: { key: string; undoes?: string; subject: string }, input: unknown, parts: Parts): Promise<void> {
  const { room, outbox, clock } = parts;
  const known = await rowOf(tx, command.key);
  if (known) {
    // A key whose answer is still to come is answered when it comes.
    const reply = known.undone ? UNDONE : known.reply === null ? null : (JSON.parse(known.reply) as Reply);
    if (reply) await send(tx, outbox, room, message.type, command, reply);
    return;
  }
  const needed = command.undoes === undefined || (await takeBack(tx, command.undoes, clock.nowMs()));
  const reply = needed ? await handler.handle(tx, input, command) : NOTHING_TO_UNDO;
  await tx.execute('insert into platform_command (command_key, type, reply, undone, at_ms) values (?, ?, ?, 0, ?)', [
    command.key,
    message.type,
    reply === null ? null : JSON.stringify(reply),
    clock.nowMs(),
  ]);
  if (reply) await send(tx, outbox, room, message.type, command, reply);
}

/** Marks the ask as undone, whether it has come or not; true when it may have had an effect. */
async function takeBack(tx: Transaction, askKey: string, nowMs: number): Promise<boolean> {
  if (await tx.insertIfAbsent('platform_command', { command_key: askKey, type: TOMBSTONE, reply: null, undone: 1, at_ms: nowMs })) return false;
  const ask = await rowOf(tx, askKey);
  await tx.execute('update platform_command set undone = 1 where command_key = ?', [askKey]);
  if (ask!.type === TOMBSTONE) return false;
  return ask!.reply === null || (JSON.parse(ask!.reply) as Reply).outcome !== 'refused';
}

async function rowOf(tx: Transaction, key: string): Promise<CommandRow | undefined> {
  const [row] = await tx.query<CommandRow>(`select type, reply, undone from platform_command where command_key = ?${tx.forUpdate}`, [key]);
  return row;
}

async function send(tx: Transaction, outbox: Outbox, room: string, type: string, { key, subject }: { key: string; subject: string }, reply: Reply): Promise<void> {
  const data: ReplyEnvelope = { key, reply };
  await outbox.add(tx, { topic: `gomall.${room}.replies`, type: `${type}.reply`, version: 1, subject, data });
}
