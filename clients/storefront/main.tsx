/** The storefront's entry: reads what the server put into the document, loads the page's own chunk, then takes over. */
import { createRoot } from 'react-dom/client';
import type { SSRData } from 'urql';
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '../shared/look/tokens.css';
import '../shared/look/base.css';
import './look/frame.css';
import './look/catalogue.css';
import './look/product.css';
import { createApi } from '../shared/graphql.ts';
import { createWords } from '../shared/i18n.ts';
import { splitLanguage } from '../shared/language.ts';
import { createSession } from '../shared/session.ts';
import { App } from './app.tsx';
import { createCartStore } from './cart/store.ts';
import { preloadPlace } from './pages.tsx';
import { placeOf } from './places.ts';

const ENDPOINT = '/graphql';

async function start(): Promise<void> {
  const { language, path } = splitLanguage(window.location.pathname);
  const embedded = document.getElementById('initial-data');
  const initial: SSRData = embedded?.textContent ? JSON.parse(embedded.textContent) : {};
  const [words] = await Promise.all([
    language === 'zh' ? import('./words/zh.ts').then((module) => module.zh) : import('./words/en.ts').then((module) => module.en),
    preloadPlace(placeOf(path, new URLSearchParams(window.location.search))),
  ]);
  const i18n = createWords(language, words);
  const session = createSession(ENDPOINT, language);
  const api = createApi({ endpoint: ENDPOINT, language, session, initial });
  const cart = createCartStore(api, session, () => i18n.t('state.errorText'));
  createRoot(document.getElementById('root')!).render(<App i18n={i18n} shop={{ language, session, api, cart }} />);
}

void start();
