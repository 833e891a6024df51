/** What every part of the storefront can reach: language, session, the way to the supergraph, the cart. */
import { createContext, use, useSyncExternalStore } from 'react';
import type { Api } from '../shared/graphql.ts';
import { inLanguagePath, type Language } from '../shared/language.ts';
import { formatDate, formatMoney, formatNumber, type Money } from '../shared/money.ts';
import type { Session, SignedIn } from '../shared/session.ts';
import type { CartStore } from './cart/store.ts';
import { noteCurrency } from './currency.ts';

export interface Shop {
  language: Language;
  session: Session;
  api: Api;
  cart: CartStore;
}

export const ShopContext = createContext<Shop | null>(null);

export function useShop(): Shop {
  const shop = use(ShopContext);
  if (!shop) throw new Error('ShopContext is missing above this component.');
  return shop;
}

export function useSignedIn(): SignedIn | null {
  const { session } = useShop();
  return useSyncExternalStore(session.subscribe, session.current, () => null);
}

/** Money, dates and numbers in the page's language. */
export function useFormat(): {
  money(value: Money): string;
  date(value: string | number | Date, style?: 'date' | 'moment' | 'day'): string;
  number(value: number): string;
} {
  const { language } = useShop();
  return {
    money: (value) => {
      noteCurrency(value.currency);
      return formatMoney(value, language);
    },
    date: (value, style) => formatDate(value, language, style),
    number: (value) => formatNumber(value, language),
  };
}

/** The full address of a path, for plain links that load the page anew. */
export const useAddress = (): ((path: string) => string) => {
  const { language } = useShop();
  return (path) => inLanguagePath(language, path);
};
