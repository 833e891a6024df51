/**
 * Messages between rooms, as CloudEvents 1.0 (https://github.com/cloudevents/spec). A room never publishes to the bus
 * itself: it adds the message to its outbox in the transaction of the fact (platform/outbox), and the relay delivers.
 *
 * Promise, the weaker of the engines: at least once; in order for messages with the same `subject` of one topic;
 * no order between subjects. A handler that fails is tried again with growing pauses and holds back only its own
 * subject; after the last attempt the message becomes a dead letter and the subject goes on.
 */
import type { Transaction } from '#platform/database/database.ts';

/**
 * `gomall.<room>.<kind>`; a room's commands go to its own topic, its replies come from its own topic; `dead` tells what
 * the room could not handle, where the bus has such topics.
 */
export type Topic = `gomall.${string}.${'events' | 'commands' | 'replies' | 'dead'}`;

export interface Message<Data = unknown> {
  specversion: '1.0';
  /** Unique with `source`; the inbox knows a message by it. */
  id: string;
  /** `/orders`: the room that tells. */
  source: string;
  /** Past tense for events (`order.placed`), imperative for commands (`hold-stock`), `<command>.reply` for replies. */
  type: string;
  /** The aggregate it is about; the key of order and of Kafka partitions. */
  subject: string;
  /** RFC 3339. */
  time: string;
  datacontenttype: 'application/json';
  /** `gomall:<topic>/<type>/<version>`; the JSON schema of `data` in schema/events. */
  dataschema: string;
  /** W3C trace context. */
  traceparent?: string;
  data: Data;
}

export interface Delivery {
  /** 1 for the first attempt. */
  attempt: number;
}

export interface Subscription {
  /** `gomall.*.replies`: of every room. */
  topic: Topic;
  /** Who listens: the room's name. */
  room: string;
  /**
   * `group`: once a room, however many processes it has; use the inbox. `every`: each process, without memory of
   * what it has handled, for read models that start from a snapshot.
   */
  mode: 'group' | 'every';
  handle(message: Message, delivery: Delivery): Promise<void>;
}

/** Thrown by a handler when no repeat can help: the message becomes a dead letter at once. */
export class Unhandleable extends Error {
  override readonly name = 'Unhandleable';
}

export interface DeadLetter {
  id: string;
  /** The room that could not handle it. */
  room: string;
  topic: Topic;
  message: Message;
  error: string;
  attempts: number;
  atMs: number;
}

export interface Bus {
  /** Before `start` only. */
  subscribe(subscription: Subscription): void;
  start(): Promise<void>;
  /** Ends after the messages in hand are handled or given back. */
  stop(): Promise<void>;
  deadLetters(limit: number): Promise<DeadLetter[]>;
  /** Delivers a dead letter again, from attempt 1; false when there is none with this id. */
  replay(id: string): Promise<boolean>;
}

/** What a room hands to its outbox; the rest of the envelope is filled in there. */
export interface OutgoingMessage {
  topic: Topic;
  type: string;
  version: number;
  subject: string;
  data: unknown;
}

export interface Outbox {
  /** Records the message in the caller's transaction; it is delivered after the commit, or never if it rolls back. */
  add(tx: Transaction, message: OutgoingMessage): Promise<{ id: string }>;
}
