/** Filters live in the address: a list can be kept, sent to a colleague, and found again by the back button. */
import { IconSearch, IconX } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation, useSearchParams } from 'react-router';
import { after } from '../../shared/time.ts';

const TYPING_PAUSE_MS = 250;

export interface Filters {
  get(name: string): string;
  /** Sets or, with '', takes away; the list begins at its first page again. */
  set(changes: Record<string, string>, how?: { replace: boolean }): void;
}

export function useFilters(): Filters {
  const [search, setSearch] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string>, how = { replace: false }) => {
      setSearch((now) => {
        const next = new URLSearchParams(now);
        next.delete('after');
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      }, how);
    },
    [setSearch],
  );
  return { get: (name) => search.get(name) ?? '', set };
}

/** Searches a moment after the last letter. */
export function SearchField({ filters, label, placeholder }: { filters: Filters; label: string; placeholder: string }): ReactNode {
  const { t } = useTranslation();
  const asked = filters.get('q');
  const [typed, setTyped] = useState(asked);
  const set = useRef(filters.set);
  set.current = filters.set;
  const said = useRef(asked);

  useEffect(() => {
    // The address was changed by somebody else: the back button, a link.
    if (asked !== said.current) setTyped((said.current = asked));
  }, [asked]);
  useEffect(() => {
    const words = typed.trim();
    if (words === said.current) return;
    return after(TYPING_PAUSE_MS, () => set.current({ q: (said.current = words) }, { replace: true }));
  }, [typed]);

  return (
    <div className="search-field" role="search">
      <IconSearch size={16} stroke={1.8} aria-hidden="true" />
      <input className="input" type="search" aria-label={label} placeholder={placeholder} value={typed} maxLength={120} onChange={(event) => setTyped(event.target.value)} />
      {typed && <button type="button" className="tool" aria-label={t('list.clear')} onClick={() => setTyped('')}><IconX size={15} /></button>}
    </div>
  );
}

/** Named views of one list, as links: each has an address. */
export function Views({ label, name, views }: { label: string; name: string; views: readonly { value: string; label: string; count?: number | undefined }[] }): ReactNode {
  const [search] = useSearchParams();
  const now = search.get(name) ?? '';
  const to = (value: string): string => {
    const next = new URLSearchParams(search);
    next.delete('after');
    if (value) next.set(name, value);
    else next.delete(name);
    return `?${next}`;
  };
  return (
    <nav className="views" aria-label={label}>
      {views.map((view) => (
        <Link key={view.value} to={to(view.value)} className="view" aria-current={view.value === now ? 'page' : undefined}>
          {view.label}{view.count !== undefined && view.count > 0 && <span className="count">{view.count}</span>}
        </Link>
      ))}
    </nav>
  );
}

interface Trail { before?: string[] }

/** Where the list is: `after` in the address, and in the history's entry the pages before, for the way back. */
export function usePage(): { after: string | null; before: readonly string[] } {
  const [search] = useSearchParams();
  const { state } = useLocation() as { state: Trail | null };
  return { after: search.get('after'), before: state?.before ?? [] };
}

export function Pager({ shown, total, size, next }: { shown: number; total: number; size: number; next: string | null }): ReactNode {
  const { t } = useTranslation();
  const [search] = useSearchParams();
  const { after: now, before } = usePage();
  const to = (cursor: string | null): string => {
    const params = new URLSearchParams(search);
    if (cursor) params.set('after', cursor);
    else params.delete('after');
    return `?${params}`;
  };
  const known = now === null || before.length > 0;
  const from = before.length * size + 1;
  return (
    <nav className="pager" aria-label={t('list.pages')}>
      <span className="soft tiny number">{known ? t('list.range', { from, to: from + shown - 1, total }) : t('list.total', { total })}</span>
      <span className="row">
        {now !== null && (before.length > 0
          ? <Link className="button plain small" to={to(before.at(-1) || null)} state={{ before: before.slice(0, -1) } satisfies Trail}>{t('list.previous')}</Link>
          : <Link className="button plain small" to={to(null)}>{t('list.first')}</Link>)}
        {next !== null && <Link className="button plain small" to={to(next)} state={{ before: [...before, now ?? ''] } satisfies Trail}>{t('list.next')}</Link>}
      </span>
    </nav>
  );
}
