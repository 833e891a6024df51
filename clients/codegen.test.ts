import { readFile } from 'node:fs/promises';
import { generate } from '@graphql-codegen/cli';
import { expect, test } from 'vitest';
import { codegenConfig } from './codegen.ts';

test('what the clients ask is valid against the composed schema, and the generated types are fresh (else: node clients/codegen.ts)', async () => {
  const files = (await generate(await codegenConfig(), false)) as { filename: string; content: string }[];
  expect(files.length).toBeGreaterThan(0);
  for (const { filename, content } of files) expect(await readFile(filename, 'utf8'), filename).toBe(content);
});
