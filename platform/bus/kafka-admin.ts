/** Questions to the cluster: over one connection, each answered in time or not at all. */
import type { Admin } from 'kafkajs';
import { Fault } from '#platform/errors.ts';
import type { Client } from './kafka-client.ts';
import { within } from './kafka-patience.ts';

const ANSWER_WITHIN_S = 10;

export class Questions {
  readonly #open: () => Client;
  #current: { client: Client; admin: Promise<Admin> } | null = null;
  #isClosed = false;

  constructor(open: () => Client) {
    this.#open = open;
  }

  /** Rejects when no answer came; the next question goes over a new connection then. */
  async ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    if (this.#isClosed) throw new Error('the bus has stopped');
    const current = (this.#current ??= this.#connect());
    try {
      return await within(ANSWER_WITHIN_S, 'Kafka', current.admin.then(question));
    } catch (error) {
      if (!(error instanceof Fault) && this.#current === current) {
        this.#current = null;
        current.client.cut();
      }
      throw error;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#current?.client.cut();
    this.#current = null;
  }

  #connect(): { client: Client; admin: Promise<Admin> } {
    const client = this.#open();
    const admin = client.kafka.admin();
    return { client, admin: admin.connect().then(() => admin) };
  }
}
