/** Which page shows a place. Each is a chunk of its own, loaded when it is needed or about to be. */
import { lazy, type ComponentType, type ReactNode } from 'react';
import type { Place } from './places.ts';

interface Page { load(): Promise<void>; Show: ComponentType }

/** Like React.lazy, but a page that is loaded already is shown in the same turn, without a gap. */
function page(load: () => Promise<{ default: ComponentType }>): Page {
  let Loaded: ComponentType | null = null;
  const loadOnce = async (): Promise<{ default: ComponentType }> => {
    const module = await load();
    Loaded = module.default;
    return module;
  };
  const Lazy = lazy(loadOnce);
  return {
    load: async () => void (await loadOnce()),
    Show: function Show(): ReactNode {
      return Loaded ? <Loaded /> : <Lazy />;
    },
  };
}

const account = page(() => import('./account/account.tsx'));

const PAGES: Record<Place['kind'], Page> = {
  home: page(() => import('./catalogue/home.tsx')),
  products: page(() => import('./catalogue/products.tsx')),
  category: page(() => import('./catalogue/category.tsx')),
  product: page(() => import('./catalogue/product.tsx')),
  search: page(() => import('./catalogue/search.tsx')),
  cart: page(() => import('./cart/cart-page.tsx')),
  checkout: page(() => import('./checkout/checkout.tsx')),
  order: page(() => import('./order/order.tsx')),
  signIn: page(() => import('./account/sign-in.tsx')),
  signUp: page(() => import('./account/sign-up.tsx')),
  forgotten: page(() => import('./account/forgotten.tsx')),
  reset: page(() => import('./account/reset.tsx')),
  verify: page(() => import('./account/verify.tsx')),
  account,
  missing: page(() => import('./catalogue/missing.tsx')),
};

export const pageOf = (place: Place): ComponentType => PAGES[place.kind].Show;
export const preloadPlace = (place: Place): Promise<void> => PAGES[place.kind].load();
