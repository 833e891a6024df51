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
import { after } from '../shared/time.ts';
import { App } from './app.tsx';
import { createCartStore } from './cart/store.ts';
import { rememberEarly } from './frame/early.ts';
import { preloadPlace } from './pages.tsx';
import { placeOf } from './places.ts';

const ENDPOINT = '/graphql';
/** A picture that does not come, or a tab in the background, holds nothing up for longer. */
const LONGEST_PAINT_MS = 800;

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
  await firstPaint();
  rememberEarly();
  createRoot(document.getElementById('root')!).render(<App i18n={i18n} shop={{ language, session, api, cart }} />);
}

/**
 * What the server wrote is painted, its first picture included, before the client puts its own in the same place: on a slow
 * machine the reader sees the page a second earlier. Browsers that do not tell when they paint do not wait.
 */
function firstPaint(): Promise<void> {
  const told = PerformanceObserver.supportedEntryTypes.includes('largest-contentful-paint');
  if (!told || document.hidden || !document.querySelector('#root img[loading=eager]')) return Promise.resolve();
  return new Promise((resolve) => {
    const observer = new PerformanceObserver((list) => {
      if (list.getEntries().some((entry) => (entry as PerformanceEntry & { element?: Element }).element instanceof HTMLImageElement)) done();
    });
    const done = (): void => {
      observer.disconnect();
      resolve();
    };
    observer.observe({ type: 'largest-contentful-paint', buffered: true });
    after(LONGEST_PAINT_MS, done);
    // Whoever types or points already wants the client.
    for (const event of ['keydown', 'pointerdown']) window.addEventListener(event, done, { once: true, passive: true });
  });
}

void start();
