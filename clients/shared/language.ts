/** The two languages, kept in the address: `/…` is English, `/zh/…` the same page in Chinese. */
export type Language = 'en' | 'zh';
export const LANGUAGES: readonly Language[] = ['en', 'zh'];
export const HTML_LANG: Record<Language, string> = { en: 'en', zh: 'zh-Hans' };
/** As the person who looks for it would call it. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', zh: '中文' };

/** `/zh/products/x` → `{ language: 'zh', path: '/products/x' }`; `base` is the client's own prefix, e.g. `/admin`. */
export function splitLanguage(pathname: string, base = ''): { language: Language; path: string } {
  const inside = base && pathname.startsWith(base) ? pathname.slice(base.length) : pathname;
  if (inside === '/zh' || inside.startsWith('/zh/')) return { language: 'zh', path: inside.slice(3) || '/' };
  return { language: 'en', path: inside || '/' };
}

/** The address of `path` in a language; `path` begins with `/` and has no prefix. */
export function inLanguagePath(language: Language, path: string, base = ''): string {
  if (language === 'en') return `${base}${path}`;
  return `${base}/zh${path === '/' ? '' : path}` || '/';
}
