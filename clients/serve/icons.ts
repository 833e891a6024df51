/** The icons of the header (Tabler, MIT), for documents that no component draws. */
import { Html } from './html.ts';

const icon = (paths: string, size: number): Html =>
  new Html(`<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${paths}</svg>`);

export const bagIcon = icon('<path d="M6.331 8h11.339a2 2 0 0 1 1.977 2.304l-1.255 8.152a3 3 0 0 1 -2.966 2.544h-6.852a3 3 0 0 1 -2.965 -2.544l-1.255 -8.152a2 2 0 0 1 1.977 -2.304"/><path d="M9 11v-5a3 3 0 0 1 6 0v5"/>', 22);
export const userIcon = icon('<path d="M8 7a4 4 0 1 0 8 0a4 4 0 0 0 -8 0"/><path d="M6 21v-2a4 4 0 0 1 4 -4h4a4 4 0 0 1 4 4v2"/>', 22);
export const searchIcon = new Html(icon('<path d="M3 10a7 7 0 1 0 14 0a7 7 0 1 0 -14 0"/><path d="M21 21l-6 -6"/>', 20).text.replace('<svg', '<svg class="search-icon"'));
export const logoIcon = new Html(
  '<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true"><rect x="1" y="6" width="24" height="19" rx="6" fill="var(--accent)"/><path d="M8 11V7.5a5 5 0 0 1 10 0V11" fill="none" stroke="var(--ink)" stroke-width="2" stroke-linecap="round"/><path d="M9 16.5c1 2.2 2.5 3 4 3s3-.8 4-3" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>',
);
export const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 26 26"><rect x="1" y="6" width="24" height="19" rx="6" fill="#3346c8"/><path d="M8 11V7.5a5 5 0 0 1 10 0V11" fill="none" stroke="#7284f4" stroke-width="2" stroke-linecap="round"/><path d="M9 16.5c1 2.2 2.5 3 4 3s3-.8 4-3" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round"/></svg>';
