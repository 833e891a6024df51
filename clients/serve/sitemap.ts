/** sitemap.xml (sitemaps.org 0.9 with xhtml:link for both languages) and robots.txt. */
import { HTML_LANG, inLanguagePath, LANGUAGES } from '../shared/language.ts';
import { SitemapCategoriesDocument, SitemapProductsDocument, type SitemapCategoriesQuery, type SitemapProductsQuery } from '../storefront/gql/graphql.ts';
import { address } from '../storefront/places.ts';
import { escapeHtml } from './html.ts';
import type { Execute } from './pages.ts';

/** The protocol takes at most 50,000 addresses a file; each product has two. */
const MOST_PAGES_OF_PRODUCTS = 240;

export async function renderSitemap(execute: Execute, publicUrl: string): Promise<string> {
  const entries: { path: string; changed?: string }[] = [{ path: '/' }, { path: address.products }];
  const categories = (await execute(SitemapCategoriesDocument.toString(), {}, 'en')).data as SitemapCategoriesQuery | null | undefined;
  type Branch = { slug: string; children?: readonly Branch[] };
  const walk = (branches: readonly Branch[]): void => {
    for (const branch of branches) {
      entries.push({ path: address.category(branch.slug) });
      walk(branch.children ?? []);
    }
  };
  walk(categories?.categories ?? []);
  let after: string | null = null;
  for (let page = 0; page < MOST_PAGES_OF_PRODUCTS; page++) {
    const answer = (await execute(SitemapProductsDocument.toString(), { after }, 'en')).data as SitemapProductsQuery | null | undefined;
    if (!answer?.products) break;
    for (const { node } of answer.products.edges) entries.push({ path: address.product(node.slug), changed: node.updatedAt });
    after = answer.products.pageInfo.hasNextPage ? (answer.products.pageInfo.endCursor ?? null) : null;
    if (!after) break;
  }
  const rows = entries.flatMap((entry) => LANGUAGES.map((language) => urlOf(entry, language, publicUrl)));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">\n${rows.join('\n')}\n</urlset>\n`;
}

function urlOf(entry: { path: string; changed?: string }, language: 'en' | 'zh', publicUrl: string): string {
  const at = (one: 'en' | 'zh'): string => escapeHtml(publicUrl + inLanguagePath(one, entry.path));
  const alternates = LANGUAGES.map((one) => `<xhtml:link rel="alternate" hreflang="${HTML_LANG[one]}" href="${at(one)}"/>`).join('');
  return `<url><loc>${at(language)}</loc>${entry.changed ? `<lastmod>${escapeHtml(entry.changed)}</lastmod>` : ''}${alternates}</url>`;
}

export const renderRobots = (publicUrl: string): string =>
  ['User-agent: *', ...['/cart', '/checkout', '/orders/', '/account', '/admin', '/graphql'].flatMap((path) => [`Disallow: ${path}`, `Disallow: /zh${path}`]), `Sitemap: ${publicUrl}/sitemap.xml`, ''].join('\n');
