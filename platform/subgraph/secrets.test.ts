import { expect, test } from 'vitest';
import { deriveSecret } from './secrets.ts';

const root = new TextEncoder().encode('a root secret of at least thirty-two bytes');

test('a purpose has one secret of 32 bytes, the same at every start, unlike any other', () => {
  const secret = deriveSecret(root, 'users/signing-keys');
  expect(secret).toHaveLength(32);
  expect(Buffer.from(secret).toString('hex')).toBe(Buffer.from(deriveSecret(root, 'users/signing-keys')).toString('hex'));
  // Stored keys are sealed with it: a change of the derivation would lock them in.
  expect(Buffer.from(secret).toString('base64url')).toMatchInlineSnapshot(`"uu-NQaBwNqgT44I-QukMqVWuuL8__2VRN458j945GSs"`);
  for (const other of [deriveSecret(root, 'users/other'), deriveSecret(new Uint8Array([...root, 1]), 'users/signing-keys')]) expect(other).not.toEqual(secret);
});
