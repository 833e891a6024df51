import { invalidInput } from '#platform/errors.ts';
import { requireScope, type RequestContext } from '#platform/subgraph/context.ts';
import { IMPORT_BATCH_MAX, importBatch } from '../import-products.ts';
import type { ProductInput } from '../product-input.ts';
import { refusalText } from '../refusal-texts.ts';
import { archiveProduct, saveProduct, type ArchiveProductInput, type SaveOutcome, type SaveProductInput } from '../save-product.ts';
import { productById } from '../views.ts';
import { writeReview, type WriteReviewInput } from '../write-review.ts';
import type { Parts } from './parts.ts';

export function mutationResolvers(parts: Parts) {
  const { deps, catalogue } = parts;
  return {
    async saveProduct(_: unknown, { input }: { input: SaveProductInput }, context: RequestContext) {
      requireScope(context, 'catalogue:write');
      return saveAnswer(parts, await saveProduct(deps, input), context, 'product.');
    },

    async archiveProduct(_: unknown, { input }: { input: ArchiveProductInput }, context: RequestContext) {
      requireScope(context, 'catalogue:write');
      return saveAnswer(parts, await archiveProduct(deps, input), context, '');
    },

    async importProducts(_: unknown, { input }: { input: { products: readonly ProductInput[] } }, context: RequestContext) {
      requireScope(context, 'catalogue:write');
      if (input.products.length > IMPORT_BATCH_MAX) throw invalidInput('input.products', `must be at most ${IMPORT_BATCH_MAX}`);
      const report = await importBatch(deps, input.products, context.language);
      const ids = await idsOfSlugs(parts, input.products.map((product) => product.slug.trim()));
      await catalogue.refreshStale(ids);
      return { __typename: 'ImportReport', ...report };
    },

    async writeReview(_: unknown, { input }: { input: WriteReviewInput }, context: RequestContext) {
      const answer = await writeReview(deps, input, context);
      if (answer.__typename === 'Review') await catalogue.refresh([input.productId]);
      return answer;
    },
  };
}

async function saveAnswer({ catalogue }: Parts, outcome: SaveOutcome, { language }: RequestContext, prefix: string) {
  if (outcome.kind === 'refused') {
    const { kind, value, field } = outcome.problem;
    const path = outcome.code === 'PRODUCT_UNKNOWN' ? field : `${prefix}${field}`;
    return { __typename: 'ProductRefused', code: outcome.code, message: refusalText(kind, language, value), field: path };
  }
  await catalogue.refresh([outcome.id]);
  const product = await productById(catalogue, outcome.id, language);
  if (outcome.kind === 'saved') return product;
  return { __typename: 'ProductConflict', code: 'PRODUCT_CONFLICT', message: refusalText('PRODUCT_CONFLICT', language), current: product };
}

async function idsOfSlugs({ deps }: Parts, slugs: readonly string[]): Promise<string[]> {
  if (slugs.length === 0) return [];
  const rows = await deps.database.query<{ id: string }>(`select id from product where slug in (${slugs.map(() => '?').join(', ')})`, [...slugs]);
  return rows.map((row) => row.id);
}
