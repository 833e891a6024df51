/** A real SMTP server for tests, on loopback. It keeps what arrives, one copy a Message-ID as mailboxes do. */
import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { createAuthority } from './certificates.ts';

export interface MailServer {
  port: number;
  /** Letters as they came, by Message-ID. */
  arrived(): string[];
  /** Each copy counts. */
  copies(): number;
  /** Connections that have been made so far. */
  connections(): number;
  close(): Promise<void>;
}

export interface MailServerSettings extends SMTPServerOptions {
  port?: number;
  account?: { user: string; password: string };
  /** What it says to a recipient; null: takes him. */
  onRecipient?: (address: string) => { code: number; words: string } | null;
  onSender?: (address: string) => { code: number; words: string } | null;
  onLetter?: (letter: string) => { code: number; words: string } | null;
}

const errorOf = (said: { code: number; words: string } | null | undefined) => (said ? Object.assign(new Error(said.words), { responseCode: said.code }) : null);

export async function openMailServer({ port = 0, account, onRecipient, onSender, onLetter, ...options }: MailServerSettings = {}): Promise<MailServer> {
  const letters = new Map<string, string>();
  const sockets = new Set<Socket>();
  let copies = 0;
  let connections = 0;
  const server = new SMTPServer({
    authOptional: account === undefined,
    disabledCommands: account === undefined ? ['AUTH'] : [],
    allowInsecureAuth: true,
    disableReverseLookup: true,
    closeTimeout: 1,
    onAuth: ({ username, password }, _session, done) =>
      username === account?.user && password === account?.password ? done(null, { user: username }) : done(errorOf({ code: 535, words: '5.7.8 authentication failed' })),
    onMailFrom: ({ address }, _session, done) => done(errorOf(onSender?.(address))),
    onRcptTo: ({ address }, _session, done) => done(errorOf(onRecipient?.(address))),
    onData(stream, _session, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const letter = Buffer.concat(parts).toString('utf8');
        const refused = errorOf(onLetter?.(letter));
        if (refused) return done(refused);
        copies++;
        letters.set(/^Message-ID: (.*)$/im.exec(letter)?.[1] ?? String(copies), letter);
        done();
      });
    },
    ...createAuthority().issue(),
    ...options,
  });
  // Sockets of clients that hang up in the middle of TLS.
  server.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw error;
  });
  server.server.on('connection', (socket: Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  return {
    port: (server.server.address() as AddressInfo).port,
    arrived: () => [...letters.values()],
    copies: () => copies,
    connections: () => connections,
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // As when it is killed.
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}
