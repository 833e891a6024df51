/** For tests on a shared cluster: every mall has a prefix of its own, and takes its topics away. */
import { createLogger } from '#platform/telemetry/log.ts';
import { brokersOf, connectKafka } from './kafka-client.ts';

export async function removeTopics(addresses: string, prefix: string): Promise<void> {
  const admin = connectKafka(brokersOf(addresses), createLogger('silent')).admin();
  await admin.connect();
  const topics = (await admin.listTopics()).filter((topic) => topic.startsWith(`${prefix}.`));
  if (topics.length > 0) await admin.deleteTopics({ topics });
  await admin.disconnect();
}
