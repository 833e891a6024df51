/**
 * What `npm run distributed` and a process of its say to each other, over Node's IPC channel. The channel is the tie
 * between them too: when it breaks, the supervisor is gone, and the process ends as if told to.
 */
import type { Socket } from 'node:net';
import type { Others } from '../modules.ts';

export type ToProcess =
  /** Where rooms are from now on. */
  | { kind: 'addresses'; version: number; addresses: Record<string, string[]> }
  /** Comes with a socket: a connection that was accepted for the router. */
  | { kind: 'connection' }
  | { kind: 'stop'; others: Others };

export type FromProcess =
  /** Listens to what it is told. */
  | { kind: 'hello' }
  /** Has found all that these addresses named. */
  | { kind: 'found'; version: number }
  /** Serves, at this port. `appendOnly`: by room, tables whose rows it may not change once its schema stands. */
  | { kind: 'open'; port: number; appendOnly: Record<string, string[]> };

export interface Orders {
  /** Resolves when all of them are found. */
  addresses(addresses: Record<string, string[]>): Promise<void>;
  connection(socket: Socket): void;
  /** Also when the supervisor is gone. */
  stop(others: Others): void;
}

/** Listens to the supervisor; the returned function tells it something. @throws Error when nobody has started this process so. */
export function listenToSupervisor(orders: Orders): (message: FromProcess) => void {
  if (!process.connected) throw new Error('--supervised is for processes that npm run distributed starts: there is no channel to it.');
  // The callback takes the error of a channel that has just broken, which `disconnect` tells of.
  const tell = (message: FromProcess) => void (process.connected && process.send!(message, undefined, undefined, () => undefined));
  process.on('message', (message: ToProcess, handle: unknown) => {
    if (message.kind === 'addresses') void orders.addresses(message.addresses).then(() => tell({ kind: 'found', version: message.version }));
    else if (message.kind === 'connection') handle && orders.connection(handle as Socket);
    else orders.stop(message.others);
  });
  process.on('disconnect', () => orders.stop('stop'));
  tell({ kind: 'hello' });
  return tell;
}
