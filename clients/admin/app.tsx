/** The admin as a whole: providers, the door, the frame, and in it the page of the present address. */
import { MantineProvider } from '@mantine/core';
import type { i18n } from 'i18next';
import { lazy, Suspense, useState, type ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { BrowserRouter, Route, Routes, useLocation } from 'react-router';
import { Provider as UrqlProvider } from 'urql';
import { LiveRegion } from '../shared/announce.tsx';
import { appearance, chooseAppearance, type Appearance } from '../shared/appearance.ts';
import { theme } from '../shared/look/theme.ts';
import { OfflineBanner } from '../shared/states.tsx';
import { BASE, DeskContext, isStaff, useMay, useSignedIn, type Desk } from './desk.tsx';
import { ErrorBoundary } from '../shared/error-boundary.tsx';
import { NotAllowed, NotFound } from './frame/elsewhere.tsx';
import { NotStaff } from './frame/not-staff.tsx';
import { Shell } from './frame/shell.tsx';
import { SignIn } from './frame/sign-in.tsx';
import { Toasts } from './frame/toasts.tsx';
import { PageBones } from './parts/bones.tsx';
import { PLACES, type PlaceName } from './places.ts';

const Overview = lazy(() => import('./overview/overview.tsx'));
const Orders = lazy(() => import('./orders/list.tsx'));
const Order = lazy(() => import('./orders/order.tsx'));
const Products = lazy(() => import('./products/list.tsx'));
const Product = lazy(() => import('./products/product.tsx'));
const Stock = lazy(() => import('./stock/board.tsx'));
const Customers = lazy(() => import('./people/list.tsx'));
const Ledger = lazy(() => import('./ledger/ledger.tsx'));

export interface Look {
  now: Appearance;
  change(): void;
}

export function App({ i18n, desk }: { i18n: i18n; desk: Desk }): ReactNode {
  const [now, setNow] = useState<Appearance>(appearance);
  const change = (): void => {
    const next = now === 'dark' ? 'light' : 'dark';
    chooseAppearance(next);
    setNow(next);
  };
  return (
    <I18nextProvider i18n={i18n}>
      <DeskContext value={desk}>
        <UrqlProvider value={desk.api.client}>
          <MantineProvider theme={theme} forceColorScheme={now}>
            <BrowserRouter basename={desk.language === 'zh' ? `${BASE}/zh` : BASE}>
              <OfflineBanner />
              <Door look={{ now, change }} />
              <Toasts />
              <LiveRegion />
            </BrowserRouter>
          </MantineProvider>
        </UrqlProvider>
      </DeskContext>
    </I18nextProvider>
  );
}

function Door({ look }: { look: Look }): ReactNode {
  const signedIn = useSignedIn();
  if (!signedIn) return <SignIn look={look} />;
  if (!isStaff(signedIn.user.roles)) return <NotStaff look={look} />;
  return (
    <Shell look={look}>
      <Pages />
    </Shell>
  );
}

function Pages(): ReactNode {
  const { pathname } = useLocation();
  return (
    <ErrorBoundary key={pathname}>
      <Suspense fallback={<PageBones />}>
        <Routes>
          <Route index element={<Overview />} />
          <Route path="orders" element={<For place="orders"><Orders /></For>} />
          <Route path="orders/:id" element={<For place="orders"><Order key={pathname} /></For>} />
          <Route path="products" element={<For place="products"><Products /></For>} />
          <Route path="products/:id" element={<For place="products"><Product key={pathname} /></For>} />
          <Route path="stock" element={<For place="stock"><Stock /></For>} />
          <Route path="customers" element={<For place="customers"><Customers /></For>} />
          <Route path="ledger" element={<For place="ledger"><Ledger /></For>} />
          <Route path="*" element={<NotFound />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  );
}

/** A room the person may not enter says so, instead of failing at its first question. */
function For({ place, children }: { place: PlaceName; children: ReactNode }): ReactNode {
  const may = useMay();
  const { scope } = PLACES.find(({ name }) => name === place)!;
  return scope === null || may(scope) ? children : <NotAllowed scope={scope} />;
}
