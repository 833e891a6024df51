/** The readable bodies of the pages that a crawler, a reader without scripts, or a shopper before the client is there sees. */
import { formatDate, formatMoney } from '../shared/money.ts';
import type {
  CardPartsFragment, CategoryQuery, HomeQuery, PicturePartsFragment, ProductQuery, ProductsQuery, SearchQuery,
} from '../storefront/gql/graphql.ts';
import { cardFacts } from '../storefront/catalogue/card-facts.ts';
import { facetName, factsOf, listed, optionValue } from '../storefront/catalogue/names.ts';
import { bestOffer } from '../storefront/catalogue/offer.ts';
import { categoryTrail } from '../storefront/catalogue/trail.ts';
import { address, listSearch, type ListState } from '../storefront/places.ts';
import type { Reader } from './frame.ts';
import { html, type Html } from './html.ts';

type ListData = NonNullable<ProductsQuery['products']> | NonNullable<SearchQuery['search']>;

export function homeBody(reader: Reader, data: HomeQuery): Html {
  const { t, to } = reader;
  const offer = bestOffer(data);
  return html`<div class="page stack home">
<section class="hero"><div class="hero-text stack"><h1>${t('home.heroTitle')}</h1><p class="soft">${t('home.heroText')}</p>
<div class="row wrap"><a class="button" href="${to(`${address.products}?sort=NEWEST`)}">${t('home.heroAction')}</a>
${offer && offer.saving > 0 && html`<a class="button plain" href="${to(address.product(offer.product.slug))}">${t('home.heroOfferAction')}</a>`}</div></div>
${offer && html`<a class="hero-offer" href="${to(address.product(offer.product.slug))}">${picture(offer.product.image, { alt: '', eager: true, size: 640 })}
<span class="hero-caption">${offer.saving > 0 && html`<span class="badge accent">${t('home.heroOffer', { percent: offer.saving })}</span>`}<span>${offer.saving > 0 ? t('home.heroOfferText', { name: offer.product.name }) : offer.product.name}</span></span></a>`}
</section>
${data.categories && data.categories.length > 0 && html`<section><h2 class="shelf-title">${t('home.categories')}</h2><ul class="ways">${data.categories.map((category) => html`<li><a class="way" href="${to(address.category(category.slug))}">${picture(category.image, { alt: '', size: 200 })}<span>${category.name}</span><span class="soft tiny number">${t('list.count', { count: category.productCount })}</span></a></li>`)}</ul></section>`}
${shelf(reader, t('home.newest'), null, data.newest, `${address.products}?sort=NEWEST`)}
${shelf(reader, t('home.selling'), t('home.reasonSelling'), data.selling, address.products)}
${shelf(reader, t('home.loved'), t('home.reasonLoved'), data.loved, `${address.products}?sort=RATING`)}
</div>`;
}

function shelf(reader: Reader, title: string, reason: string | null, list: { edges: { node: CardPartsFragment }[] } | null | undefined, path: string): Html | null {
  if (!list || list.edges.length === 0) return null;
  return html`<section><div class="shelf-title row between"><h2>${title}${reason && html`<span class="shelf-reason">${reason}</span>`}</h2><a class="link small" href="${reader.to(path)}">${reader.t('home.seeAll')}</a></div>${cards(reader, list.edges.map((edge) => edge.node))}</section>`;
}

export function categoryBody(reader: Reader, data: CategoryQuery, state: ListState): Html {
  const { t, to } = reader;
  const category = data.category!;
  return html`<div class="page stack">
${crumbs(reader, [...categoryTrail(category.parent), { name: category.name }])}
<h1>${category.name}</h1>
${category.children.length > 0 && html`<nav aria-label="${t('list.subcategories', { name: category.name })}"><ul class="chips row wrap">${category.children.map((child) => html`<li><a class="chip" href="${to(address.category(child.slug))}">${child.name} <span class="soft tiny number">${child.productCount}</span></a></li>`)}</ul></nav>`}
${list(reader, data.products, state, address.category(category.slug), {})}
</div>`;
}

export function productsBody(reader: Reader, data: ProductsQuery, state: ListState): Html {
  const { t } = reader;
  return html`<div class="page stack">${crumbs(reader, [{ name: t('nav.all') }])}<h1>${t('nav.all')}</h1>${list(reader, data.products, state, address.products, {})}</div>`;
}

