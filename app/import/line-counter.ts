/** Knows on which line a place of a stream stands. The parser's own count takes a CRLF inside a text for two. */
import { Transform, type TransformCallback } from 'node:stream';

const [LF, CR] = [0x0a, 0x0d];

/** Passes bytes on and remembers where lines end, until somebody has asked beyond. */
export class LineCounter extends Transform {
  /** Offsets behind each end of a line, not asked for yet. */
  #ends: number[] = [];
  #passed = 0;
  #bytes = 0;
  #afterCr = false;

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index];
      if (byte === LF) this.#ends.push(this.#bytes + index + 1);
      else if (this.#afterCr) this.#ends.push(this.#bytes + index);
      this.#afterCr = byte === CR;
    }
    this.#bytes += chunk.length;
    done(null, chunk);
  }

  /**
   * The line, from 1, on which a record begins that ends at `bytes`; ask in the order of the file.
   * @param raw The record's text; empty lines before it and the end of its own line may be part of it.
   */
  startOf(raw: string, bytes: number): number {
    let index = 0;
    while (index < this.#ends.length && this.#ends[index]! <= bytes) index++;
    this.#passed += index;
    this.#ends.splice(0, index);
    const own = raw.replace(/^[\r\n]+/, '').match(/\r\n|\n|\r/g)?.length ?? 0;
    return this.#passed + 1 - own;
  }
}
