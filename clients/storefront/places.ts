/**
 * The storefront's addresses, and what each asks of the supergraph. Server and browser read the same table: so the answers
 * the server puts into a document are found again by the browser, and nothing is asked twice.
 */
import {
  CategoryDocument, HomeDocument, NavigationDocument, ProductDocument, ProductsDocument, SearchDocument,
  type ProductFilter, type ProductSort,
} from './gql/graphql.ts';

export type Place =
  | { kind: 'home' }
  | { kind: 'products' }
  | { kind: 'category'; slug: string }
  | { kind: 'product'; slug: string }
  | { kind: 'search'; query: string }
  | { kind: 'cart' | 'checkout' | 'order' | 'signIn' | 'signUp' | 'forgotten' | 'reset' | 'verify' | 'account' }
  | { kind: 'missing' };

/** Pages that show nothing without JavaScript and are nothing for search engines. */
const PRIVATE: readonly [RegExp, Exclude<Place, { slug: string } | { query: string }>['kind']][] = [
  [/^\/cart\/?$/, 'cart'],
  [/^\/checkout\/?$/, 'checkout'],
  [/^\/orders\/[^/]+\/?$/, 'order'],
  [/^\/sign-in\/?$/, 'signIn'],
  [/^\/sign-up\/?$/, 'signUp'],
  [/^\/forgot-password\/?$/, 'forgotten'],
  [/^\/reset-password\/?$/, 'reset'],
  [/^\/verify-email\/?$/, 'verify'],
  [/^\/account(\/(orders|notifications(\/preferences)?|profile|addresses|sessions|security))?\/?$/, 'account'],
];

/** `path` without its language. */
export function placeOf(path: string, search: URLSearchParams): Place {
  if (path === '/') return { kind: 'home' };
  if (/^\/products\/?$/.test(path)) return { kind: 'products' };
  if (/^\/search\/?$/.test(path)) return { kind: 'search', query: readQuery(search) };
  const slug = /^\/(categories|products)\/([^/]+)\/?$/.exec(path);
  if (slug) return { kind: slug[1] === 'products' ? 'product' : 'category', slug: decodeSlug(slug[2]!) };
  const found = PRIVATE.find(([pattern]) => pattern.test(path));
  return found ? ({ kind: found[1] } as Place) : { kind: 'missing' };
}

export const address = {
  home: '/',
  products: '/products',
  category: (slug: string) => `/categories/${encodeURIComponent(slug)}`,
  product: (slug: string) => `/products/${encodeURIComponent(slug)}`,
  search: (query: string) => `/search?q=${encodeURIComponent(query)}`,
  cart: '/cart',
  checkout: '/checkout',
  order: (id: string | number) => `/orders/${encodeURIComponent(String(id))}`,
  signIn: '/sign-in',
  signUp: '/sign-up',
  forgotten: '/forgot-password',
  account: (part: 'orders' | 'notifications' | 'profile' | 'addresses' | 'sessions' | 'security' = 'orders') => `/account/${part}`,
};

const LONGEST_QUERY = 200;
export const readQuery = (search: URLSearchParams): string => (search.get('q') ?? '').trim().slice(0, LONGEST_QUERY);

