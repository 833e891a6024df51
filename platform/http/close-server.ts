import { Server as NetServer } from 'node:net';
import type { Server } from 'node:http';
import type { Clock } from '#platform/clock/clock.ts';

/**
 * How long a client may still use a connection that was idle when we began to close: Node's keep-alive of 5 s, which
 * clients are told, with the second that Node waits longer itself.
 */
const IDLE_ENDS_WITHIN_MS = 6_500;

/**
 * Takes no more connections and resolves when the last has ended. `gentle`: connections that are idle are left to their
 * clients, who could be sending a request at this very moment (RFC 9112 section 9.5), and end by their own time-out; else
 * they are closed at once. Requests in flight are their owner's.
 */
export async function closeServer(server: Server, gentle: boolean, clock: Pick<Clock, 'after'>): Promise<void> {
  const closed = Promise.withResolvers<void>();
  if (!gentle) {
    server.close(() => closed.resolve());
    return closed.promise;
  }
  // Without what http.Server adds to it, which is to close idle connections.
  NetServer.prototype.close.call(server, () => closed.resolve());
  const cancel = clock.after(IDLE_ENDS_WITHIN_MS, () => server.closeAllConnections());
  await closed.promise;
  cancel();
}