export function searchBody(reader: Reader, data: SearchQuery | null, query: string, state: ListState): Html {
  const { t } = reader;
  const found = data?.search;
  return html`<div class="page stack"><h1>${query ? t('search.title', { query }) : t('search.titleEmpty')}</h1>
${found?.correctedQuery && html`<p class="soft">${t('search.corrected', { corrected: found.correctedQuery, query })}</p>`}
${query && found && found.totalCount === 0 ? html`<div class="state"><h2>${t('search.none', { query })}</h2><p class="soft">${t('search.noneHint')}</p></div>` : list(reader, found, state, '/search', { q: query })}
</div>`;
}

function list(reader: Reader, data: ListData | null | undefined, state: ListState, path: string, keep: Record<string, string>): Html | null {
  if (!data) return null;
  const { t, to } = reader;
  const after = data.pageInfo.hasNextPage ? data.pageInfo.endCursor : null;
  return html`<div class="list"><div class="list-side"></div><div class="list-main"><div class="list-bar"><p class="soft small number">${t('list.count', { count: data.totalCount })}</p>${placeholders(path !== '/search')}</div>
${cards(reader, data.edges.map((edge) => edge.node), 4, 2)}
${after && html`<div class="list-more"><a class="button plain" rel="next" href="${to(`${path}?${listSearch({ ...state, after }, keep)}`)}">${t('list.more')}</a></div>`}
</div></div>`;
}

/** The room that the client's filter button and sort box will take, so that the list does not move when they come. */
const placeholders = (sortable: boolean): Html =>
  html`<span class="button plain list-filter-button" style="visibility:hidden" aria-hidden="true"></span>${sortable && html`<span class="list-sort" style="visibility:hidden" aria-hidden="true"><i class="input"></i></span>`}`;

export function productBody(reader: Reader, product: NonNullable<ProductQuery['product']>): Html {
  const { t, to, language } = reader;
  const { soldOut, before, several, saving } = cardFacts(product);
  const price = formatMoney(product.priceRange.min, language);
  const category = product.categories[0];
  const media = product.media.length > 0 ? product.media : product.image ? [product.image] : [];
  return html`<div class="page stack loose">
${crumbs(reader, [...categoryTrail(category), { name: product.name }])}
<div class="product">
<div class="gallery"><div class="gallery-main">${picture(media[0], { eager: true, size: 900 })}</div></div>
<div class="product-info stack"><div class="stack tight">
${product.brand && html`<p class="soft small">${product.brand}</p>`}
<h1>${product.name}</h1>
${product.rating.count > 0 && html`<p class="row product-rating">${stars(reader, product.rating.average ?? 0, product.rating.count)}</p>`}</div>
<p class="product-price price number">${several ? t('list.from', { price }) : price}${before && html` <s class="soft small">${formatMoney(before, language)}</s> <span class="badge accent">${t('product.save', { percent: saving })}</span>`}</p>
${product.options.map((option) => html`<p><strong>${facetName(option.name, t)}</strong>${language === 'zh' ? '：' : ': '}${listed(option.values.map((value) => optionValue(value, t)), language)}</p>`)}
<p>${soldOut ? t('product.soldOut') : t('product.inStock')}</p>
<noscript><p class="note warn">${t('checkout.noScript')}</p></noscript>
</div></div>
<div class="product-more"><section><h2>${t('product.description')}</h2><p class="prose">${product.description}</p></section>
${product.attributes.length > 0 && html`<section><h2>${t('product.facts')}</h2><dl class="facts">${factsOf(product.attributes, t).map(({ label, values }) => html`<div><dt>${label}</dt><dd>${listed(values, language)}</dd></div>`)}</dl></section>`}</div>
${product.reviews.totalCount > 0 && html`<section><h2>${t('product.reviews')}</h2><ul class="reviews">${product.reviews.edges.map(({ node }) => html`<li class="review"><p>${stars(reader, node.rating)}</p><h3>${node.title}</h3><p class="prose">${node.body}</p><p class="soft tiny">${node.authorName} · ${formatDate(node.createdAt, language)}</p></li>`)}</ul></section>`}
${related(reader, t('product.together'), product.boughtTogether)}
${related(reader, t('product.similar'), product.similarProducts)}
<p class="hidden-text"><a href="${to('/')}">${t('nav.home')}</a></p>
</div>`;
}

