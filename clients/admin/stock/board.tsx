/** What is in the house, the fewest free units first, live: as orders come in, numbers go down without a reload. */
import { IconBoxOff, IconMoodSmile } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { announce } from '../../shared/announce.tsx';
import { useData } from '../../shared/graphql.ts';
import { Empty } from '../../shared/states.tsx';
import { useFormat, useMay } from '../desk.tsx';
import { StockChangedDocument, StockLevelsDocument, StockLowDocument, type LevelRowFragment } from '../gql/graphql.ts';
import { TableBones } from '../parts/bones.tsx';
import { Pager, useFilters, usePage, Views } from '../parts/filters.tsx';
import { useLit, useLive, useRefresh } from '../parts/live.ts';
import { PageHead } from '../parts/page.tsx';
import { Picture } from '../parts/picture.tsx';
import { Shown } from '../parts/shown.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { address } from '../places.ts';
import { AdjustDialog } from './adjust.tsx';
import { LevelDrawer } from './level.tsx';

type Numbers = Pick<LevelRowFragment, 'onHand' | 'available' | 'held' | 'threshold'>;
const PAGE = 25;

export default function Board(): ReactNode {
  const { t } = useTranslation();
  const filters = useFilters();
  const { after } = usePage();
  const low = filters.get('low') === '1';
  const variant = filters.get('variant');
  const levels = useData(StockLevelsDocument, { first: PAGE, after, filter: { low: low || null, variantIds: variant ? [variant] : null } }, { always: true });
  const refresh = useRefresh(levels.retry);
  const edges = levels.data?.stockLevels?.edges;
  const ids = useMemo(() => (edges ?? []).map(({ node }) => String(node.id)), [edges]);
  const { now, lit } = useNumbers(ids);
  const [adjusted, setAdjusted] = useState<LevelRowFragment | null>(null);
  const [opened, setOpened] = useState<string | null>(null);
  useLive(StockLowDocument, {}, ({ stockLow }) => {
    if (stockLow) announce(t('overview.fellLow', { name: stockLow.variant?.name ?? '', available: stockLow.available }));
    if (low) refresh();
  });
  const rows = (edges ?? []).map(({ node }) => ({ ...node, ...now.get(String(node.id)) }));
  const columns = useColumns(setAdjusted, setOpened);

  return (
    <>
      <PageHead title={t('nav.stock')} />
      <div className="list-tools">
        {variant
          ? <span className="row"><span className="badge accent">{t('stock.one')}</span><Link className="link" to="/stock">{t('stock.showAll')}</Link></span>
          : <Views label={t('stock.show')} name="low" views={[{ value: '', label: t('stock.all') }, { value: '1', label: t('stock.low') }]} />}
      </div>
      <Shown of={levels} part={(data) => data.stockLevels} bones={<TableBones columns={6} />}>
        {({ totalCount, pageInfo }) =>
          rows.length === 0 ? (
            low ? <Empty icon={<IconMoodSmile size={40} stroke={1.4} />} title={t('stock.noneLow')} text={t('stock.noneLowText')} /> : <Empty icon={<IconBoxOff size={40} stroke={1.4} />} title={t('stock.none')} text={t('stock.noneText')} />
          ) : (
            <>
              <div className="panel flush"><Table caption={t('nav.stock')} columns={columns} rows={rows} rowKey={(row) => String(row.id)} lit={lit} /></div>
              <Pager shown={rows.length} total={totalCount} size={PAGE} next={pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null} />
            </>
          )
        }
      </Shown>
      {adjusted && <AdjustDialog level={{ ...adjusted, ...now.get(String(adjusted.id)) }} close={() => setAdjusted(null)} changed={levels.retry} />}
      {opened !== null && <LevelDrawer variantId={opened} close={() => setOpened(null)} changed={levels.retry} />}
    </>
  );
}

/** The latest numbers of what is shown, and which of them moved just now. */
function useNumbers(ids: readonly string[]): { now: ReadonlyMap<string, Numbers>; lit: ReadonlySet<string> } {
  const [now, setNow] = useState<ReadonlyMap<string, Numbers>>(new Map());
  const { lit, light } = useLit();
  useLive(StockChangedDocument, { variantIds: [...ids] }, ({ stockChanged }) => {
    if (!stockChanged?.stockLevel) return;
    const id = String(stockChanged.id);
    const { onHand, available, held, threshold } = stockChanged.stockLevel;
    const before = now.get(id);
    // The first event of each variant is how it stands, not a change.
    if (before && (before.onHand !== onHand || before.available !== available)) light(id);
    setNow((known) => new Map(known).set(id, { onHand, available, held, threshold }));
  }, ids.length === 0);
  return { now, lit };
}

function useColumns(adjust: (level: LevelRowFragment) => void, open: (variantId: string) => void): Column<LevelRowFragment>[] {
  const { t } = useTranslation();
  const { number } = useFormat();
  const may = useMay();
  const nameOf = (row: LevelRowFragment): string => row.variant?.name ?? t('stock.gone');
  return [
    {
      key: 'item', label: t('stock.item'),
      show: (row) => (
        <span className="pictured">
          <Picture image={row.variant?.image} />
          <span className="two-lines">
            {row.variant && may('catalogue:write') ? <Link className="quiet-link" to={address.product(row.variant.product.id)}>{nameOf(row)}</Link> : <span>{nameOf(row)}</span>}
            <span className="soft tiny mono">{row.variant?.sku ?? row.id}</span>
          </span>
        </span>
      ),
    },
    { key: 'level', label: t('stock.level'), phone: 'first', show: (row) => <LevelBadge level={row} /> },
    { key: 'available', label: t('stock.available'), end: true, show: (row) => <span className="number strong">{number(row.available)}</span> },
    { key: 'held', label: t('stock.held'), end: true, show: (row) => <span className={`number ${row.held ? '' : 'soft'}`}>{number(row.held)}</span> },
    { key: 'onHand', label: t('stock.onHand'), end: true, show: (row) => <span className="number">{number(row.onHand)}</span> },
    { key: 'threshold', label: t('stock.threshold'), end: true, spare: true, show: (row) => <span className="number soft">{number(row.threshold)}</span> },
    {
      key: 'tools', label: t('stock.actions'), tools: true,
      show: (row) => (
        <span className="row tools-row">
          <button type="button" className="button quiet small" aria-label={t('stock.details', { name: nameOf(row) })} onClick={() => open(String(row.id))}>{t('stock.movements')}</button>
          {may('stock:write') && <button type="button" className="button plain small" aria-label={t('stock.adjustTitle', { name: nameOf(row) })} onClick={() => adjust(row)}>{t('stock.adjust')}</button>}
        </span>
      ),
    },
  ];
}

export function LevelBadge({ level }: { level: Pick<Numbers, 'available' | 'threshold'> }): ReactNode {
  const { t } = useTranslation();
  if (level.available === 0) return <span className="badge bad">{t('stock.out')}</span>;
  if (level.available <= level.threshold) return <span className="badge warn">{t('stock.lowBadge')}</span>;
  return <span className="badge">{t('stock.fine')}</span>;
}
