/**
 * The port that people know. The supervisor accepts, and hands each connection to a router that serves; routers come and go
 * behind it, and nobody is refused meanwhile: who comes when there is none just now waits a little.
 */
import { createServer, type Socket } from 'node:net';
import type { Clock } from '#platform/clock/clock.ts';
import { listen } from '#platform/http/listen.ts';

/** How many connections may wait for a router, and how long each. */
const MAX_WAITING = 1_000;
const WAIT_WITHIN_MS = 20_000;

export interface Taker {
  take(socket: Socket): void;
}

export interface Door {
  port: number;
  /** Who takes connections from now on, in turn. */
  lead(takers: readonly Taker[]): void;
  /** Lets nobody in any more; who is in is with a router. */
  close(): void;
}

/** @throws Fault UNAVAILABLE when the port is in use. */
export async function openDoor(port: number, host: string, clock: Clock): Promise<Door> {
  let takers: readonly Taker[] = [];
  let turn = 0;
  const waiting = new Map<Socket, () => void>();

  function enter(socket: Socket): void {
    const taker = takers[turn++ % takers.length];
    if (taker) return taker.take(socket);
    if (waiting.size >= MAX_WAITING) return void socket.destroy();
    const forget = () => {
      waiting.get(socket)?.();
      waiting.delete(socket);
    };
    waiting.set(socket, clock.after(WAIT_WITHIN_MS, () => {
      forget();
      socket.destroy();
    }));
    socket.once('close', forget).on('error', forget);
  }

  // Nothing is read here: the first byte belongs to whoever takes the connection.
  const server = createServer({ pauseOnConnect: true, noDelay: true }, enter);
  const taken = await listen(server, { port, host }, 'PORT');
  return {
    port: taken,
    lead(next) {
      takers = next;
      if (takers.length === 0) return;
      for (const [socket, cancel] of waiting) {
        cancel();
        waiting.delete(socket);
        if (!socket.destroyed) enter(socket);
      }
    },
    close() {
      for (const socket of waiting.keys()) socket.destroy();
      server.close();
    },
  };
}
