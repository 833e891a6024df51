/** How far a listener has come in each of its partitions: everything before the position is handled or parked. */

interface Partition {
  topic: string;
  partition: number;
  /** Read, and not yet handled or parked; ascending. */
  inHand: Set<number>;
  /** The offset after the last that was read. */
  next: number;
  committed: number;
  /** The offset after the last message that is known to be there. */
  end: number;
}

export interface Position {
  topic: string;
  partition: number;
  offset: string;
}

const positionOf = ({ inHand, next }: Partition): number => inHand.values().next().value ?? next;

export class Positions {
  readonly #partitions = new Map<string, Partition>();

  /** A new assignment: what was known of the former one is forgotten. */
  assign(assigned: readonly { topic: string; partition: number; offset: number; end: number }[]): void {
    this.#partitions.clear();
    for (const { topic, partition, offset, end } of assigned) {
      this.#partitions.set(`${topic} ${partition}`, { topic, partition, inHand: new Set(), next: offset, committed: offset, end });
    }
  }

  clear(): void {
    this.#partitions.clear();
  }

  /** The message was read; the answer is called when its offset may be passed. */
  begin(topic: string, partition: number, offset: number): () => void {
    const found = this.#partitions.get(`${topic} ${partition}`);
    if (!found) return () => {};
    found.inHand.add(offset);
    found.next = Math.max(found.next, offset + 1);
    return () => void found.inHand.delete(offset);
  }

  /** Everything up to here was read, also what is no message. */
  passed(topic: string, partition: number, next: number): void {
    const found = this.#partitions.get(`${topic} ${partition}`);
    if (found) found.next = Math.max(found.next, next);
  }

  sawEnd(topic: string, partition: number, end: number): void {
    const found = this.#partitions.get(`${topic} ${partition}`);
    if (found) found.end = Math.max(found.end, end);
  }

  /** Messages that are there and not yet handled or parked. */
  lag(): number {
    let lag = 0;
    for (const partition of this.#partitions.values()) lag += Math.max(0, partition.end - positionOf(partition));
    return lag;
  }

  /** Positions that moved since they were last committed. */
  uncommitted(): Position[] {
    return [...this.#partitions.values()]
      .filter((partition) => positionOf(partition) > partition.committed)
      .map((partition) => ({ topic: partition.topic, partition: partition.partition, offset: String(positionOf(partition)) }));
  }

  committed(positions: readonly Position[]): void {
    for (const { topic, partition, offset } of positions) {
      const found = this.#partitions.get(`${topic} ${partition}`);
      if (found) found.committed = Math.max(found.committed, Number(offset));
    }
  }

  all(): Position[] {
    return [...this.#partitions.values()].map((partition) => ({ topic: partition.topic, partition: partition.partition, offset: String(positionOf(partition)) }));
  }
}
