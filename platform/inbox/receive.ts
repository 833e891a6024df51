/** Wires what a room listens to: event handlers and watchers to subscriptions, with inbox and validation in front. */
import type { z } from 'zod';
import { Unhandleable, type Bus, type Message, type Topic } from '#platform/bus/bus.ts';
import type { Clock } from '#platform/clock/clock.ts';
import type { Database, Transaction } from '#platform/database/database.ts';
import type { EventHandler, Watcher } from './inbox.ts';

/** Data as its contract has it; what is not can never be handled. */
export function validated<Data>(schema: z.ZodType<Data>, data: unknown, what: string): Data {
  const result = schema.safeParse(data);
  if (result.success) return result.data;
  const problems = result.error.issues.slice(0, 5).map((issue) => `${issue.path.join('.') || 'data'}: ${issue.message}`);
  throw new Unhandleable(`${what} is not valid: ${problems.join('; ')}`);
}

/** True the first time this room meets the message; the row stands and falls with the transaction. */
export function firstTime(tx: Transaction, message: Message, nowMs: number): Promise<boolean> {
  return tx.insertIfAbsent('platform_inbox', { message_id: message.id, source: message.source, at_ms: nowMs });
}

export function listenToEvents(room: string, handlers: readonly EventHandler[], parts: { bus: Bus; database: Database; clock: Clock }): void {
  for (const [topic, ofTopic] of byTopic(handlers)) {
    parts.bus.subscribe({
      topic,
      room,
      mode: 'group',
      async handle(message) {
        const wanted = ofTopic.get(message.type);
        if (!wanted) return;
        const parsed = wanted.map((handler) => validated(handler.data, message.data, message.type));
        await parts.database.transaction(async (tx) => {
          if (!(await firstTime(tx, message, parts.clock.nowMs()))) return;
          for (const [index, handler] of wanted.entries()) await handler.handle(tx, parsed[index], message);
        });
      },
    });
  }
}

export function listenAsWatchers(room: string, watchers: readonly Watcher[], bus: Bus): void {
  for (const [topic, ofTopic] of byTopic(watchers)) {
    bus.subscribe({
      topic,
      room,
      mode: 'every',
      async handle(message) {
        for (const watcher of ofTopic.get(message.type) ?? []) await watcher.handle(validated(watcher.data, message.data, message.type), message);
      },
    });
  }
}

function byTopic<Listener extends { topic: Topic; type: string }>(listeners: readonly Listener[]): Map<Topic, Map<string, Listener[]>> {
  const topics = new Map<Topic, Map<string, Listener[]>>();
  for (const listener of listeners) {
    const types = topics.get(listener.topic) ?? new Map<string, Listener[]>();
    topics.set(listener.topic, types);
    types.set(listener.type, [...(types.get(listener.type) ?? []), listener]);
  }
  return topics;
}