function related(reader: Reader, title: string, products: readonly (CardPartsFragment | null)[] | null | undefined): Html | null {
  const there = (products ?? []).filter((one) => one !== null);
  return there.length === 0 ? null : html`<section><h2 class="shelf-title">${title}</h2>${cards(reader, there)}</section>`;
}

/** A page that lives in the browser: its name, and why nothing more is here without scripts. */
export function scriptedBody(reader: Reader, title: string): Html {
  return html`<div class="page stack"><h1>${title}</h1><noscript><p class="note warn">${reader.t('checkout.noScript')}</p></noscript><p class="soft scripted">${reader.t('state.loading')}</p></div>`;
}

export function missingBody(reader: Reader, categories: readonly { slug: string; name: string }[]): Html {
  const { t, to } = reader;
  return html`<div class="page"><div class="state"><h1>${t('missing.title')}</h1><p class="soft">${t('missing.text')}</p>
<ul class="row wrap chips">${categories.map((category) => html`<li><a class="chip" href="${to(address.category(category.slug))}">${category.name}</a></li>`)}</ul>
<a class="button" href="${to('/')}">${t('missing.home')}</a></div></div>`;
}

export function failedBody(reader: Reader, traceId: string | null): Html {
  const { t } = reader;
  return html`<div class="page"><div class="state"><h1>${t('state.errorTitle')}</h1><p class="soft">${t('state.unavailable')}</p>${traceId && html`<p class="trace">${t('state.trace', { id: traceId })}</p>`}</div></div>`;
}

function cards(reader: Reader, products: readonly CardPartsFragment[], eager = 0, level = 3): Html {
  return html`<ul class="cards">${products.map((product, index) => html`<li>${card(reader, product, index < eager, level)}</li>\n`)}</ul>`;
}

function card({ t, to, language }: Reader, product: CardPartsFragment, eager: boolean, level: number): Html {
  const { soldOut, saving, before, several } = cardFacts(product);
  const price = formatMoney(product.priceRange.min, language);
  const name = html`<a href="${to(address.product(product.slug))}">${product.name}</a>`;
  return html`<article class="card"><div class="card-picture">${picture(product.image, { alt: '', eager })}${soldOut ? html`<span class="badge">${t('product.soldOut')}</span>` : saving > 0 && html`<span class="badge accent">${t('product.save', { percent: saving })}</span>`}</div>
${level === 2 ? html`<h2 class="card-name">${name}</h2>` : html`<h3 class="card-name">${name}</h3>`}
${product.rating.count > 0 && stars({ t, to, language }, product.rating.average ?? 0, product.rating.count)}
<p class="price number">${several ? t('list.from', { price }) : price}${before && html` <s class="soft small">${formatMoney(before, language)}</s>`}</p></article>`;
}

function stars({ t }: Reader, average: number, count?: number): Html {
  return html`<span class="stars-line"><span class="stars" role="img" aria-label="${t('product.ratingOf', { average: average.toFixed(1) })}" style="--filled:${(average / 5) * 100}%"></span>${count !== undefined && html`<span class="soft tiny number">(${count})</span>`}</span>`;
}

function picture(image: PicturePartsFragment | null | undefined, { alt, eager = false, size = 480 }: { alt?: string; eager?: boolean; size?: number }): Html {
  if (!image) return html`<span class="no-picture"></span>`;
  return html`<img src="${image.url}" alt="${alt ?? image.alt}" width="${image.width ?? size}" height="${image.height ?? size}" loading="${eager ? 'eager' : 'lazy'}"${eager && html` fetchpriority="high"`} decoding="async">`;
}

function crumbs({ t, to }: Reader, trail: readonly { name: string; to?: string }[]): Html {
  return html`<nav class="crumbs" aria-label="${t('nav.breadcrumb')}"><ol><li><a href="${to('/')}">${t('nav.home')}</a></li>${trail.map((step) => html`<li>${step.to ? html`<a href="${to(step.to)}">${step.name}</a>` : html`<span aria-current="page">${step.name}</span>`}</li>`)}</ol></nav>`;
}
