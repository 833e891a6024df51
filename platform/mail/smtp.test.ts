/** A mail server that is away, hangs, refuses or cannot be trusted: which letters are lost to whom, and what is said of it. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createShiftedClock, type ShiftedClock } from '#platform/clock/shifted.ts';
import { createAuthority } from '#platform/testing/certificates.ts';
import { openMailServer, type MailServer, type MailServerSettings } from '#platform/testing/mail-server.ts';
import { LetterRefused } from './mail.ts';
import { createSmtpMail, LOOK_AGAIN_MS, MAX_CONNECTIONS, SEND_LIMIT_MS, type SmtpMail } from './smtp.ts';

const FROM = 'GoMall <shop@gomall.example>';
const PATIENCE = { timeout: 15_000, interval: 10 };
const letter = { id: 'welcome-1', to: 'ada@example.org', subject: 'Welcome', text: 'Your secret link' };

let clock: ShiftedClock;
let logged: string;
const ends: (() => Promise<void> | void)[] = [];
beforeEach(() => {
  clock = createShiftedClock();
  logged = '';
});
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function server(settings: MailServerSettings = {}): Promise<MailServer> {
  const opened = await openMailServer(settings);
  ends.push(() => opened.close());
  return opened;
}

function mailAt(url: string): SmtpMail {
  const log = pino({ level: 'trace' }, new Writable({ write: (text, _encoding, done) => ((logged += text), done()) }));
  const mail = createSmtpMail({ url, from: FROM, clock, log });
  ends.push(() => mail.close());
  return mail;
}

const ailmentOf = (mail: SmtpMail) => expect.poll(() => mail.ailment(), PATIENCE);
/** Puts the clock to where the server is looked at anew. */
const later = () => clock.advance(LOOK_AGAIN_MS + 1);

/** A port that is free now. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Takes connections and does `work` with them. */
async function listener(work: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const listening = createServer((socket) => {
    sockets.add(socket.on('error', () => sockets.delete(socket)));
    work(socket);
  });
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  ends.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise<void>((resolve) => listening.close(() => resolve()));
  });
  return (listening.address() as AddressInfo).port;
}

test('a server that is away: the letter is the caller\'s to repeat, health says so, and says no more once it is back', async () => {
  const port = await freePort();
  const mail = mailAt(`smtp://127.0.0.1:${port}`);
  await expect(mail.send(letter)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: `The mail server 127.0.0.1:${port} is not there: nothing listens on this port.`, retryAfterMs: expect.any(Number) });
  expect(mail.ailment()).toBe('smtp: does not serve (nothing listens there); letters wait and are tried again for a day');
  const { arrived } = await server({ port });
  await later();
  await ailmentOf(mail).toBeNull();
  await mail.send(letter);
  expect(arrived()).toHaveLength(1);
});

test('that the server died is seen without a letter, and letters go over it again after its return', async () => {
  const first = await server();
  const mail = mailAt(`smtp://127.0.0.1:${first.port}`);
  await mail.send(letter);
  expect(mail.ailment()).toBeNull();
  await first.close();
  await clock.advance(61_000);
  await later();
  await ailmentOf(mail).toContain('nothing listens there');
  const second = await server({ port: first.port });
  await mail.send({ ...letter, id: 'welcome-2' });
  expect(second.arrived()).toHaveLength(1);
  expect(mail.ailment()).toBeNull();
});

test('a server that takes the connection and says nothing is given up, and so is one that never comes to an end', async () => {
  const mute = mailAt(`smtp://127.0.0.1:${await listener(() => {})}`);
  await expect(mute.send(letter)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('does not answer in time') });
  expect(mute.ailment()).toContain('it does not answer in time');

  const { promise: talking, resolve: talks } = Promise.withResolvers<void>();
  const endless = mailAt(`smtp://127.0.0.1:${await listener((socket) => void socket.write('220-first of many lines\r\n', () => talks()))}`);
  const sent = endless.send(letter);
  await talking;
  await Promise.all([clock.advance(SEND_LIMIT_MS), expect(sent).rejects.toMatchObject({ code: 'UNAVAILABLE' })]);
}, 30_000);

test('a recipient that does not exist is refused for good, one that is to be tried later is not, and neither is an ailment', async () => {
  const { port, arrived } = await server({
    onRecipient: (address) => (address.startsWith('nobody') ? { code: 550, words: `5.1.1 <${address}>: no such user` } : address.startsWith('full') ? { code: 452, words: '4.2.2 mailbox full' } : null),
  });
  const mail = mailAt(`smtp://127.0.0.1:${port}`);
  const refused = await mail.send({ ...letter, to: 'nobody@example.org' }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(LetterRefused);
  expect((refused as Error).message).toMatch(/knows no such recipient \(550 5\.1\.1 <\(recipient\)>: no such user\)/);
  await expect(mail.send({ ...letter, to: 'full@example.org' })).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('does not take the letter now (452') });
  await mail.send(letter);
  expect(arrived()).toHaveLength(1);
  expect(mail.ailment()).toBeNull();
});

