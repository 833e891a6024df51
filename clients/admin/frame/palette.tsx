/** The command palette: jumps to pages, orders, products and stock by a few letters. A dialog with an ARIA combobox. */
import { Modal } from '@mantine/core';
import { useEffect, useId, useMemo, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useNavigate } from 'react-router';
import { inLanguagePath } from '../../shared/language.ts';
import { ProblemError } from '../../shared/problem.ts';
import { after } from '../../shared/time.ts';
import type { Look } from '../app.tsx';
import { BASE, useDesk, useMay, type Desk } from '../desk.tsx';
import { PaletteOrdersDocument, PaletteProductsDocument } from '../gql/graphql.ts';
import { useFocusReturn } from '../parts/focus.ts';
import { address, PLACES } from '../places.ts';

interface Command { key: string; group: string; label: string; hint?: string; run(): void }
interface Found { key: string; group: 'orders' | 'products'; label: string; hint: string; path: string }

const ASK_AFTER_MS = 180;
const MOST_FOUND = 6;

export function Palette({ close, look }: { close(): void; look: Look }): ReactNode {
  const { t } = useTranslation();
  useFocusReturn();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = useFound(typed.trim());
  const fixed = useFixed(look);
  const id = useId();
  const words = typed.trim().toLowerCase();
  const go = useGo(close);
  const commands: Command[] = [
    ...fixed.filter(({ label }) => label.toLowerCase().includes(words)),
    ...found.map((one) => ({ ...one, group: t(`nav.${one.group}`), run: () => go(one.path) })),
  ];
  const chosen = Math.min(at, commands.length - 1);

  function run(command: Command | undefined): void {
    if (!command) return;
    close();
    command.run();
  }
  function onKeyDown(event: KeyboardEvent): void {
    const last = commands.length - 1;
    const next: Record<string, number> = { ArrowDown: chosen >= last ? 0 : chosen + 1, ArrowUp: chosen <= 0 ? last : chosen - 1, Home: 0, End: last };
    if (event.key in next && !(typed && /Home|End/.test(event.key))) {
      event.preventDefault();
      setAt(next[event.key]!);
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      run(commands[chosen]);
    }
  }
  // In braces: newer browsers answer a scroll with a promise, which is nothing to clean up with.
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, chosen]);

  return (
    <Modal opened returnFocus={false} onClose={close} withCloseButton={false} padding={0} yOffset="12vh" size={560} transitionProps={{ duration: 0 }} aria-label={t('palette.title')} classNames={{ content: 'dialog' }}>
      <input
        className="palette-input" role="combobox" aria-expanded="true" aria-controls={`${id}-list`} aria-autocomplete="list" aria-label={t('palette.title')} data-autofocus autoFocus
        aria-activedescendant={commands.length > 0 ? `${id}-${chosen}` : undefined} placeholder={t('palette.placeholder')} value={typed} maxLength={100}
        onChange={(event) => { setTyped(event.target.value); setAt(0); }} onKeyDown={onKeyDown}
      />
      <div className="palette-list" role="listbox" id={`${id}-list`} aria-label={t('palette.title')} tabIndex={-1}>
        {commands.map((command, index) => (
          <div key={command.key} className="palette-option" role="option" id={`${id}-${index}`} aria-selected={index === chosen} onMouseMove={() => setAt(index)} onClick={() => run(command)}>
            <span>{command.label}{command.hint && <span className="soft"> · {command.hint}</span>}</span>
            <span className="soft tiny">{command.group}</span>
          </div>
        ))}
      </div>
      <p className="palette-foot soft tiny" role="status">{commands.length === 0 ? t('palette.none') : t('palette.help')}</p>
    </Modal>
  );
}

function useGo(close: () => void): (path: string) => void {
  const navigate = useNavigate();
  return (path) => {
    close();
    void navigate(path);
  };
}

function useFixed(look: Look): Command[] {
  const { t } = useTranslation();
  const { language, session } = useDesk();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const may = useMay();
  return useMemo(() => {
    const to = (path: string) => () => void navigate(path);
    const goTo = t('palette.goTo');
    const filters: [string, string, boolean][] = [
      ['palette.toShip', '/orders?view=toShip', may('orders:read')],
      ['palette.stuck', '/orders?view=stuck', may('orders:read')],
      ['palette.low', '/stock?low=1', may('stock:read')],
      ['palette.newProduct', address.newProduct, may('catalogue:write')],
    ];
    const other = language === 'en' ? 'zh' : 'en';
    return [
      ...PLACES.filter(({ scope }) => scope === null || may(scope)).map(({ name, path }) => ({ key: name, group: goTo, label: t(`nav.${name}`), run: to(path) })),
      ...filters.filter(([, , allowed]) => allowed).map(([label, path]) => ({ key: label, group: goTo, label: t(label), run: to(path) })),
      { key: 'look', group: t('palette.settings'), label: t(look.now === 'dark' ? 'nav.toLight' : 'nav.toDark'), run: look.change },
      { key: 'language', group: t('palette.settings'), label: t('nav.otherLanguage'), run: () => window.location.assign(inLanguagePath(other, pathname, BASE) + search) },
      { key: 'out', group: t('palette.settings'), label: t('nav.signOut'), run: () => void session.end() },
    ];
  }, [t, language, pathname, search, may, look.now]);
}

/** Orders by number or e-mail, products by words; whoever may not read one gets the other. */
function useFound(typed: string): Found[] {
  const desk = useDesk();
  const may = useMay();
  const [found, setFound] = useState<{ typed: string; list: Found[] }>({ typed: '', list: [] });
  useEffect(() => {
    if (typed.length < 2) return setFound({ typed: '', list: [] });
    let late = false;
    const stop = after(ASK_AFTER_MS, () => {
      const asked = [...(may('orders:read') ? [findOrders(desk, typed)] : []), ...(may('catalogue:write') ? [findProducts(desk, typed)] : [])];
      void Promise.all(asked).then((lists) => !late && setFound({ typed, list: lists.flat() }));
    });
    return () => {
      late = true;
      stop();
    };
  }, [typed, desk, may]);
  return found.list;
}

async function findOrders({ api }: Desk, search: string): Promise<Found[]> {
  const data = await orNothing(api.read(PaletteOrdersDocument, { first: MOST_FOUND, search }));
  return (data?.orders?.edges ?? []).map(({ node }) => ({ key: `order ${node.id}`, group: 'orders', label: node.number, hint: node.email, path: address.order(node.id) }));
}

async function findProducts({ api }: Desk, search: string): Promise<Found[]> {
  const data = await orNothing(api.read(PaletteProductsDocument, { first: MOST_FOUND, search }));
  return (data?.catalogue?.edges ?? []).map(({ node }) => ({ key: `product ${node.id}`, group: 'products', label: node.name, hint: node.slug, path: address.product(node.id) }));
}

/** A room that does not answer only makes the list shorter. */
async function orNothing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}
