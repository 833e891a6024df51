/** A server that listens, or the reason why not. */
import type { AddressInfo, Server } from 'node:net';
import { Fault } from '#platform/errors.ts';

/** For what is of this machine alone. */
export const LOOPBACK = '127.0.0.1';

/**
 * Answers the port: another one than asked for where that was 0. `setting` is where people say which port it is.
 *
 * @throws Fault UNAVAILABLE when the port is in use.
 */
export function listen(server: Server, at: { port: number; host?: string }, setting: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new Fault('UNAVAILABLE', `Port ${at.port} is in use: stop what listens there, or set ${setting} to another one.`) : error);
    });
    server.listen(at, () => resolve((server.address() as AddressInfo).port));
  });
}
