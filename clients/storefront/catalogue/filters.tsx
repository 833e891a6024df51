/** Facets with counts, the price, and whether it is in stock. */
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { minorDigits } from '../../shared/money.ts';
import type { ListState } from '../places.ts';
import { labelOf, optionValue, type Named } from './names.ts';
import { shopCurrency } from '../currency.ts';

export interface FacetData extends Named { values: readonly { value: string; label: string; count: number }[] }
type Change = (change: Partial<ListState>) => void;

const CATEGORY = 'category';
const FEW = 6;
/** More are of no help: what only few goods have is found by narrowing first. */
const MOST_FACETS = 8;

export function Filters({ facets, state, change, withCategories }: { facets: readonly FacetData[]; state: ListState; change: Change; withCategories: boolean }): ReactNode {
  const { t } = useTranslation();
  const ordered = useSteadyOrder(facets);
  return (
    <div className="filters">
      <fieldset>
        <legend>{t('list.availability')}</legend>
        <label className="check"><input type="checkbox" checked={state.inStock} onChange={(event) => change({ inStock: event.target.checked })} /><span>{t('list.inStock')}</span></label>
      </fieldset>
      <Price key={`${state.priceMinMinor} ${state.priceMaxMinor}`} state={state} change={change} />
      {ordered.filter((facet) => facet.values.length > 1 && (withCategories || facet.name !== CATEGORY)).slice(0, MOST_FACETS).map((facet) => <Facet key={facet.name} facet={facet} state={state} change={change} />)}
    </div>
  );
}

/** Facets stay where they were first seen: what is chosen must not move away from under the finger. */
function useSteadyOrder(facets: readonly FacetData[]): FacetData[] {
  const seen = useRef<string[]>([]);
  for (const { name } of facets) if (!seen.current.includes(name)) seen.current.push(name);
  return facets.toSorted((one, other) => seen.current.indexOf(one.name) - seen.current.indexOf(other.name));
}

function Facet({ facet, state, change }: { facet: FacetData; state: ListState; change: Change }): ReactNode {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const chosen = facet.name === CATEGORY ? (state.category ? [state.category] : []) : (state.attributes[facet.name] ?? []);
  const values = all ? facet.values : facet.values.slice(0, FEW);
  return (
    <fieldset>
      <legend>{labelOf(facet, t)}</legend>
      {values.map(({ value, label, count }) => (
        <label key={value} className="check">
          <input type="checkbox" checked={chosen.includes(value)} onChange={(event) => change(choose(state, facet.name, value, event.target.checked))} />
          <span>{optionValue(label, t)}</span><span className="soft tiny number">{count}</span>
        </label>
      ))}
      {facet.values.length > FEW && <button type="button" className="link small" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t('list.fewerValues') : t('list.moreValues', { count: facet.values.length })}</button>}
    </fieldset>
  );
}

function choose(state: ListState, facet: string, value: string, on: boolean): Partial<ListState> {
  if (facet === CATEGORY) return { category: on ? value : null };
  const { [facet]: chosen = [], ...others } = state.attributes;
  const next = on ? [...chosen, value] : chosen.filter((one) => one !== value);
  return { attributes: next.length > 0 ? { ...others, [facet]: next } : others };
}

function Price({ state, change }: { state: ListState; change: Change }): ReactNode {
  const { t } = useTranslation();
  const currency = shopCurrency();
  const factor = 10 ** minorDigits(currency);
  const show = (minor: number | null): string => (minor === null ? '' : String(minor / factor));
  const [from, setFrom] = useState(show(state.priceMinMinor));
  const [to, setTo] = useState(show(state.priceMaxMinor));
  const read = (text: string): number | null => (/^\d{1,7}([.,]\d{1,2})?$/.test(text.trim()) ? Math.round(Number(text.trim().replace(',', '.')) * factor) : null);
  function apply(event: FormEvent): void {
    event.preventDefault();
    change({ priceMinMinor: read(from), priceMaxMinor: read(to) });
  }
  return (
    <form onSubmit={apply}>
      <fieldset>
        <legend>{t('list.price')} <span className="soft tiny">{currency}</span></legend>
        <div className="row price-range">
          <input className="input" inputMode="decimal" aria-label={`${t('list.price')}: ${t('list.priceFrom')}`} placeholder={t('list.priceFrom')} value={from} onChange={(event) => setFrom(event.target.value)} />
          <span aria-hidden="true">–</span>
          <input className="input" inputMode="decimal" aria-label={`${t('list.price')}: ${t('list.priceTo')}`} placeholder={t('list.priceTo')} value={to} onChange={(event) => setTo(event.target.value)} />
          <button type="submit" className="button plain">{t('list.apply')}</button>
        </div>
      </fieldset>
    </form>
  );
}

export interface Chip { label: string; without: Partial<ListState> }

/** What is chosen, each with the state without it. */
export function chipsOf(state: ListState, facets: readonly FacetData[], t: (key: any) => string, money: (value: { amountMinor: number; currency: string }) => string): Chip[] {
  const valueLabel = (facet: string, value: string): string => facets.find((one) => one.name === facet)?.values.find((one) => one.value === value)?.label ?? value;
  const currency = shopCurrency();
  const price = (minor: number | null): string => (minor === null ? '…' : money({ amountMinor: minor, currency }));
  const chips: Chip[] = [];
  if (state.category) chips.push({ label: valueLabel(CATEGORY, state.category), without: { category: null } });
  if (state.priceMinMinor !== null || state.priceMaxMinor !== null) {
    chips.push({ label: `${price(state.priceMinMinor)} – ${price(state.priceMaxMinor)}`, without: { priceMinMinor: null, priceMaxMinor: null } });
  }
  if (state.inStock) chips.push({ label: t('list.inStock'), without: { inStock: false } });
  for (const [name, values] of Object.entries(state.attributes)) {
    for (const value of values) chips.push({ label: optionValue(valueLabel(name, value), t), without: choose(state, name, value, false) });
  }
  return chips;
}
