import type { Message } from './bus.ts';

/** Longer text of what is no message is cut. */
const MAX_QUOTED = 1_000;
export const UNREADABLE = 'message.unreadable';

/** A record of Kafka as a message. What somebody else wrote there becomes one of the type UNREADABLE, which nobody handles. */
export function readRecord(topic: string, partition: number, record: { key: Buffer | null; value: Buffer | null; offset: string }): Message {
  const text = record.value?.toString('utf8') ?? '';
  const message = parsed(text);
  if (message) return message;
  return {
    specversion: '1.0',
    id: `${topic}/${partition}/${record.offset}`.slice(-64),
    source: '/unknown',
    type: UNREADABLE,
    subject: (record.key?.toString('utf8') ?? '').slice(0, 128),
    time: new Date(0).toISOString(),
    datacontenttype: 'application/json',
    dataschema: `gomall:${topic}/${UNREADABLE}/1`,
    data: text.slice(0, MAX_QUOTED),
  };
}

function parsed(text: string): Message | null {
  try {
    const value = JSON.parse(text) as Partial<Message> | null;
    const named = [value?.id, value?.source, value?.type, value?.subject].every((part) => typeof part === 'string');
    return named ? (value as Message) : null;
  } catch {
    return null;
  }
}
