/** From an address to a document: asks what the place asks, and writes down the answers for people and for the client. */
import { createRequest } from '@urql/core';
import { createWords } from '../shared/i18n.ts';
import { inLanguagePath, type Language } from '../shared/language.ts';
import type { CategoryQuery, HomeQuery, NavigationQuery, ProductQuery, ProductsQuery, SearchQuery } from '../storefront/gql/graphql.ts';
import { bestOffer } from '../storefront/catalogue/offer.ts';
import { address, listState, questionsOf, type Place } from '../storefront/places.ts';
import { en } from '../storefront/words/en.ts';
import { zh } from '../storefront/words/zh.ts';
import { categoryBody, failedBody, homeBody, missingBody, productBody, productsBody, scriptedBody, searchBody } from './bodies.ts';
import { renderDocument, type DocumentParts, type Head } from './document.ts';
import { frame, type Reader } from './frame.ts';
import { categoryHead, homeHead, plainHead, productHead } from './heads.ts';
import type { Html } from './html.ts';
import type { Rendered } from './page-cache.ts';

/** What the supergraph answered to one operation. */
export interface Answer {
  data?: Record<string, unknown> | null;
  errors?: readonly { message: string; extensions?: Record<string, unknown> }[] | null;
}

/** Runs an operation as a guest, in the process: `variables` are as a client would send them. */
export type Execute = (document: string, variables: Record<string, unknown>, language: Language) => Promise<Answer>;

export interface PageRequest {
  language: Language;
  /** Without the language. */
  path: string;
  search: URLSearchParams;
}

const WORDS = { en: createWords('en', en), zh: createWords('zh', zh) };

export const readerOf = (language: Language): Reader => ({
  language,
  t: (key, values) => WORDS[language].t(key, values ?? {}) as string,
  to: (path) => inLanguagePath(language, path.split('?')[0]!) + (path.includes('?') ? path.slice(path.indexOf('?')) : ''),
});

/** Where each place's page is, for the manifest. */
const SOURCES: Partial<Record<Place['kind'], string>> = {
  home: 'catalogue/home', products: 'catalogue/products', category: 'catalogue/category', product: 'catalogue/product', search: 'catalogue/search',
  cart: 'cart/cart-page', checkout: 'checkout/checkout', order: 'order/order', missing: 'catalogue/missing',
};

export const pageSource = (place: Place): string | null => (SOURCES[place.kind] ? `storefront/${SOURCES[place.kind]}.tsx` : null);
export const wordsSource = (language: Language): string => `storefront/words/${language}.ts`;

interface Page { status: number; head: Head; main: Html }

export async function renderPage(
  request: PageRequest,
  place: Place,
  execute: Execute,
  around: Pick<DocumentParts, 'publicUrl' | 'files' | 'reload' | 'dev'>,
): Promise<Rendered> {
  const { language, path, search } = request;
  const reader = readerOf(language);
  const questions = questionsOf(place, search);
  const answers = await Promise.all(questions.map(({ document, variables }) => execute(document, variables, language)));
  const whole = answers.every((answer) => answer.data && !answer.errors?.length);
  const navigation = (answers[0]!.data ?? null) as NavigationQuery | null;
  const page = pageOf(place, request, reader, answers, navigation, around.publicUrl);
  const query = search.size > 0 ? `?${search}` : '';
  const main = frame({ reader, navigation, path, query, searched: place.kind === 'search' ? place.query : '', building: around.reload, main: page.main });
  const initial: Record<string, { data: string }> = {};
  questions.forEach(({ document, variables }, index) => {
    const { data, errors } = answers[index]!;
    // An answer with a gap is not handed on: the client asks itself and says what is missing.
    if (data && !errors?.length) initial[String(createRequest(document, variables).key)] = { data: JSON.stringify(data) };
  });
  const html = renderDocument({ ...around, client: 'storefront', language, head: page.head, body: main, initial });
  return { status: page.status, html, keep: whole };
}

function pageOf(place: Place, request: PageRequest, reader: Reader, answers: readonly Answer[], navigation: NavigationQuery | null, publicUrl: string): Page {
  const { t } = reader;
  const answer = answers[1];
  const data: unknown = answer?.data ?? null;
  const state = listState(request.search);
  // Filtered and later pages are for people; the plain list is for search engines.
  const narrowed = request.search.size > 0;
  const failed = (title: string): Page => ({ status: 503, head: plainHead(reader, title, null), main: failedBody(reader, traceOf(answer)) });
  const missing = (): Page => ({ status: 404, head: plainHead(reader, t('missing.title'), null), main: missingBody(reader, navigation?.categories ?? []) });
  switch (place.kind) {
    case 'home': {
      const home = data as HomeQuery | null;
      if (!home || (!home.newest && !home.categories)) return failed(t('shop.tagline'));
      return { status: 200, head: homeHead(reader, publicUrl, bestOffer(home)?.product.image?.url ?? null), main: homeBody(reader, home) };
    }
    case 'category': {
      const found = data as CategoryQuery | null;
      if (!found?.category) return answer?.errors?.length ? failed(t('nav.categories')) : missing();
      const head = categoryHead(reader, publicUrl, found.category);
      return { status: 200, head: narrowed ? { ...head, canonical: null } : head, main: categoryBody(reader, found, state) };
    }
    case 'products': {
      const found = data as ProductsQuery | null;
      if (!found?.products) return failed(t('nav.all'));
      return { status: 200, head: plainHead(reader, t('nav.all'), narrowed ? null : address.products), main: productsBody(reader, found, state) };
    }
    case 'product': {
      const product = (data as ProductQuery | null)?.product;
      if (!product) return answer?.errors?.length ? failed(t('product.gone')) : missing();
      return { status: 200, head: productHead(reader, publicUrl, product), main: productBody(reader, product) };
    }
    case 'search':
      if (place.query && !(data as SearchQuery | null)?.search) return failed(t('search.titleEmpty'));
      return { status: 200, head: plainHead(reader, place.query ? t('search.title', { query: place.query }) : t('search.titleEmpty'), null), main: searchBody(reader, data as SearchQuery | null, place.query, state) };
    case 'missing':
      return missing();
    default: {
      const title = titleOf(place.kind, t);
      return { status: 200, head: plainHead(reader, title, null), main: scriptedBody(reader, title) };
    }
  }
}

const TITLES: Record<string, string> = {
  cart: 'cart.title', checkout: 'checkout.title', order: 'nav.orders', signIn: 'account.signIn', signUp: 'account.signUp', forgotten: 'account.forgottenTitle', reset: 'account.resetTitle', verify: 'account.verifyTitle', account: 'account.title',
};
const titleOf = (kind: string, t: Reader['t']): string => t(TITLES[kind] ?? 'shop.tagline');

function traceOf(answer: Answer | undefined): string | null {
  const traceId = answer?.errors?.[0]?.extensions?.traceId;
  return typeof traceId === 'string' ? traceId : null;
}

