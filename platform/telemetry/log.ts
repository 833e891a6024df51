import { pino, type Logger as PinoLogger } from 'pino';

export type Logger = PinoLogger;

/** Whatever is called so, at any of these depths, never reaches a log. */
const SECRET_NAMES = [
  'password', 'newPassword', 'currentPassword', 'passwordHash', 'token', 'accessToken', 'refreshToken', 'guestToken',
  'authorization', 'cookie', 'secret', 'cardNumber', 'cvc', 'apiKey', 'email', 'shippingAddress',
];
const redactPaths = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*.*.*.${name}`]);

/** Structured logs, one JSON object a line on standard error, so that standard output stays for people. */
export function createLogger(level: string): Logger {
  return pino(
    { level, redact: { paths: redactPaths, censor: '[hidden]' }, base: undefined, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: false }),
  );
}
