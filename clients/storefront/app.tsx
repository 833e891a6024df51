/** The storefront as a whole: providers around the frame, and in it the page of the present address. */
import { MantineProvider } from '@mantine/core';
import type { i18n } from 'i18next';
import { Suspense, useMemo, useState, type ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { BrowserRouter, useLocation } from 'react-router';
import { Provider as UrqlProvider } from 'urql';
import { LiveRegion } from '../shared/announce.tsx';
import { appearance, chooseAppearance, type Appearance } from '../shared/appearance.ts';
import { theme } from '../shared/look/theme.ts';
import { OfflineBanner } from '../shared/states.tsx';
import { CartDrawerHost } from './cart/drawer-host.tsx';
import { ErrorBoundary } from '../shared/error-boundary.tsx';
import { Footer } from './frame/footer.tsx';
import { Header } from './frame/header.tsx';
import { PageSkeleton } from './frame/page-skeleton.tsx';
import { useArrival } from './frame/arrival.ts';
import { pageOf } from './pages.tsx';
import { placeOf } from './places.ts';
import { ShopContext, type Shop } from './shop.tsx';

export function App({ i18n, shop }: { i18n: i18n; shop: Shop }): ReactNode {
  const [look, setLook] = useState<Appearance>(appearance);
  const switchLook = (): void => {
    const next = look === 'dark' ? 'light' : 'dark';
    chooseAppearance(next);
    setLook(next);
  };
  return (
    <I18nextProvider i18n={i18n}>
      <ShopContext value={shop}>
        <UrqlProvider value={shop.api.client}>
          <MantineProvider theme={theme} forceColorScheme={look}>
            <BrowserRouter basename={shop.language === 'zh' ? '/zh' : '/'}>
              <CartDrawerHost>
                <OfflineBanner />
                <Header look={look} switchLook={switchLook} />
                <Main />
                <Footer />
                <LiveRegion />
              </CartDrawerHost>
            </BrowserRouter>
          </MantineProvider>
        </UrqlProvider>
      </ShopContext>
    </I18nextProvider>
  );
}

function Main(): ReactNode {
  const { pathname, search } = useLocation();
  const place = useMemo(() => placeOf(pathname, new URLSearchParams(search)), [pathname, search]);
  const Show = pageOf(place);
  // A product is a page of its own; a list with another filter is the same page.
  const key = 'slug' in place ? `${place.kind} ${place.slug}` : place.kind === 'account' ? 'account' : place.kind === 'search' ? 'search' : pathname;
  useArrival(key);
  return (
    <main id="content" tabIndex={-1}>
      <ErrorBoundary key={key}>
        <Suspense fallback={<PageSkeleton />}>
          <Show key={key} />
        </Suspense>
      </ErrorBoundary>
    </main>
  );
}
