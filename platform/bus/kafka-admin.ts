/** Questions to the cluster: over one connection, each answered in time or not at all. */
import type { Admin } from 'kafkajs';
import { Fault } from '#platform/errors.ts';
import type { Client } from './kafka-client.ts';
import { within } from './kafka-patience.ts';

const ANSWER_WITHIN_S = 10;

interface Connection {
  client: Client;
  admin: Promise<Admin>;
  /** Questions that wait for their answer. */
  open: number;
}

export class Questions {
  readonly #open: () => Client;
  #current: Connection | null = null;
  #isClosed = false;

  constructor(open: () => Client) {
    this.#open = open;
  }

  /** Rejects when no answer came. The next question goes over a new connection then; others keep theirs to the end. */
  async ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    if (this.#isClosed) throw new Error('the bus has stopped');
    const connection = (this.#current ??= this.#connect());
    connection.open++;
    try {
      return await within(ANSWER_WITHIN_S, 'Kafka', connection.admin.then(question));
    } catch (error) {
      if (!(error instanceof Fault) && this.#current === connection) this.#current = null;
      throw error;
    } finally {
      connection.open--;
      if (connection.open === 0 && this.#current !== connection) connection.client.cut();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#current?.client.cut();
    this.#current = null;
  }

  #connect(): Connection {
    const client = this.#open();
    const admin = client.kafka.admin();
    return { client, admin: admin.connect().then(() => admin), open: 0 };
  }
}
