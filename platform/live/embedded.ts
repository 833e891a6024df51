/** The embedded live port: listeners of this process. */
import { Listener } from './listener.ts';
import type { Live } from './live.ts';

export function createEmbeddedLive(): Live {
  const channels = new Map<string, Set<Listener>>();
  let closed = false;

  return {
    publish(channel, payload) {
      for (const listener of channels.get(channel) ?? []) listener.push(payload);
    },
    listen(channel, signal) {
      const listener = new Listener(() => {
        signal?.removeEventListener('abort', abort);
        const rest = channels.get(channel);
        rest?.delete(listener);
        if (rest?.size === 0) channels.delete(channel);
      });
      const abort = () => listener.end();
      if (closed || signal?.aborted) {
        listener.end();
        return listener;
      }
      const listeners = channels.get(channel) ?? new Set();
      channels.set(channel, listeners.add(listener));
      signal?.addEventListener('abort', abort, { once: true });
      return listener;
    },
    async close() {
      closed = true;
      for (const listeners of [...channels.values()]) for (const listener of [...listeners]) listener.end();
    },
  };
}
