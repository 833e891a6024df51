import { inLanguage, type Language } from '#platform/subgraph/context.ts';
import type { Catalogue } from '../catalogue.ts';
import type { FacetCount } from '../facets.ts';
import { page, type Page, type ResultList } from '../results.ts';
import { productById, type ProductView } from '../views.ts';

interface Edge {
  cursor: string;
  node: ProductView;
}

/** A Relay connection; facets are counted only when they are asked for. */
export interface Connection {
  totalCount: number;
  correctedQuery: string | null;
  edges: Edge[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  facets(): readonly { name: string; label: string; values: readonly { value: string; label: string; count: number }[] }[];
}

/** Without a promise where every product of the page is in the cache. */
export function connection(catalogue: Catalogue, list: ResultList, first: number, after: string | null | undefined, language: Language): Connection | Promise<Connection> {
  const shown = page(list, first, after);
  const nodes = shown.rows.map((row) => productById(catalogue, row.id, language));
  const make = (products: readonly (ProductView | null)[]) => connectionOf(list, shown, products, language);
  return nodes.some((node) => node instanceof Promise) ? Promise.all(nodes).then(make) : make(nodes as (ProductView | null)[]);
}

function connectionOf(list: ResultList, shown: Page, products: readonly (ProductView | null)[], language: Language): Connection {
  const edges: Edge[] = [];
  products.forEach((node, index) => {
    if (node) edges.push({ cursor: shown.cursors[index]!, node });
  });
  return {
    totalCount: list.rows.length,
    correctedQuery: list.corrected,
    edges,
    pageInfo: { hasNextPage: shown.hasNextPage, endCursor: shown.cursors.at(-1) ?? null },
    facets: () => facetViews(list.facets(), language),
  };
}

const facetViews = (facets: readonly FacetCount[], language: Language) =>
  facets.map(({ name, label: title, values }) => ({
    name,
    label: inLanguage(language, title),
    values: values.map(({ value, label, count }) => ({ value, label: inLanguage(language, label), count })),
  }));
