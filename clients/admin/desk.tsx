/** What every part of the admin can reach: language, session, the way to the supergraph, and what the person may do. */
import { createContext, use, useMemo, useSyncExternalStore } from 'react';
import { scopesOf, type Scope } from '#platform/subgraph/permissions.ts';
import type { Api } from '../shared/graphql.ts';
import type { Language } from '../shared/language.ts';
import { formatDate, formatMoney, formatNumber, type Money } from '../shared/money.ts';
import type { Session, SignedIn } from '../shared/session.ts';
import { nowMs } from '../shared/time.ts';

export const BASE = '/admin';

export interface Desk {
  language: Language;
  session: Session;
  api: Api;
  /** The same supergraph, answering in each language. */
  apis: Record<Language, Api>;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = use(DeskContext);
  if (!desk) throw new Error('DeskContext is missing above this component.');
  return desk;
}

export function useSignedIn(): SignedIn | null {
  const { session } = useDesk();
  return useSyncExternalStore(session.subscribe, session.current, () => null);
}

/** Those who work here; a partner's program has its own way in. */
const STAFF: readonly string[] = ['merchant', 'ops', 'admin'];
export const isStaff = (roles: readonly string[]): boolean => roles.some((role) => STAFF.includes(role));

/** Whether the person may; the server decides again at every request. */
export function useMay(): (scope: Scope) => boolean {
  const roles = useSignedIn()?.user.roles.join(' ') ?? '';
  return useMemo(() => {
    const scopes = scopesOf(roles.split(' '));
    return (scope) => scopes.has(scope);
  }, [roles]);
}

export function useFormat(): {
  money(value: Money): string;
  date(value: string | number | Date, style?: 'date' | 'moment' | 'day'): string;
  number(value: number): string;
  /** As short as a table wants it: the time today, the day this year, else the date. */
  short(value: string): string;
} {
  const { language } = useDesk();
  return {
    money: (value) => formatMoney(value, language),
    date: (value, style) => formatDate(value, language, style),
    number: (value) => formatNumber(value, language),
    short: (value) => formatShort(value, language),
  };
}

const SHORT: Record<'today' | 'thisYear' | 'before', Intl.DateTimeFormatOptions> = {
  today: { hour: 'numeric', minute: '2-digit' },
  thisYear: { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' },
  before: { year: 'numeric', month: 'short', day: 'numeric' },
};

function formatShort(value: string, language: Language): string {
  const then = new Date(value);
  const now = new Date(nowMs());
  const style = then.toDateString() === now.toDateString() ? 'today' : then.getFullYear() === now.getFullYear() ? 'thisYear' : 'before';
  return new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-US', SHORT[style]).format(then);
}
