/** A door in front of a real engine, for tests: it can hold back what is said, close on everybody, and speak TLS outside. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import type { Certificate } from './certificates.ts';

export interface Door {
  port: number;
  /** Takes connections and says nothing, as a process that hangs. */
  stall(): void;
  /** Lets through what was held back, and all that comes. */
  mend(): void;
  close(): Promise<void>;
}

/** With a certificate, TLS from the first byte; behind the door it is plain. */
export async function openDoor(to: { host: string; port: number }, certificate?: Certificate): Promise<Door> {
  const sockets = new Set<Socket>();
  let stalled = false;

  function pass(outside: Socket): void {
    const inside = connect(to.port, to.host);
    for (const [one, other] of [[outside, inside], [inside, outside]] as const) {
      sockets.add(one);
      one.pipe(other);
      if (stalled) one.pause();
      one.on('error', () => other.destroy());
      one.on('close', () => (sockets.delete(one), other.destroy()));
    }
  }

  const server: Server = certificate ? createTlsServer({ cert: certificate.cert, key: certificate.key }, pass) : createServer(pass);
  // A client that does not like the certificate hangs up.
  server.on('tlsClientError', (_error: Error, socket: Socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    stall() {
      stalled = true;
      for (const socket of sockets) socket.pause();
    },
    mend() {
      stalled = false;
      for (const socket of sockets) socket.resume();
    },
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}
