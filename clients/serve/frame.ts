/** Header and footer around a server-rendered page: the same shape and classes as the client's, so nothing moves. */
import { inLanguagePath, type Language } from '../shared/language.ts';
import type { NavigationQuery } from '../storefront/gql/graphql.ts';
import { address } from '../storefront/places.ts';
import { html, type Html } from './html.ts';
import { bagIcon, logoIcon, searchIcon, userIcon } from './icons.ts';

export interface Reader {
  language: Language;
  /** Words by key, filled in. */
  t(key: string, values?: Record<string, unknown>): string;
  /** The address of a path in the reader's language. */
  to(path: string): string;
}

interface FrameParts {
  reader: Reader;
  navigation: NavigationQuery | null;
  /** Path without language, and the query: for the link to the other language. */
  path: string;
  query: string;
  /** What was searched. */
  searched: string;
  /** While the client is being built. */
  building: boolean;
  main: Html;
}

export function frame({ reader, navigation, path, query, searched, building, main }: FrameParts): Html {
  const { t, to, language } = reader;
  const other = language === 'en' ? 'zh' : 'en';
  const elsewhere = inLanguagePath(other, path) + query;
  return html`<a class="skip" href="#content">${t('nav.skip')}</a>
${building && html`<div class="offline" role="status">${t('building')}</div>`}
<header class="header">
<div class="header-in">
<a href="${to('/')}" class="logo" aria-label="${t('shop.name')}, ${t('nav.home')}">${logoIcon}${t('shop.name')}</a>
<form role="search" class="search" action="${to('/search')}">${searchIcon}<input type="search" name="q" class="search-input" aria-label="${t('search.label')}" placeholder="${t('search.placeholder')}" value="${searched}" maxlength="200"></form>
<div class="header-tools">
<a class="icon-button text" href="${elsewhere}" hreflang="${other}" lang="${other}" aria-label="${t('nav.language')}: ${t('nav.languageLabel')}">${t('nav.language')}</a>
<span class="icon-button" aria-hidden="true"></span>
<a class="icon-button" href="${to(address.signIn)}" aria-label="${t('nav.signIn')}">${userIcon}</a>
<a class="icon-button" href="${to(address.cart)}" aria-label="${t('nav.cart')}">${bagIcon}</a>
</div>
</div>
<nav class="categories-bar" aria-label="${t('nav.categories')}"><ul>
<li><a href="${to(address.products)}">${t('nav.all')}</a></li>
${navigation?.categories?.map((category) => html`<li><a href="${to(address.category(category.slug))}"${path === address.category(category.slug) && html` aria-current="page"`}>${category.name}</a></li>\n`)}
</ul></nav>
</header>
<main id="content" tabindex="-1">${main}</main>
<footer class="footer"><div class="footer-in">
<p class="soft small">${t('nav.promise')}</p>
<nav class="footer-links" aria-label="${t('nav.footerShop')}">
<a href="${to(address.products)}">${t('nav.all')}</a>
<a href="${to(address.account('orders'))}">${t('nav.orders')}</a>
<a href="/graphql">${t('nav.sandbox')}</a>
<a href="/admin/">${t('nav.admin')}</a>
<a href="${elsewhere}" hreflang="${other}" lang="${other}">${t('nav.language')}</a>
</nav>
</div></footer>`;
}
