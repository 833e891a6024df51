/** The HTML document around a page: head for people and machines, readable body, and the data the client goes on with. */
import { EARLY_SCRIPT } from '../shared/appearance.ts';
import { HTML_LANG, inLanguagePath, LANGUAGES, type Language } from '../shared/language.ts';
import { BASES, type Client } from '../entries.ts';
import { html, jsonForHtml, Html } from './html.ts';

export interface Head {
  title: string;
  description: string;
  /** Path without language; null when search engines shall not keep it. */
  canonical: string | null;
  image: string | null;
  /** `website` or `product`. */
  kind: 'website' | 'product';
  /** schema.org objects. */
  structured: readonly object[];
}

export interface DocumentParts {
  client: Client;
  language: Language;
  publicUrl: string;
  head: Head;
  body: Html;
  initial: object | null;
  files: { scripts: string[]; preloads: string[]; styles: string[] } | null;
  /** The client is being built: the page comes again by itself. */
  reload: boolean;
  /** Vite's own scripts while developing. */
  dev: Html | null;
}

export function renderDocument(parts: DocumentParts): string {
  const { client, language, publicUrl, head, body, initial, files, reload, dev } = parts;
  const base = BASES[client];
  return html`<!doctype html>
<html lang="${HTML_LANG[language]}" data-mantine-color-scheme="light">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${head.title}</title>
<meta name="description" content="${head.description}">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#fdfdfc">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#141518">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<script>${new Html(EARLY_SCRIPT)}</script>
${reload && html`<meta http-equiv="refresh" content="2">`}
${addresses(head, language, publicUrl)}
${head.image && html`<link rel="preload" as="image" href="${head.image}" fetchpriority="high">`}
${files ? files.styles.map((file) => html`<link rel="stylesheet" href="${base}${file}">\n`) : html`<link rel="stylesheet" href="/assets/reading.css">`}
${files?.scripts.map((file) => html`<script type="module" src="${base}${file}"></script>\n`)}
${files?.preloads.map((file) => html`<link rel="modulepreload" href="${base}${file}">\n`)}
${dev}
${head.structured.map((object) => html`<script type="application/ld+json">${jsonForHtml(object)}</script>\n`)}
</head>
<body>
<div id="root">${body}</div>
${initial && html`<script type="application/json" id="initial-data">${jsonForHtml(initial)}</script>`}
</body>
</html>
`.text.replace(/\n{2,}/g, '\n');
}

function addresses(head: Head, language: Language, publicUrl: string): Html {
  if (head.canonical === null) return html`<meta name="robots" content="noindex">`;
  const path = head.canonical;
  const here = publicUrl + inLanguagePath(language, path);
  return html`<link rel="canonical" href="${here}">
${LANGUAGES.map((one) => html`<link rel="alternate" hreflang="${HTML_LANG[one]}" href="${publicUrl + inLanguagePath(one, path)}">\n`)}
<link rel="alternate" hreflang="x-default" href="${publicUrl + path}">
<meta property="og:site_name" content="GoMall">
<meta property="og:type" content="${head.kind}">
<meta property="og:title" content="${head.title}">
<meta property="og:description" content="${head.description}">
<meta property="og:url" content="${here}">
<meta property="og:locale" content="${language === 'zh' ? 'zh_CN' : 'en_US'}">
${head.image && html`<meta property="og:image" content="${publicUrl + head.image}">`}`;
}
