/** The page before one is inside: the name of the house, a card, language and colours below it. */
import { IconMoon, IconSun } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { inLanguagePath, LANGUAGE_NAMES } from '../../shared/language.ts';
import type { Look } from '../app.tsx';
import { BASE, useDesk } from '../desk.tsx';
import { Logo } from './logo.tsx';

export function DoorPage({ look, children }: { look: Look; children: ReactNode }): ReactNode {
  return (
    <div className="door">
      <main className="door-card" id="content">
        <Logo />
        {children}
      </main>
      <div className="door-foot">
        <LanguageLink />
        <LookButton look={look} />
      </div>
    </div>
  );
}

/** The same page in the other language; loads anew, so nothing half translated stays. */
export function LanguageLink(): ReactNode {
  const { t } = useTranslation();
  const { language } = useDesk();
  const { pathname, search } = useLocation();
  const other = language === 'en' ? 'zh' : 'en';
  return (
    <a className="tool text" href={inLanguagePath(other, pathname, BASE) + search} hrefLang={other} lang={other} aria-label={t('nav.otherLanguage')}>
      {LANGUAGE_NAMES[other]}
    </a>
  );
}

export function LookButton({ look }: { look: Look }): ReactNode {
  const { t } = useTranslation();
  return (
    <button type="button" className="tool" onClick={look.change} aria-label={t(look.now === 'dark' ? 'nav.toLight' : 'nav.toDark')}>
      {look.now === 'dark' ? <IconSun size={18} stroke={1.7} /> : <IconMoon size={18} stroke={1.7} />}
    </button>
  );
}
