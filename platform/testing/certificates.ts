/** Certificates for tests (X.509 v3, RFC 5280, in DER, X.690): an authority, and what it signs, valid or expired, for loopback. */
import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface Certificate {
  /** PEM. */
  cert: string;
  /** PEM, PKCS #8. */
  key: string;
}

export interface Authority {
  cert: string;
  issue(settings?: { expired?: boolean }): Certificate;
}

const DAY_MS = 86_400_000;

/** Signs for `localhost` and 127.0.0.1. */
export function createAuthority(): Authority {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const nowMs = Date.now();
  const long = { fromMs: nowMs - 30 * DAY_MS, untilMs: nowMs + 30 * DAY_MS };
  let serial = 1;
  return {
    cert: certificate({ serial, subject: 'Test authority', keys: authority, signer: authority.privateKey, ...long, extensions: [extension('551d13', true, sequence(der(0x01, Buffer.from([0xff]))))] }),
    issue({ expired = false } = {}) {
      const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const names = sequence(der(0x82, Buffer.from('localhost')), der(0x87, Buffer.from([127, 0, 0, 1])));
      const validity = expired ? { fromMs: nowMs - 20 * DAY_MS, untilMs: nowMs - DAY_MS } : long;
      return {
        cert: certificate({ serial: ++serial, subject: 'localhost', keys, signer: authority.privateKey, ...validity, extensions: [extension('551d11', false, names)] }),
        key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

interface Contents {
  serial: number;
  subject: string;
  keys: { publicKey: KeyObject };
  signer: KeyObject;
  fromMs: number;
  untilMs: number;
  extensions: Buffer[];
}

function certificate({ serial, subject, keys, signer, fromMs, untilMs, extensions }: Contents): string {
  const ecdsaWithSha256 = sequence(oid('2a8648ce3d040302'));
  const signed = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([serial])),
    ecdsaWithSha256,
    name('Test authority'),
    sequence(time(fromMs), time(untilMs)),
    name(subject),
    keys.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign('sha256', signed, signer);
  const whole = sequence(signed, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  return `-----BEGIN CERTIFICATE-----\n${whole.toString('base64').match(/.{1,64}/g)!.join('\n')}\n-----END CERTIFICATE-----\n`;
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]) => der(0x30, Buffer.concat(parts));
const oid = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const name = (common: string) => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(common)))));
/** `YYMMDDHHMMSSZ` */
const time = (ms: number) => der(0x17, Buffer.from(new Date(ms).toISOString().replace(/^..|[-:T]|\.\d+/g, '')));
const extension = (hex: string, critical: boolean, value: Buffer) => sequence(oid(hex), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));
