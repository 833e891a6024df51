/** What a mail server says or does that it should not, in words for the operator: which part, what was expected, how to mend it. */
import { connectionProblem, saidBy } from '#platform/connection-problems.ts';
import type { SmtpAddress } from './smtp-address.ts';

export interface SmtpProblem {
  /** One line for logs; names no recipient and nothing of the letter. */
  words: string;
  /** For health, without addresses. */
  brief: string;
  /** It lies in this one letter and stays so; the server serves others. */
  refused: boolean;
  /** It lies in this one letter, and may pass. */
  letterOnly: boolean;
  /** A server that lets us in may still do it: only a letter that is taken ends it. */
  endedByLetter: boolean;
}

/** As nodemailer throws them. */
interface SmtpError extends Error {
  code?: string;
  response?: string;
  responseCode?: number;
  command?: string;
}

type Explanation = readonly [brief: string, words: string];

/** What is of mail only, by code and message; the first that fits. */
const KNOWN: readonly [pattern: RegExp, explain: (address: SmtpAddress) => Explanation][] = [
  [/wrong version number|packet length too long|EPROTO\b/i, () => ['it does not speak TLS', 'does not speak TLS from the start on this port: write smtp:// (STARTTLS is used where it is offered), or give the TLS port, often 465']],
  [/STARTTLS|ETLS/, () => ['no encrypted connection', 'offers no encrypted connection (STARTTLS), and an account is not named without one: use smtps:// or a port with STARTTLS (often 587), or add ?requireTLS=false where the network is your own']],
  [/EAUTH|ENOAUTH|EOAUTH2/, ({ account }) => ['it refuses the account and password in SMTP_URL', account ? `refuses the account "${account.user}": no such account, or a wrong password. Write smtp://user:password@host (special characters percent-encoded)` : 'wants an account: write smtp://user:password@host']],
  [/ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EABORT|timed? ?out/i, ({ tls }) => ['it does not answer in time', `does not answer in time: it hangs, a firewall is between${tls === 'whole' ? '' : ', or it speaks TLS from the start (smtps://)'}`]],
  [/EPROTOCOL|Invalid greeting/i, () => ['it does not speak SMTP', 'does not speak SMTP: this is the port of something else']],
];

const RELAY_OR_POLICY = /\b[45]\.7\.\d/;

export function explain(error: unknown, address: SmtpAddress, letter?: { to: string; from: string }): SmtpProblem {
  const { code = '', message = '', command = '', responseCode = 0, response = '' } = error as SmtpError;
  const place = `The mail server ${address.host}:${address.port}`;
  const said = hide(response, letter?.to);
  const problem = (brief: string, words: string, more: Partial<SmtpProblem> = {}): SmtpProblem => ({ brief, words: `${place} ${words}.`, refused: false, letterOnly: false, endedByLetter: false, ...more });

  if (letter && command === 'MAIL FROM' && responseCode >= 500) return problem('it refuses the sender', `takes no letters from ${letter.from} (${said}): set SHOP_MAIL_FROM to an address of your own that it knows`, { endedByLetter: true });
  if (letter && command === 'RCPT TO' && responseCode >= 500) {
    return responseCode === 530 || RELAY_OR_POLICY.test(response)
      ? problem('it does not carry our letters', `does not carry letters to others for us (${said}): give an account in SMTP_URL, or allow this machine there`, { endedByLetter: true })
      : problem('', `knows no such recipient (${said})`, { refused: true, letterOnly: true });
  }
  // 421: the server is closing down.
  if (letter && (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode !== 421) {
    const refused = responseCode >= 500 || responseCode === 0;
    return problem('', `${refused ? 'refuses the letter' : 'does not take the letter now'} (${said || message})`, { refused, letterOnly: true });
  }
  // A server that is too busy to look at an account says so with 4xx.
  if (responseCode >= 400 && responseCode < 500) return problem('it takes nothing now', `takes nothing now (${said})`);
  const text = saidBy(error);
  const connecting = connectionProblem(text, { host: address.host, tls: address.tls === 'whole' });
  if (connecting?.lasting) return problem(connecting.brief, connecting.words);
  const known = KNOWN.find(([pattern]) => pattern.test(text));
  if (known) return problem(...known[1](address));
  if (connecting) return problem(connecting.brief, connecting.words);
  return problem('it does not serve', `failed: ${hide(message, letter?.to).slice(0, 200)}`);
}

/** Servers like to repeat whom they refuse. */
const hide = (text: string, recipient: string | undefined): string => (recipient ? text.replaceAll(recipient, '(recipient)') : text).replace(/\s+/g, ' ').slice(0, 200);
