/** The search box: an ARIA combobox (APG, list autocomplete with manual selection) with pictures and prices. */
import { IconSearch, IconX } from '@tabler/icons-react';
import { useEffect, useId, useRef, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { after } from '../../shared/time.ts';
import { SuggestionsDocument, type SuggestionsQuery } from '../gql/graphql.ts';
import { address, readQuery } from '../places.ts';
import { early } from './early.ts';
import { useFormat } from '../shop.tsx';

const WAIT_MS = 120;
type Choice = { to: string } & ({ term: string } | { product: NonNullable<SuggestionsQuery['searchSuggestions']>['products'][number] });

export function SearchBox(): ReactNode {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const [text, setText] = useState(() => early.text || readQuery(new URLSearchParams(search)));
  const [asked, setAsked] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();

  const arrived = useRef(false);
  useEffect(() => {
    if (!arrived.current) {
      arrived.current = true;
      if (early.focused) input.current?.focus();
      return;
    }
    setText(pathname === '/search' ? readQuery(new URLSearchParams(search)) : '');
    setOpen(false);
  }, [pathname, search]);
  useEffect(() => after(WAIT_MS, () => setAsked(text.trim())), [text]);

  const { data } = useData(SuggestionsDocument, { query: asked }, { pause: asked.length === 0 });
  const choices = asked ? choicesOf(data) : [];
  const shown = open && choices.length > 0;

  function go(to: string): void {
    setOpen(false);
    setActive(-1);
    void navigate(to);
  }
  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim()) go(address.search(text.trim()));
    else input.current?.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      const step = event.key === 'ArrowDown' ? 1 : -1;
      // One place more than choices: none, where the typed words stand.
      setActive((now) => ((now + 1 + step + choices.length + 1) % (choices.length + 1)) - 1);
    } else if (event.key === 'Enter' && shown && choices[active]) {
      event.preventDefault();
      go(choices[active].to);
    } else if (event.key === 'Escape') {
      if (open) setOpen(false);
      else setText('');
    }
  }

  return (
    <form role="search" className="search" action="/search" onSubmit={submit} onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <IconSearch size={20} stroke={1.6} className="search-icon" aria-hidden="true" />
      <input
        ref={input} type="text" name="q" className="search-input" role="combobox" autoComplete="off" autoCapitalize="off" spellCheck={false} enterKeyHint="search" maxLength={200}
        aria-label={t('search.label')} aria-expanded={shown} aria-controls={`${id}-list`} aria-autocomplete="list"
        aria-activedescendant={shown && active >= 0 ? `${id}-${active}` : undefined}
        placeholder={t('search.placeholder')} value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setActive(-1);
        }}
        onFocus={() => text && setOpen(true)} onKeyDown={onKeyDown}
      />
      {text && (
        <button type="button" className="icon-button search-clear" aria-label={t('search.clear')} onClick={() => { setText(''); input.current?.focus(); }}>
          <IconX size={18} stroke={1.6} />
        </button>
      )}
      <ul id={`${id}-list`} role="listbox" aria-label={t('search.suggestions')} className="suggestions" hidden={!shown}>
        {choices.map((choice, index) => (
          <li
            key={choice.to} id={`${id}-${index}`} role="option" aria-selected={index === active} className="suggestion"
            onPointerDown={(event) => event.preventDefault()} onClick={() => go(choice.to)}
          >
            {'term' in choice ? <><IconSearch size={18} stroke={1.6} aria-hidden="true" /><span>{choice.term}</span></> : <ProductChoice product={choice.product} />}
          </li>
        ))}
      </ul>
      <span className="hidden-text" role="status">
        {open && asked && data ? (choices.length > 0 ? t('search.suggestionCount', { count: choices.length }) : t('search.noSuggestions')) : ''}
      </span>
    </form>
  );
}

function ProductChoice({ product }: { product: Extract<Choice, { product: unknown }>['product'] }): ReactNode {
  const format = useFormat();
  return (
    <>
      {product.image ? <img src={product.image.url} alt="" width="48" height="48" /> : <span className="no-picture" />}
      <span className="suggestion-name">{product.name}</span>
      <span className="number soft">{format.money(product.priceRange.min)}</span>
    </>
  );
}

function choicesOf(data: SuggestionsQuery | undefined): Choice[] {
  const found = data?.searchSuggestions;
  if (!found) return [];
  return [
    ...found.terms.map((term) => ({ to: address.search(term), term })),
    ...found.products.map((product) => ({ to: address.product(product.slug), product })),
  ];
}
