/** The admin's entry: words of the page's language, the session, then the frame; pages come as chunks of their own. */
import { createRoot } from 'react-dom/client';
import '@mantine/core/styles/baseline.layer.css';
import '@mantine/core/styles/default-css-variables.layer.css';
import '@mantine/core/styles/global.layer.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Paper.layer.css';
import '@mantine/core/styles/Overlay.layer.css';
import '@mantine/core/styles/ModalBase.layer.css';
import '@mantine/core/styles/Modal.layer.css';
import '@mantine/core/styles/Drawer.layer.css';
import '../shared/look/tokens.css';
import '../shared/look/base.css';
import './look/frame.css';
import './look/parts.css';
import './look/pages.css';
import { createApi, type Api } from '../shared/graphql.ts';
import { createWords } from '../shared/i18n.ts';
import { splitLanguage, type Language } from '../shared/language.ts';
import { createSession } from '../shared/session.ts';
import { App } from './app.tsx';
import { BASE } from './desk.tsx';

const ENDPOINT = '/graphql';

async function start(): Promise<void> {
  const { language } = splitLanguage(window.location.pathname, BASE);
  const words = language === 'zh' ? (await import('./words/zh.ts')).zh : (await import('./words/en.ts')).en;
  const session = createSession(ENDPOINT, language);
  const apiIn = (one: Language): Api => createApi({ endpoint: ENDPOINT, language: one, session, initial: {} });
  const api = apiIn(language);
  // Texts that the schema tells in one language only are read in both by whoever edits them.
  const apis = language === 'zh' ? { zh: api, en: apiIn('en') } : { en: api, zh: apiIn('zh') };
  createRoot(document.getElementById('root')!).render(<App i18n={createWords(language, words)} desk={{ language, session, api, apis }} />);
}

void start();
