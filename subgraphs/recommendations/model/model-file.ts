/**
 * A model as bytes: `GOMALL-MODEL-1` and a line's end, the length of a JSON head in four bytes, the head, the arrays one after the other,
 * each from a multiple of eight, and the SHA-256 of all before it. Numbers are little-endian, as on every machine this runs on.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Model } from './model.ts';

const MAGIC = Buffer.from('GOMALL-MODEL-1\n');
const DIGEST_BYTES = 32;
/** Larger files are refused unread. */
export const MODEL_BYTES_MAX = 512 << 20;

/** The bytes are no model of this version, or not those that were written. */
export class BrokenModel extends Error {
  constructor(problem: string) {
    super(`the model file is broken: ${problem}`);
    this.name = 'BrokenModel';
  }
}

const share = z.number().min(0).max(1);
const count = z.int().min(0);
const headSchema = z.object({
  items: z.array(z.string().min(1)),
  width: z.int().min(1).max(1_024),
  mixture: z.object({ lambda: z.number().positive(), decay: share, sequenceShare: z.number().min(0) }),
  offline: z.object({ ndcg: share, recall: share, popularityNdcg: share, popularityRecall: share, judged: count }),
  learntFrom: z.object({ interactions: count, users: count, untilMs: z.number() }),
  neighbours: count,
});

export function writeModel({ items, neighbours, sequence, mixture, offline, learntFrom }: Model): Uint8Array {
  const head = Buffer.from(JSON.stringify({ items, width: sequence.width, mixture, offline, learntFrom, neighbours: neighbours.items.length }));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  const parts: Uint8Array[] = [MAGIC, size, head];
  let length = MAGIC.length + size.length + head.length;
  for (const array of [neighbours.offsets, neighbours.items, neighbours.weights, sequence.had, sequence.next, sequence.bias]) {
    const gap = Buffer.alloc(aligned(length) - length);
    parts.push(gap, new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
    length += gap.length + array.byteLength;
  }
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return Buffer.concat([...parts, hash.digest()]);
}

/** @throws BrokenModel when a single bit is not as it was written, or the parts do not fit each other. */
export function readModel(bytes: Uint8Array): Model {
  if (bytes.length > MODEL_BYTES_MAX) throw new BrokenModel('it is too large');
  const bare = Buffer.from(bytes.buffer, bytes.byteOffset, Math.max(0, bytes.length - DIGEST_BYTES));
  if (!bare.subarray(0, MAGIC.length).equals(MAGIC)) throw new BrokenModel('it does not begin as one');
  if (!createHash('sha256').update(bare).digest().equals(bytes.subarray(bytes.length - DIGEST_BYTES))) throw new BrokenModel('its checksum is not that of its content');
  const headEnd = MAGIC.length + 4 + bare.readUInt32LE(MAGIC.length);
  const head = headSchema.safeParse(JSON.parse(bare.toString('utf8', MAGIC.length + 4, headEnd)));
  if (!head.success) throw new BrokenModel(head.error.issues[0]!.message);
  const { items, width, neighbours: edges, ...rest } = head.data;
  const next = takeArrays(bare, headEnd);
  const neighbours = { offsets: next(Int32Array, items.length + 1), items: next(Int32Array, edges), weights: next(Float32Array, edges) };
  const sequence = { width, had: next(Float32Array, items.length * width), next: next(Float32Array, items.length * width), bias: next(Float32Array, items.length) };
  if (neighbours.offsets.at(-1) !== edges || neighbours.items.some((item) => item < 0 || item >= items.length)) throw new BrokenModel('its neighbours do not fit its items');
  return { items, neighbours, sequence, ...rest };
}

type ArrayType<A> = { new (buffer: ArrayBuffer): A; BYTES_PER_ELEMENT: number };

function takeArrays(bytes: Buffer, from: number) {
  let at = from;
  return <A>(Type: ArrayType<A>, length: number): A => {
    at = aligned(at);
    const end = at + length * Type.BYTES_PER_ELEMENT;
    if (end > bytes.length) throw new BrokenModel('it ends too early');
    // A copy: the bytes may stand anywhere in memory, and are let go.
    const own = new ArrayBuffer(end - at);
    new Uint8Array(own).set(bytes.subarray(at, end));
    at = end;
    return new Type(own);
  };
}

const aligned = (at: number) => (at + 7) & ~7;
