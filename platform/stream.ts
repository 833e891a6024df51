/**
 * Streams that can be left at any time. A generator that waits for its next event cannot be ended from outside before
 * that event comes; these can, so a subscriber who goes away leaves nothing behind.
 */
export interface Stream<Value> extends AsyncIterableIterator<Value, undefined> {
  return(): Promise<IteratorResult<Value, undefined>>;
}

const END = { done: true, value: undefined } as const;

/**
 * What `source` brings, mapped one by one. `leave` is called once when the stream is over, whoever ended it. When
 * `source` fails, what `failed` makes of it is the last value. Rejects as `map` does, and is over then.
 */
export function mapStream<In, Out>(source: AsyncIterator<In>, map: (value: In) => Promise<Out>, leave: () => void, failed?: (error: unknown) => Promise<Out>): Stream<Out> {
  const left = Promise.withResolvers<typeof END>();
  let over = false;

  function end(): void {
    if (over) return;
    over = true;
    left.resolve(END);
    leave();
  }

  async function taken(): Promise<IteratorResult<In> | { failure: unknown }> {
    try {
      return await source.next();
    } catch (failure) {
      if (!failed) throw failure;
      return { failure };
    }
  }

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (over) return END;
      try {
        const result = await Promise.race([taken(), left.promise]);
        if ('failure' in result) {
          end();
          return { done: false, value: await failed!(result.failure) };
        }
        if (!result.done && !over) return { done: false, value: await map(result.value) };
      } catch (error) {
        end();
        throw error;
      }
      end();
      return END;
    },
    return() {
      const already = over;
      end();
      // Not waited for: a source that is a generator answers only after its next event. Its failure is nobody's any more.
      if (!already) source.return?.().then(undefined, () => undefined);
      return Promise.resolve(END);
    },
  };
}