/** A malformed escape is a slug nobody has. */
function decodeSlug(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

export const PAGE_SIZE = 24;
/** The schema gives at most 100 a page: four of ours. */
export const MOST_SHOWN = 96;
export const SORTS = ['BEST_SELLING', 'NEWEST', 'PRICE_ASC', 'PRICE_DESC', 'RATING'] as const satisfies readonly ProductSort[];

export interface ListState {
  first: number;
  after: string | null;
  sort: ProductSort;
  priceMinMinor: number | null;
  priceMaxMinor: number | null;
  inStock: boolean;
  /** Only in search, where the category is a facet. */
  category: string | null;
  /** Attribute → values that are chosen. */
  attributes: Record<string, string[]>;
}

const ATTRIBUTE = 'f.';
const MOST_FILTERS = 20;

/** Filters, sort and length of a list, out of the address: `?sort=PRICE_ASC&min=1000&stock=1&f.material=cotton&n=48`. */
export function listState(search: URLSearchParams): ListState {
  const sort = SORTS.find((known) => known === search.get('sort')) ?? 'BEST_SELLING';
  const attributes: Record<string, string[]> = {};
  for (const [name, value] of [...search].slice(0, MOST_FILTERS * 2)) {
    if (!name.startsWith(ATTRIBUTE) || !value) continue;
    (attributes[name.slice(ATTRIBUTE.length)] ??= []).push(value);
  }
  return {
    first: Math.min(Math.max(Math.ceil(wholeNumber(search.get('n'), PAGE_SIZE)! / PAGE_SIZE), 1) * PAGE_SIZE, MOST_SHOWN),
    after: search.get('after') || null,
    sort,
    priceMinMinor: wholeNumber(search.get('min'), null),
    priceMaxMinor: wholeNumber(search.get('max'), null),
    inStock: search.get('stock') === '1',
    category: search.get('category') || null,
    attributes,
  };
}

/** The address's query for a list; what is as it always is, is left out. `keep` is for `q`. */
export function listSearch(state: ListState, keep: Record<string, string> = {}): URLSearchParams {
  const search = new URLSearchParams(keep);
  if (state.sort !== 'BEST_SELLING') search.set('sort', state.sort);
  if (state.category) search.set('category', state.category);
  if (state.priceMinMinor !== null) search.set('min', String(state.priceMinMinor));
  if (state.priceMaxMinor !== null) search.set('max', String(state.priceMaxMinor));
  if (state.inStock) search.set('stock', '1');
  for (const [name, values] of Object.entries(state.attributes)) for (const value of values) search.append(ATTRIBUTE + name, value);
  if (state.first !== PAGE_SIZE) search.set('n', String(state.first));
  if (state.after) search.set('after', state.after);
  return search;
}

const MOST_MINOR = 2_147_483_647;

function wholeNumber<T>(text: string | null, otherwise: T): number | T {
  if (!text || !/^\d{1,10}$/.test(text)) return otherwise;
  return Math.min(Number(text), MOST_MINOR);
}

export function filterOf(state: ListState, categorySlug: string | null = state.category): ProductFilter {
  const attributes = Object.entries(state.attributes).map(([name, values]) => ({ name, values }));
  return {
    ...(categorySlug ? { categorySlug } : {}),
    ...(state.priceMinMinor !== null ? { priceMinMinor: state.priceMinMinor } : {}),
    ...(state.priceMaxMinor !== null ? { priceMaxMinor: state.priceMaxMinor } : {}),
    ...(state.inStock ? { inStock: true } : {}),
    ...(attributes.length > 0 ? { attributes } : {}),
  };
}

export const categoryVariables = (slug: string, state: ListState) =>
  ({ slug, first: state.first, after: state.after, filter: filterOf(state, slug), sort: state.sort });
export const productsVariables = (state: ListState) => ({ first: state.first, after: state.after, filter: filterOf(state, null), sort: state.sort });
export const searchVariables = (query: string, state: ListState) => ({ query, first: state.first, after: state.after, filter: filterOf(state) });

export interface Question { document: string; variables: Record<string, unknown> }

/** What a place asks of the supergraph, the navigation first. */
export function questionsOf(place: Place, search: URLSearchParams): Question[] {
  const navigation = { document: NavigationDocument.toString(), variables: {} };
  switch (place.kind) {
    case 'home':
      return [navigation, { document: HomeDocument.toString(), variables: {} }];
    case 'products':
      return [navigation, { document: ProductsDocument.toString(), variables: productsVariables(listState(search)) }];
    case 'category':
      return [navigation, { document: CategoryDocument.toString(), variables: categoryVariables(place.slug, listState(search)) }];
    case 'product':
      return [navigation, { document: ProductDocument.toString(), variables: { slug: place.slug } }];
    case 'search':
      if (!place.query) return [navigation];
      return [navigation, { document: SearchDocument.toString(), variables: searchVariables(place.query, listState(search)) }];
    default:
      return [navigation];
  }
}
