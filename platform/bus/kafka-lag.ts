import type { Questions } from './kafka-admin.ts';

/** What waits for each group, as the brokers tell it, whatever this process believes. */
export function lagOf(questions: Questions, prefix: string, nameOf: (topic: string) => string, listeners: readonly { room: string; topics: string[] }[]): Promise<{ room: string; topic: string; messages: number }[]> {
  return questions.ask(async (admin) => {
    const topics = [...new Set(listeners.flatMap((each) => each.topics))];
    const ends = new Map(await Promise.all(topics.map(async (topic) => [topic, await admin.fetchTopicOffsets(topic)] as const)));
    const lags = await Promise.all(
      listeners.map(async ({ room, topics: heard }) => {
        const offsets = await admin.fetchOffsets({ groupId: `${prefix}.${room}`, topics: heard });
        return offsets.map(({ topic, partitions }) => {
          const committed = new Map(partitions.map(({ partition, offset }) => [partition, Number(offset)]));
          const messages = ends.get(topic)!.reduce((sum, { partition, high, low }) => sum + Math.max(0, Number(high) - Math.max(committed.get(partition) ?? -1, Number(low))), 0);
          return { room, topic: nameOf(topic), messages };
        });
      }),
    );
    return lags.flat();
  });
}
