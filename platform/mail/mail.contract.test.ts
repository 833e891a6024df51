/** What every adapter of the mail port promises, one body over all of them; each tells what has arrived. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '#platform/clock/system.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { openMailServer } from '#platform/testing/mail-server.ts';
import { createMailFolder } from './folder.ts';
import type { Mail } from './mail.ts';
import { createSmtpMail } from './smtp.ts';

interface Opened {
  mail: Mail;
  arrived(): string[];
  remove(): void | Promise<void>;
}

interface Adapter {
  name: string;
  open(): Opened | Promise<Opened>;
}

const FROM = 'GoMall <shop@gomall.example>';

const adapters: Adapter[] = [
  {
    name: 'folder',
    open() {
      const folder = mkdtempSync(join(tmpdir(), 'gomall-mail-'));
      return {
        mail: createMailFolder({ folder: join(folder, 'mail'), from: FROM }),
        arrived: () => readdirSync(join(folder, 'mail')).map((name) => readFileSync(join(folder, 'mail', name), 'utf8')),
        remove: () => rmSync(folder, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'smtp',
    async open() {
      const server = await openMailServer();
      const mail = createSmtpMail({ url: `smtp://127.0.0.1:${server.port}`, from: FROM, clock: systemClock, log: createLogger('silent') });
      return {
        mail,
        arrived: server.arrived,
        async remove() {
          await mail.close();
          await server.close();
        },
      };
    },
  },
];

describe.each(adapters)('mail: $name', ({ open }) => {
  let remove: Opened['remove'] = () => {};
  afterEach(() => remove());
  async function fresh() {
    const opened = await open();
    remove = opened.remove;
    return opened;
  }
  const letter = { id: 'order-1.confirmed', to: 'ada@example.org', subject: 'Your order / 您的订单', text: 'Thank you, 谢谢', html: '<p>Thank you</p>' };

  test('a letter arrives whole, in any script, with its own id', async () => {
    const { mail, arrived } = await fresh();
    await mail.send(letter);
    const [text, ...more] = arrived();
    expect(more).toEqual([]);
    expect(text).toMatch(/^Message-ID: <order-1\.confirmed@gomall\.example>$/m);
    expect(text).toMatch(/^To: ada@example\.org$/m);
    expect(text).toMatch(/^From: GoMall <shop@gomall\.example>$/m);
    expect(text).toContain('multipart/alternative');
    expect(text).toMatch(/^Subject: =\?UTF-8\?/m);
    expect(text).toContain('Thank you, =E8=B0=A2=E8=B0=A2');
  });

  test('the same letter sent again is one letter', async () => {
    const { mail, arrived } = await fresh();
    await Promise.all([mail.send(letter), mail.send(letter)]);
    await mail.send(letter);
    expect(arrived()).toHaveLength(1);
  });

  test('a new line in an address or a subject cannot add a header, an id cannot name a path', async () => {
    const { mail, arrived } = await fresh();
    await mail.send({ ...letter, subject: 'Hello\r\nBcc: eve@example.org' });
    expect(arrived()[0]).not.toMatch(/^Bcc:/m);
    await expect(mail.send({ ...letter, id: '../x' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});
