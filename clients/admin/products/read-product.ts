/** Reads a product past every cache, in both languages, so that a save gives back all that was there. */
import { problemOf, type Problem } from '../../shared/problem.ts';
import type { Desk } from '../desk.tsx';
import { EditedProductDocument, ShopCurrencyDocument, type EditedProductPartsFragment } from '../gql/graphql.ts';
import { draftOf, type Draft } from './draft.ts';

export interface ReadProduct {
  id: string;
  name: string;
  version: number;
  updatedAt: string;
  archived: boolean;
  currency: string;
  draft: Draft;
  /** Units that can be bought, by variant id; a variant is absent while stock does not answer. */
  available: Record<string, number>;
}

export type Reading = { kind: 'found'; product: ReadProduct } | { kind: 'missing' } | { kind: 'failed'; problem: Problem };

/** Two languages are two answers: if somebody saves between them they are read again, so often. */
const MOST_READS = 4;

export async function readProduct(desk: Desk, id: string, reads = 1): Promise<Reading> {
  const [en, zh] = await Promise.all([readIn(desk, 'en', id), readIn(desk, 'zh', id)]);
  if ('problem' in en) return { kind: 'failed', problem: en.problem };
  if ('problem' in zh) return { kind: 'failed', problem: zh.problem };
  if (!en.product || !zh.product) return { kind: 'missing' };
  // Between the two somebody saved: the older half is not to be mixed with the newer. The older version's save would be refused.
  if (en.product.version !== zh.product.version && reads < MOST_READS) return await readProduct(desk, id, reads + 1);
  const own = desk.language === 'zh' ? zh.product : en.product;
  return {
    kind: 'found',
    product: {
      id: own.id, name: own.name, version: Math.min(en.product.version, zh.product.version), updatedAt: own.updatedAt, archived: own.archived,
      currency: own.variants[0]?.price.currency ?? 'USD',
      draft: draftOf(en.product, zh.product),
      available: Object.fromEntries(own.variants.flatMap((variant) => (variant.stock ? [[variant.id, variant.stock.available]] : []))),
    },
  };
}

async function readIn({ apis }: Desk, language: 'en' | 'zh', id: string): Promise<{ product: EditedProductPartsFragment | null } | { problem: Problem }> {
  const { data, error } = await apis[language].client.query<any>(EditedProductDocument.toString(), { id }, { requestPolicy: 'network-only' }).toPromise();
  // Stock may be silent: then its numbers are missing and the product can be edited all the same.
  if (!data?.product && error) return { problem: problemOf(error) };
  return { product: data?.product ?? null };
}

/** New prices are in the currency of those that are there. */
export async function readCurrency({ api }: Desk): Promise<string> {
  const data = await api.read(ShopCurrencyDocument, {});
  return data.catalogue?.edges[0]?.node.priceRange.min.currency ?? 'USD';
}
