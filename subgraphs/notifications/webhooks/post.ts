/** One request to a partner, signed as Standard Webhooks says (https://www.standardwebhooks.com). Never follows a redirect, reads no answer but its status. */
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { guardedLookup, hostOf, isAllowedAddress, PrivateAddress } from './public-address.ts';

export interface Post {
  url: string;
  /** `whsec_` and base64. */
  secret: string;
  /** The same in every attempt, so that a receiver knows a repeat. */
  id: string;
  body: string;
  atMs: number;
  /** Whether the machine itself may be reached, for development. */
  loopback: boolean;
  signal: AbortSignal;
}

/** The status. Rejects when there was none. */
export function post({ url: address, secret, id, body, atMs, loopback, signal }: Post): Promise<number> {
  const url = new URL(address);
  const host = hostOf(url);
  // What is an address already is never looked up.
  if (isIP(host) !== 0 && !isAllowedAddress(host, loopback)) return Promise.reject(new PrivateAddress(host));
  const time = new Date(Math.floor(atMs / 1_000) * 1_000);
  const headers = {
    'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'user-agent': 'GoMall-Webhooks/1',
    'webhook-id': id, 'webhook-timestamp': String(time.getTime() / 1_000), 'webhook-signature': new Webhook(secret).sign(id, time, body),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? requestHttps : requestHttp;
    // No agent: a connection that is kept would go to where the name pointed once.
    const request = send(url, { method: 'POST', agent: false, lookup: guardedLookup(loopback), headers, signal }, (response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });
}
