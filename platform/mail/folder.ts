/** The embedded mail: a letter is a file, ready to be opened in any mail program. */
import { mkdir, open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { messageIdOf, type Letter, type Mail } from './mail.ts';

export interface MailFolderOptions {
  /** Made on first use. */
  folder: string;
  /** `GoMall <shop@gomall.example>` */
  from: string;
}

export function createMailFolder({ folder, from }: MailFolderOptions): Mail {
  let count = 0;
  let transport: Promise<{ sendMail(mail: object): Promise<{ message: unknown }> }> | undefined;

  async function compose(letter: Letter, messageId: string): Promise<Buffer> {
    // Loaded with the first letter: most starts of the mall send none.
    transport ??= import('nodemailer').then(({ createTransport }) => createTransport({ streamTransport: true, buffer: true, newline: 'unix' }));
    const { to, subject, text, html } = letter;
    const { message } = await (await transport).sendMail({ from, to, subject, text, ...(html !== undefined && { html }), messageId });
    return message as Buffer;
  }

  return {
    async send(letter) {
      const messageId = messageIdOf(letter, from);
      await mkdir(folder, { recursive: true });
      const file = join(folder, `${letter.id}.eml`);
      const draft = `${file}.${process.pid}-${++count}.tmp`;
      const written = await open(draft, 'w');
      try {
        await written.writeFile(await compose(letter, messageId));
        await written.sync();
      } finally {
        await written.close();
      }
      // A letter that is sent again takes the place of its first copy.
      await rename(draft, file);
    },
    async close() {},
  };
}
