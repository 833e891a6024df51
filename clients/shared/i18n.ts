/** The words of the page's language, through i18next; used in the browser and on the server alike. */
import { createInstance, type i18n, type Resource } from 'i18next';
import type { Language } from './language.ts';

export function createWords(language: Language, words: object): i18n {
  const instance = createInstance();
  void instance.init({
    lng: language,
    resources: { [language]: { translation: words } } as Resource,
    // The words are bundled, so nothing has to be waited for; React escapes what is filled in.
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
  });
  return instance;
}