test('a letter whose text is not wanted is refused for good, one that the server cannot store now is not', async () => {
  let said = { code: 554, words: '5.6.0 looks like spam' };
  const { port } = await server({ onLetter: () => said });
  const mail = mailAt(`smtp://127.0.0.1:${port}`);
  await expect(mail.send(letter)).rejects.toBeInstanceOf(LetterRefused);
  said = { code: 452, words: '4.3.1 no space left' };
  const later = await mail.send(letter).catch((error: unknown) => error);
  expect(later).toMatchObject({ code: 'UNAVAILABLE' });
  expect(later).not.toBeInstanceOf(LetterRefused);
});

test('a server that refuses our sender, or does not carry our letters, is an ailment until it takes one, and no letter is given up', async () => {
  let sender: { code: number; words: string } | null = { code: 553, words: '5.7.1 sender not owned' };
  let relay: { code: number; words: string } | null = null;
  const { port, arrived } = await server({ onSender: () => sender, onRecipient: () => relay });
  const mail = mailAt(`smtp://127.0.0.1:${port}`);
  await expect(mail.send(letter)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('set SHOP_MAIL_FROM') });
  expect(mail.ailment()).toContain('it refuses the sender');
  await later();
  expect(mail.ailment(), 'that it lets us in says nothing of it').toContain('it refuses the sender');
  [sender, relay] = [null, { code: 554, words: '5.7.1 relay access denied' }];
  await expect(mail.send(letter)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('does not carry letters to others') });
  expect(mail.ailment()).toContain('it does not carry our letters');
  relay = null;
  await mail.send(letter);
  expect(mail.ailment()).toBeNull();
  expect(arrived()).toHaveLength(1);
});

test('a wrong password is told by the name of the setting, and appears nowhere', async () => {
  const account = { user: 'shop', password: 'right' };
  const { port } = await server({ account });
  const mail = mailAt(`smtp://shop:hunter2@127.0.0.1:${port}`);
  await ailmentOf(mail).toBe('smtp: does not serve (it refuses the account and password in SMTP_URL); letters wait and are tried again for a day');
  await expect(mail.send(letter)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('refuses the account "shop"') });
  const withRight = mailAt(`smtp://shop:right@127.0.0.1:${port}`);
  await withRight.send(letter);
  expect(withRight.ailment()).toBeNull();
  expect(logged).toContain('refuses the account');
  expect(logged).not.toMatch(/hunter2|aHVudGVyMg|ada@example|secret link/);
});

test('letters go over few connections, which are kept', async () => {
  const { port, connections, arrived } = await server();
  const mail = mailAt(`smtp://127.0.0.1:${port}`);
  await Promise.all(Array.from({ length: 40 }, (_, index) => mail.send({ ...letter, id: `letter-${index}` })));
  expect(arrived()).toHaveLength(40);
  // One more has looked whether it serves.
  expect(connections()).toBeLessThanOrEqual(MAX_CONNECTIONS + 1);
});

test('closing the mail ends it: nothing is sent, nothing is looked at', async () => {
  const { port, connections } = await server();
  const mail = mailAt(`smtp://127.0.0.1:${port}`);
  await mail.send(letter);
  await mail.close();
  const before = connections();
  await expect(mail.send(letter)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await clock.advance(120_000);
  expect(connections()).toBe(before);
});

test.each(['smtp', 'smtps'])('%s: a certificate that has expired, or of nobody we trust, is refused with what mends it; a good one serves', async (scheme) => {
  const authority = createAuthority();
  const trusted = getCACertificates('default');
  const at = async (settings: MailServerSettings) => `${scheme}://localhost:${(await server({ secure: scheme === 'smtps', ...settings })).port}?requireTLS=true`;
  const unknown = mailAt(await at(authority.issue()));
  await expect(unknown.send(letter)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('NODE_EXTRA_CA_CERTS') });
  setDefaultCACertificates([...trusted, authority.cert]);
  ends.push(() => setDefaultCACertificates(trusted));
  const expired = mailAt(await at(authority.issue({ expired: true })));
  await expect(expired.send(letter)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('has expired: renew it') });
  expect(expired.ailment()).toContain('its certificate has expired');
  const good = await server({ secure: scheme === 'smtps', ...authority.issue() });
  await mailAt(`${scheme}://localhost:${good.port}?requireTLS=true`).send(letter);
  expect(good.arrived()).toHaveLength(1);
});

test('a server without encryption gets neither account nor letter where encryption is required', async () => {
  let heard = '';
  const port = await listener((socket) => {
    socket.write('220 mail\r\n');
    socket.on('data', (text) => {
      heard += String(text);
      socket.write(/^EHLO/.test(String(text)) ? '250-mail\r\n250 AUTH PLAIN LOGIN\r\n' : '502 no such command\r\n');
    });
  });
  await expect(mailAt(`smtp://shop:hunter2@127.0.0.1:${port}?requireTLS=true`).send(letter)).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining('no encrypted connection') });
  expect(heard).toMatch(/STARTTLS/);
  expect(heard).not.toMatch(/AUTH|MAIL FROM/);
});

test('a port that speaks something else says what it is not', async () => {
  const other = mailAt(`smtp://127.0.0.1:${await listener((socket) => void socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'))}`);
  await expect(other.send(letter)).rejects.toMatchObject({ message: expect.stringMatching(/does not speak SMTP/) });
  const plain = await server();
  await expect(mailAt(`smtps://127.0.0.1:${plain.port}`).send(letter)).rejects.toMatchObject({ message: expect.stringMatching(/does not speak TLS/) });
});
