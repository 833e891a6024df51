/** What search engines and link previews are told of a page (schema.org Product, BreadcrumbList, WebSite). */
import { decimalMoney } from '../shared/money.ts';
import type { CategoryQuery, ProductQuery } from '../storefront/gql/graphql.ts';
import { cardFacts } from '../storefront/catalogue/card-facts.ts';
import { categoryTrail } from '../storefront/catalogue/trail.ts';
import { address } from '../storefront/places.ts';
import type { Head } from './document.ts';
import type { Reader } from './frame.ts';

const MOST_DESCRIPTION = 160;

export function plainHead(reader: Reader, title: string | null, canonical: string | null): Head {
  const { t } = reader;
  return { title: title ? `${title} · ${t('shop.name')}` : `${t('shop.tagline')} · ${t('shop.name')}`, description: t('shop.description'), canonical, image: null, kind: 'website', structured: [] };
}

export function homeHead(reader: Reader, publicUrl: string, image: string | null): Head {
  const search = { '@type': 'SearchAction', target: { '@type': 'EntryPoint', urlTemplate: `${publicUrl}${reader.to('/search')}?q={search_term_string}` }, 'query-input': 'required name=search_term_string' };
  const site = { '@context': 'https://schema.org', '@type': 'WebSite', name: 'GoMall', url: publicUrl + reader.to('/'), potentialAction: search };
  return { ...plainHead(reader, null, '/'), image, structured: [site] };
}

export function categoryHead(reader: Reader, publicUrl: string, category: NonNullable<CategoryQuery['category']>): Head {
  const { t } = reader;
  const trail = [...categoryTrail(category.parent), { name: category.name, to: address.category(category.slug) }];
  return {
    ...plainHead(reader, category.name, address.category(category.slug)),
    description: `${category.name}: ${t('list.count', { count: category.productCount })}. ${t('shop.description')}`,
    structured: [breadcrumbs(reader, publicUrl, trail)],
  };
}

export function productHead(reader: Reader, publicUrl: string, product: NonNullable<ProductQuery['product']>): Head {
  const path = address.product(product.slug);
  const trail = [...categoryTrail(product.categories[0]), { name: product.name, to: path }];
  return {
    ...plainHead(reader, product.name, path),
    description: shorten(product.description) || reader.t('shop.description'),
    image: (product.media[0] ?? product.image)?.url ?? null,
    kind: 'product',
    structured: [productData(reader, publicUrl, product, path), breadcrumbs(reader, publicUrl, trail)],
  };
}

function productData(reader: Reader, publicUrl: string, product: NonNullable<ProductQuery['product']>, path: string): object {
  const { min, max } = product.priceRange;
  const url = publicUrl + reader.to(path);
  const availability = `https://schema.org/${cardFacts(product).soldOut ? 'OutOfStock' : 'InStock'}`;
  const offers = min.amountMinor === max.amountMinor
    ? { '@type': 'Offer', price: decimalMoney(min), priceCurrency: min.currency, availability, url }
    : { '@type': 'AggregateOffer', lowPrice: decimalMoney(min), highPrice: decimalMoney(max), priceCurrency: min.currency, offerCount: product.variants.length, availability, url };
  return {
    '@context': 'https://schema.org', '@type': 'Product', name: product.name, description: product.description, url, sku: product.variants[0]?.sku,
    image: product.media.map((image) => publicUrl + image.url),
    ...(product.brand ? { brand: { '@type': 'Brand', name: product.brand } } : {}),
    offers,
    ...(product.rating.count > 0 ? { aggregateRating: { '@type': 'AggregateRating', ratingValue: product.rating.average?.toFixed(1), reviewCount: product.rating.count } } : {}),
  };
}

function breadcrumbs(reader: Reader, publicUrl: string, trail: readonly { name: string; to: string }[]): object {
  const steps = [{ name: reader.t('nav.home'), to: '/' }, ...trail];
  return {
    '@context': 'https://schema.org', '@type': 'BreadcrumbList',
    itemListElement: steps.map((step, index) => ({ '@type': 'ListItem', position: index + 1, name: step.name, item: publicUrl + reader.to(step.to) })),
  };
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= MOST_DESCRIPTION ? line : `${line.slice(0, MOST_DESCRIPTION - 1)}…`;
}
