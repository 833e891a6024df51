/**
 * Typed operations of the clients: every `operations/*.graphql` is checked against the supergraph's API schema and becomes
 * a typed string in `gql/`. `node clients/codegen.ts` writes; the test beside it proves that what is committed is fresh.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { generate, type CodegenConfig } from '@graphql-codegen/cli';
import { printSchema, Supergraph } from '@apollo/federation-internals';
import { parse, print } from 'graphql';

const root = fileURLToPath(new URL('../', import.meta.url));
const CLIENTS = ['shared', 'storefront', 'admin'] as const;

/** The schema as clients see it, out of the composed supergraph, without what is @inaccessible. */
export async function readApiSchema(): Promise<string> {
  const supergraph = await readFile(`${root}schema/supergraph.graphql`, 'utf8');
  // The library knows no enforcement of @authenticated and refuses to go on without: here only the shape counts.
  return printSchema(Supergraph.build(supergraph.replaceAll(', for: SECURITY)', ')')).apiSchema());
}

/** The contract's fragments only: its operations belong to outsiders, and some of their rooms are yet to come. */
async function contractFragments(schema: string): Promise<string> {
  const contract = parse(await readFile(`${root}schema/operations/contract.graphql`, 'utf8'));
  const known = new Set(parse(schema).definitions.flatMap((part) => ('name' in part && part.name ? [part.name.value] : [])));
  return contract.definitions
    .filter((part) => part.kind === 'FragmentDefinition' && known.has(part.typeCondition.name.value))
    .map(print)
    .join('\n');
}

export async function codegenConfig(): Promise<CodegenConfig> {
  const schema = await readApiSchema();
  const fragments = await contractFragments(schema);
  const generates = Object.fromEntries(
    CLIENTS.map((client) => [
      `${root}clients/${client}/gql/`,
      {
        preset: 'client' as const,
        documents: [`${root}clients/${client}/operations/*.graphql`, fragments],
        presetConfig: { fragmentMasking: false },
        config: {
          documentMode: 'string', pureMagicComment: true, enumsAsTypes: true, useTypeImports: true, avoidOptionals: false, skipTypename: false,
          dedupeFragments: true, defaultScalarType: 'string', strictScalars: true, emitLegacyCommonJSImports: false,
        },
      },
    ]),
  );
  return { schema, generates, silent: true, errorsOnly: true };
}

/** Writes the typed operations of every client. @throws Error when one asks for what the schema does not have. */
export async function writeTypedOperations(): Promise<void> {
  await generate(await codegenConfig(), true);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeTypedOperations();
