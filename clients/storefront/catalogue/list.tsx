/** A list with its filters: everything chosen is in the address, so back, reload and a shared link show the same. */
import { IconAdjustmentsHorizontal, IconX } from '@tabler/icons-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { Empty } from '../../shared/states.tsx';
import { CardsSkeleton } from '../frame/page-skeleton.tsx';
import type { CardPartsFragment, ProductSort } from '../gql/graphql.ts';
import { listSearch, listState, MOST_SHOWN, PAGE_SIZE, SORTS, type ListState } from '../places.ts';
import { useFormat } from '../shop.tsx';
import { Cards } from './card.tsx';
import { chipsOf, Filters, type FacetData } from './filters.tsx';

export interface ListData {
  totalCount: number;
  edges: readonly { node: CardPartsFragment }[];
  facets: readonly FacetData[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

interface ListParts {
  data: ListData | null | undefined;
  loading: boolean;
  refreshing: boolean;
  /** Search is always sorted by how well it fits. */
  sortable: boolean;
  /** The category of the page: it is no filter there. */
  withCategories: boolean;
  nothing: ReactNode;
}

/** The list's state in the address, and how to change it. A new filter is a new entry of the history; more of the same is not. */
export function useListState(): [ListState, (change: Partial<ListState>, how?: 'push' | 'replace') => void] {
  const [search, setSearch] = useSearchParams();
  const state = listState(search);
  const query = search.get('q');
  return [state, (change, how = 'push') => {
    const next = { ...state, first: PAGE_SIZE, after: null, ...change };
    setSearch(listSearch(next, query ? { q: query } : {}), { replace: how === 'replace', preventScrollReset: true });
  }];
}

export function List(parts: ListParts): ReactNode {
  const { data, loading, refreshing, sortable, withCategories, nothing } = parts;
  const { t } = useTranslation();
  const format = useFormat();
  const [state, change] = useListState();
  const dialog = useRef<HTMLDialogElement>(null);
  const chips = chipsOf(state, data?.facets ?? [], t, format.money);
  if (data && data.totalCount === 0 && chips.length === 0) return nothing;
  const count = data?.totalCount ?? 0;
  const filters = <Filters facets={data?.facets ?? []} state={state} change={change} withCategories={withCategories} />;
  return (
    <div className="list">
      <aside className="list-side" aria-label={t('list.filters')}>{filters}</aside>
      <div className="list-main">
        <div className="list-bar">
          <p className="soft small number" role="status">{data ? t('list.count', { count }) : ''}</p>
          <button type="button" className="button plain list-filter-button" aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
            <IconAdjustmentsHorizontal size={20} stroke={1.6} aria-hidden="true" />{t('list.showFilters')}{chips.length > 0 && <span className="badge accent">{chips.length}</span>}
          </button>
          {sortable && (
            <label className="list-sort">
              <span className="soft small">{t('list.sort')}</span>
              <select className="input" aria-label={t('list.sort')} value={state.sort} onChange={(event) => change({ sort: event.target.value as ProductSort })}>
                {SORTS.map((sort) => <option key={sort} value={sort}>{t(`list.sorts.${sort}`)}</option>)}
              </select>
            </label>
          )}
        </div>
        {chips.length > 0 && (
          <ul className="chips row wrap">
            {chips.map((chip) => (
              <li key={chip.label}>
                <button type="button" className="chip" aria-label={t('list.remove', { label: chip.label })} onClick={() => change(chip.without)}>{chip.label}<IconX size={16} stroke={1.8} aria-hidden="true" /></button>
              </li>
            ))}
            <li><button type="button" className="link small" onClick={() => change(NOTHING_CHOSEN)}>{t('list.clearAll')}</button></li>
          </ul>
        )}
        <Found data={data} loading={loading} refreshing={refreshing} state={state} change={change} />
      </div>
      <dialog ref={dialog} className="sheet" aria-label={t('list.filters')} onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}>
        <div className="sheet-in">
          <div className="row between"><h2>{t('list.filters')}</h2><button type="button" className="icon-button" aria-label={t('nav.close')} onClick={() => dialog.current?.close()}><IconX size={22} stroke={1.6} /></button></div>
          {filters}
          <button type="button" className="button wide sheet-done" onClick={() => dialog.current?.close()}>{t('list.showResults', { count })}</button>
        </div>
      </dialog>
    </div>
  );
}

const NOTHING_CHOSEN = { priceMinMinor: null, priceMaxMinor: null, inStock: false, category: null, attributes: {} } satisfies Partial<ListState>;

function Found({ data, loading, refreshing, state, change }: Pick<ListParts, 'data' | 'loading' | 'refreshing'> & { state: ListState; change: ReturnType<typeof useListState>[1] }): ReactNode {
  const { t } = useTranslation();
  if (loading || !data) return <CardsSkeleton count={12} />;
  if (data.totalCount === 0) {
    return <Empty title={t('list.none')} text={t('list.noneHint')}><button type="button" className="button" onClick={() => change(NOTHING_CHOSEN)}>{t('list.clearAll')}</button></Empty>;
  }
  const { edges, totalCount, pageInfo } = data;
  const more = (): void =>
    state.first < MOST_SHOWN ? change({ first: state.first + PAGE_SIZE, after: state.after }, 'replace') : change({ after: pageInfo.endCursor ?? null });
  return (
    <div aria-busy={refreshing} className={refreshing ? 'stale' : undefined}>
      <Cards products={edges.map((edge) => edge.node)} eager={4} heading={2} />
      {pageInfo.hasNextPage && (
        <div className="list-more">
          {!state.after && <p className="soft small number">{t('list.shown', { shown: edges.length, total: totalCount })}</p>}
          <button type="button" className="button plain" onClick={more}>{t('list.more')}</button>
        </div>
      )}
    </div>
  );
}
