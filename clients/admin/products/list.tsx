/** Everything the shop sells or sold: searched, filtered and paged in the address; taken off and brought back, also many at once. */
import { IconTagOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { Empty } from '../../shared/states.tsx';
import { useFormat } from '../desk.tsx';
import { CatalogueDocument, type CatalogueQuery } from '../gql/graphql.ts';
import { TableBones } from '../parts/bones.tsx';
import { Pager, SearchField, useFilters, usePage, Views } from '../parts/filters.tsx';
import { useRefresh } from '../parts/live.ts';
import { PageHead } from '../parts/page.tsx';
import { Picture } from '../parts/picture.tsx';
import { Shown } from '../parts/shown.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { address } from '../places.ts';
import { ArchiveDialog, useArchiving } from './archive.tsx';

export type ListedProduct = NonNullable<CatalogueQuery['catalogue']>['edges'][number]['node'];
const PAGE = 25;
const ARCHIVED: Record<string, boolean | null> = { '': false, archived: true, all: null };

export default function Products(): ReactNode {
  const { t } = useTranslation();
  const filters = useFilters();
  const { after } = usePage();
  const search = filters.get('q');
  const show = filters.get('show');
  const products = useData(CatalogueDocument, { first: PAGE, after, search: search || null, archived: ARCHIVED[show] ?? null }, { always: true });
  useRefresh(products.retry);
  const [chosen, setChosen] = useState<ReadonlyMap<string, ListedProduct>>(new Map());
  const [asked, setAsked] = useState<readonly ListedProduct[] | null>(null);
  const { restore } = useArchiving(products.retry);
  const choose = (product: ListedProduct, on: boolean): void => {
    const next = new Map(chosen);
    if (on) next.set(product.id, product);
    else next.delete(product.id);
    setChosen(next);
  };
  const columns = useColumns(chosen, choose, (product) => (product.archived ? void restore([product]) : setAsked([product])));

  return (
    <>
      <PageHead title={t('nav.products')}><Link className="button" to={address.newProduct}>{t('products.create')}</Link></PageHead>
      <div className="list-tools">
        <Views label={t('products.show')} name="show" views={Object.keys(ARCHIVED).map((value) => ({ value, label: t(`products.${value || 'live'}`) }))} />
        <SearchField filters={filters} label={t('products.search')} placeholder={t('products.searchHint')} />
      </div>
      <Shown of={products} part={(data) => data.catalogue} bones={<TableBones columns={5} />}>
        {({ edges, totalCount, pageInfo }) =>
          edges.length === 0 ? (
            <Empty icon={<IconTagOff size={40} stroke={1.4} />} title={t(search || show ? 'products.noneHere' : 'products.none')} text={t(search || show ? 'products.noneHereText' : 'products.noneText')}>
              {(search || show) && <button type="button" className="button plain" onClick={() => filters.set({ q: '', show: '' })}>{t('list.clearAll')}</button>}
            </Empty>
          ) : (
            <>
              <div className="panel flush"><Table caption={t('nav.products')} columns={columns} rows={edges.map(({ node }) => node)} rowKey={(row) => row.id} to={(row) => address.product(row.id)} /></div>
              <Pager shown={edges.length} total={totalCount} size={PAGE} next={pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null} />
            </>
          )
        }
      </Shown>
      <div role="status" className="bulk-place">
        {chosen.size > 0 && (
          <div className="bulk">
            <strong>{t('products.chosen', { count: chosen.size })}</strong>
            <button type="button" className="button plain small" onClick={() => setChosen(new Map())}>{t('products.unchoose')}</button>
            <button type="button" className="button danger small" onClick={() => setAsked([...chosen.values()].filter(({ archived }) => !archived))}>{t('products.archive')}</button>
          </div>
        )}
      </div>
      {asked !== null && asked.length > 0 && <ArchiveDialog products={asked} close={() => setAsked(null)} changed={() => { setChosen(new Map()); products.retry(); }} />}
    </>
  );
}

function useColumns(chosen: ReadonlyMap<string, ListedProduct>, choose: (product: ListedProduct, on: boolean) => void, archive: (product: ListedProduct) => void): Column<ListedProduct>[] {
  const { t } = useTranslation();
  const { money, number, short } = useFormat();
  const price = ({ priceRange: { min, max } }: ListedProduct): string => (min.amountMinor === max.amountMinor ? money(min) : `${money(min)} – ${money(max)}`);
  const missing = (product: ListedProduct): string[] => (product.translations ?? []).filter(({ name }) => !name).map(({ language }) => t(language === 'zh' ? 'product.chinese' : 'product.english'));
  // Null where stock does not answer: then nothing is said rather than a nought.
  const available = (product: ListedProduct): number | null =>
    product.variants.some(({ stock }) => !stock) ? null : product.variants.reduce((sum, { stock }) => sum + (stock?.available ?? 0), 0);
  return [
    {
      key: 'name', label: t('products.name'),
      show: (product) => (
        <span className="pictured">
          <Picture image={product.image} />
          <span className="two-lines"><span className="strong">{product.name}</span><span className="soft tiny">{product.slug}</span></span>
        </span>
      ),
    },
    {
      key: 'state', label: '', phone: 'bare',
      show: (product) => (
        <span className="row wrap tight">
          {product.archived && <span className="badge">{t('products.archivedBadge')}</span>}
          {missing(product).map((language) => <span key={language} className="badge warn">{t('products.missingLanguage', { language })}</span>)}
        </span>
      ),
    },
    { key: 'variants', label: t('products.variants'), end: true, spare: true, show: (product) => <span className="number soft">{number(product.variants.length)}</span> },
    {
      key: 'available', label: t('products.available'), end: true,
      show: (product) => {
        const units = available(product);
        return <span className={`number ${units === 0 && !product.archived ? 'bad strong' : ''}`}>{units === null ? '–' : number(units)}</span>;
      },
    },
    { key: 'price', label: t('products.price'), end: true, show: (product) => <span className="number strong">{price(product)}</span> },
    { key: 'changed', label: t('products.changed'), end: true, spare: true, show: (product) => <time className="soft number" dateTime={product.updatedAt}>{short(product.updatedAt)}</time> },
    {
      key: 'tools', label: t('products.actions'), tools: true,
      show: (product) => (
        <span className="row tools-row">
          <button type="button" className="button quiet small" aria-label={`${t(product.archived ? 'products.restore' : 'products.archive')}: ${product.name}`} onClick={() => archive(product)}>{t(product.archived ? 'products.restore' : 'products.archive')}</button>
          {!product.archived && <label className="tick"><input type="checkbox" aria-label={t('products.choose', { name: product.name })} checked={chosen.has(product.id)} onChange={(event) => choose(product, event.target.checked)} /></label>}
        </span>
      ),
    },
  ];
}
