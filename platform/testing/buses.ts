/** Buses for tests: the embedded one, or, where TEST_ENGINES names kafka, one on topics of the test's own. */
import { basename } from 'node:path';
import { createEmbeddedBus, type CarryingBus, type EmbeddedBusOptions } from '#platform/bus/embedded.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { engineAddress } from '#tests/engines.ts';

/** Few, since every test makes them anew. */
const PARTITIONS = 2;

export interface TestBusOptions extends EmbeddedBusOptions {
  /** The test's own folder; on Kafka its name tells malls apart. A bus of the same place goes on where the former one was stopped or killed. */
  place: string;
  /** Every room that is told of, there or played by the test. */
  rooms: readonly string[];
}

/** Kafka is never rude: it has no seed to be so the same way again. */
export async function createTestBus({ place, rooms, ...options }: TestBusOptions): Promise<CarryingBus> {
  const addresses = testBrokers(place);
  if (addresses === null) return createEmbeddedBus(options);
  const { createKafkaBus } = await import('#platform/bus/kafka.ts');
  return createKafkaBus({ ...options, addresses, rooms, partitions: PARTITIONS });
}

/** After the buses of the place have stopped. */
export async function dropTestTopics(place: string): Promise<void> {
  const addresses = testBrokers(place);
  if (addresses !== null) await removeTopics(addresses);
}

/** `KAFKA_BROKERS` for a mall of this place; null where the tests were not asked to run on Kafka. */
export function testBrokers(place: string): string | null {
  const address = engineAddress('kafka');
  return address === null ? null : `${address}?prefix=${basename(place)}`;
}

/** Removes every topic of the prefix in `addresses`; one that is being removed already may still be listed. */
export async function removeTopics(addresses: string): Promise<void> {
  const { connectKafka, readAddresses } = await import('#platform/bus/kafka-client.ts');
  const { brokers, prefix } = readAddresses(addresses);
  const admin = connectKafka(brokers, createLogger('silent')).admin();
  await admin.connect();
  try {
    const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(`${prefix}.`));
    if (topics.length > 0) {
      await admin.deleteTopics({ topics }).catch((error: Error) => {
        if (!/does not host this topic/.test(`${error.message} ${(error.cause as Error | undefined)?.message}`)) throw error;
      });
    }
  } finally {
    await admin.disconnect();
  }
}
