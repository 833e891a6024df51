/** Loads a batch through the mall's own GraphQL, over HTTP into a running mall or in process. */
import { z } from 'zod';
import type { ImportReport, ProductInput } from '#subgraphs/products/product-input.ts';

/** Products of one mutation, as `importProducts` takes them. */
export const BATCH_MAX = 100;
/** A batch takes a second or two; a mall that does not answer for so long has a fault. */
const ANSWER_LIMIT_MS = 120_000;

export type SendBatch = (products: readonly ProductInput[]) => Promise<ImportReport>;
/** Runs an operation; answers what GraphQL answers. */
export type RunOperation = (query: string, variables: Record<string, unknown>) => Promise<unknown>;

/** The mall did not take the batch as a whole. */
export class SendFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'SendFault';
  }
}

export const IMPORT_PRODUCTS = /* GraphQL */ `
  mutation ImportProducts($input: ImportProductsInput!) {
    importProducts(input: $input) {
      __typename
      ... on ImportReport {
        created updated unchanged
        refused { slug field message }
        variants { id sku created }
      }
      ... on Refusal { code message }
    }
  }
`;

const reportSchema = z.object({
  __typename: z.literal('ImportReport'),
  created: z.int(), updated: z.int(), unchanged: z.int(),
  refused: z.array(z.object({ slug: z.string(), field: z.string(), message: z.string() })),
  variants: z.array(z.object({ id: z.string(), sku: z.string(), created: z.boolean() })),
});
const answerSchema = z.object({
  data: z.object({ importProducts: z.union([reportSchema, z.object({ __typename: z.string(), code: z.string(), message: z.string() })]).nullable() }).nullish(),
  errors: z.array(z.object({ message: z.string(), extensions: z.looseObject({ fields: z.record(z.string(), z.string()).optional() }).optional() })).optional(),
});

/** @throws SendFault when the mall refuses the batch as a whole or answers something else. */
export function sendThrough(run: RunOperation): SendBatch {
  return async (products) => {
    const parsed = answerSchema.safeParse(await run(IMPORT_PRODUCTS, { input: { products } }));
    if (!parsed.success) throw new SendFault('the mall answered something that is no answer of importProducts', parsed.error);
    const { data, errors } = parsed.data;
    if (errors?.length) throw new SendFault(errors.map(({ message, extensions }) => [message, ...Object.entries(extensions?.fields ?? {}).map(([field, problem]) => `${field}: ${problem}`)].join('; ')).join('; '));
    const outcome = data?.importProducts;
    if (!outcome || !('created' in outcome)) throw new SendFault(outcome ? outcome.message : 'the mall gave no answer');
    const { __typename: _, ...report } = outcome;
    return report;
  };
}

/** Over HTTP; `token` is that of the lock file, or an access token of staff. */
export function runOverHttp(url: string, token: string): RunOperation {
  return async (query, variables) => {
    let response: Response;
    try {
      response = await fetch(new URL('/graphql', url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json, application/json', authorization: `Bearer ${token}`, 'accept-language': 'en' },
        body: JSON.stringify({ query, variables, operationName: 'ImportProducts' }),
        signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
      });
    } catch (error) {
      throw new SendFault(`the mall at ${url} does not answer`, error);
    }
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new SendFault(`the mall at ${url} answered ${response.status} without JSON`, error);
    }
  };
}
