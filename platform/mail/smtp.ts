/**
 * Mail by SMTP (RFC 5321). A letter that the server did not take is the caller's to repeat; here nothing is kept. Letters,
 * recipients and passwords are never logged. Loaded only when SMTP_URL is set.
 */
import { createTransport } from 'nodemailer';
import type { Clock } from '#platform/clock/clock.ts';
import { Fault } from '#platform/errors.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import { createTeller } from '#platform/telemetry/teller.ts';
import { LetterRefused, messageIdOf, type Mail } from './mail.ts';
import { parseSmtpAddress } from './smtp-address.ts';
import { explain, type SmtpProblem } from './smtp-problems.ts';

/** Connections at once, and letters over one of them before it is closed. */
export const MAX_CONNECTIONS = 4;
export const LETTERS_A_CONNECTION = 100;
/** For a new connection, its greeting and TLS included. */
export const CONNECT_TIMEOUT_MS = 5_000;
/** For the next word of the server. */
export const SILENCE_MS = 10_000;
/** For one letter in all, waiting for a connection included. Servers that check what they take need their time. */
export const SEND_LIMIT_MS = 25_000;
/** A server that closes a connection before the letter was begun is asked once more. */
const MAX_REQUEUES = 1;
const IDLE_MS = 30_000;
/** How long a server that is left may take to close its side. */
const LEAVE_MS = 250;
/** How soon a server that does not serve is looked at again, and one that served when it was last needed. */
export const LOOK_AGAIN_MS = 5_000;
export const LOOK_AT_REST_MS = 60_000;
const RETRY_AFTER_MS = 60_000;

export interface SmtpMail extends Mail {
  ailment(): string | null;
}

export interface SmtpOptions {
  /** SMTP_URL; throws a RangeError where it is none. */
  url: string;
  /** `GoMall <shop@gomall.example>` */
  from: string;
  clock: Clock;
  log: Logger;
}

/** Looks at once whether the server serves, without making anybody wait: a shop opens without mail, and health says so. */
export function createSmtpMail({ url, from, clock, log }: SmtpOptions): SmtpMail {
  const address = parseSmtpAddress(url);
  const teller = createTeller('smtp', { clock, log });
  const transport = createTransport({
    pool: true,
    host: address.host,
    port: address.port,
    secure: address.tls === 'whole',
    requireTLS: address.tls === 'required',
    ignoreTLS: address.tls === 'off',
    ...(address.account && { auth: { user: address.account.user, pass: address.account.password } }),
    maxConnections: MAX_CONNECTIONS,
    maxMessages: LETTERS_A_CONNECTION,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    dnsTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    // Not in the types of the client: they are of its former major version.
    ...{ maxRequeues: MAX_REQUEUES, idleTimeout: IDLE_MS, socketCloseTimeout: LEAVE_MS },
  });

  let problem: SmtpProblem | null = null;
  let lookedMs = -Infinity;
  let looking = false;
  let closed = false;

  function note(seen: SmtpProblem | null): void {
    if (closed) return;
    lookedMs = clock.nowMs();
    problem = seen;
    if (seen) teller.trouble(seen.words);
    else teller.well(`The mail server ${address.host}:${address.port} answers again.`);
  }

  async function look(): Promise<void> {
    if (looking || closed || clock.nowMs() - lookedMs < (problem ? LOOK_AGAIN_MS : LOOK_AT_REST_MS)) return;
    looking = true;
    try {
      await transport.verify();
      note(problem?.endedByLetter ? problem : null);
    } catch (error) {
      note(explain(error, address));
    } finally {
      looking = false;
    }
  }

  const stopLooking = clock.every(LOOK_AGAIN_MS, () => void look());
  void look();

  return {
    async send(letter) {
      const { to, subject, text, html } = letter;
      const messageId = messageIdOf(letter, from);
      if (closed) throw new Fault('UNAVAILABLE', 'The mail is closed.');
      const limit = new AbortController();
      const cancel = clock.after(SEND_LIMIT_MS, () => limit.abort());
      try {
        await transport.sendMail({ from, to, subject, text, ...(html !== undefined && { html }), messageId, ...{ signal: limit.signal } });
        note(null);
      } catch (error) {
        const seen = explain(error, address, { to, from });
        note(seen.letterOnly ? null : seen);
        if (seen.refused) throw new LetterRefused(seen.words);
        throw new Fault('UNAVAILABLE', seen.words, { retryAfterMs: RETRY_AFTER_MS });
      } finally {
        cancel();
      }
    },
    ailment: () => problem && `smtp: does not serve (${problem.brief}); letters wait and are tried again for a day`,
    async close() {
      closed = true;
      stopLooking();
      transport.close();
    },
  };
}
