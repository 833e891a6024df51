/** What can be put in a cart: a row a variant, with its price and its value for every option. Stock is changed on its own board. */
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../desk.tsx';
import { address } from '../places.ts';
import { problemAt } from './check-draft.ts';
import { newVariant, type VariantRow } from './draft.ts';
import type { FormParts } from './editor.tsx';
import { AddButton, RemoveButton } from './facts.tsx';

const MOST_OPTIONS = 5;
const MOST_VARIANTS = 100;

export function Variants({ draft, change, problems, currency, available }: FormParts & { available: Record<string, number> }): ReactNode {
  const { t } = useTranslation();
  const rows = draft.variants;
  const set = (key: string, changes: Partial<VariantRow>): void => change({ variants: rows.map((row) => (row.key === key ? { ...row, ...changes } : row)) });
  const columns = [...draft.optionNames, t('product.price', { currency }), t('product.compareAt', { currency }), t('product.picture'), t('product.inStock')];
  return (
    <section className="panel flush">
      <h2 className="panel-title">{t('product.variants')}</h2>
      <p className="panel-note soft tiny">{t('product.variantsHint')}</p>
      <OptionNames draft={draft} change={change} />
      <div className="variant-scroll" tabIndex={0} role="region" aria-label={t('product.variants')}>
        <table className="grid-table">
          <thead><tr><th scope="col">{t('product.sku')}</th>{columns.map((label, index) => <th scope="col" key={index}>{label}</th>)}<th scope="col"><span className="hidden-text">{t('product.remove')}</span></th></tr></thead>
          <tbody>
            {rows.map((row, index) => {
              const at = `variants.${index}`;
              const cell = (label: string, path: string, value: string, changes: (value: string) => Partial<VariantRow>, kind = ''): ReactNode => {
                const problem = problemAt(problems, `${at}.${path}`);
                return (
                  <td>
                    <input className={`input ${kind}`} aria-label={`${label}, ${row.sku || index + 1}`} value={value} spellCheck={false} aria-invalid={problem ? true : undefined} title={problem ?? undefined} onChange={(event) => set(row.key, changes(event.target.value))} />
                    {problem && <span className="bad tiny">{problem}</span>}
                  </td>
                );
              };
              return (
                <tr key={row.key}>
                  {row.id ? <th scope="row" className="mono tiny">{row.sku}</th> : cell(t('product.sku'), 'sku', row.sku, (sku) => ({ sku }), 'mono sku')}
                  {draft.optionNames.map((name, option) => <OptionCell key={option}>{cell(name, `options.${option}`, row.options[name] ?? '', (value) => ({ options: { ...row.options, [name]: value } }))}</OptionCell>)}
                  {cell(t('product.price', { currency }), 'priceMinor', row.price, (price) => ({ price }), 'number')}
                  {cell(t('product.compareAt', { currency }), 'compareAtPriceMinor', row.compareAt, (compareAt) => ({ compareAt }), 'number')}
                  {cell(t('product.picture'), 'imageUrl', row.imageUrl, (imageUrl) => ({ imageUrl }), 'mono')}
                  {row.id ? <StockCell id={row.id} sku={row.sku} available={available[row.id]} /> : cell(t('product.initialStock'), 'initialStock', row.initialStock, (initialStock) => ({ initialStock }), 'number')}
                  <td><RemoveButton name={row.sku || String(index + 1)} remove={() => change({ variants: rows.filter(({ key }) => key !== row.key) })} /></td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {problems['variants'] && <p className="panel-note bad">{problems['variants']}</p>}
      <div className="panel-note row wrap">
        {rows.length < MOST_VARIANTS && <AddButton label={t('product.addVariant')} add={() => change({ variants: [...rows, { ...newVariant(), price: rows.at(-1)?.price ?? '' }] })} />}
        {draft.optionNames.length < MOST_OPTIONS && <AddButton label={t('product.addOption')} add={() => change({ optionNames: [...draft.optionNames, freeName(draft.optionNames, t('product.option'))] })} />}
      </div>
    </section>
  );
}

const OptionCell = ({ children }: { children: ReactNode }): ReactNode => children;

function StockCell({ id, sku, available }: { id: string; sku: string; available: number | undefined }): ReactNode {
  const { t } = useTranslation();
  const { number } = useFormat();
  return <td className="number stock-cell"><Link className="link" to={address.stockOf(id)} aria-label={`${t('product.openStock', { sku })}: ${available ?? '–'}`}>{available === undefined ? '–' : number(available)}</Link></td>;
}

/** Renaming an option renames it in every variant; two of one name are not possible. */
function OptionNames({ draft, change }: Pick<FormParts, 'draft' | 'change'>): ReactNode {
  const { t } = useTranslation();
  const names = draft.optionNames;
  const rename = (index: number, name: string): void => {
    if (names.some((other, at) => at !== index && other === name)) return;
    change({
      optionNames: names.map((old, at) => (at === index ? name : old)),
      variants: draft.variants.map((row) => {
        const { [names[index]!]: value = '', ...rest } = row.options;
        return { ...row, options: { ...rest, [name]: value } };
      }),
    });
  };
  const remove = (index: number): void =>
    change({
      optionNames: names.filter((_, at) => at !== index),
      variants: draft.variants.map((row) => ({ ...row, options: Object.fromEntries(Object.entries(row.options).filter(([name]) => name !== names[index])) })),
    });
  if (names.length === 0) return <p className="panel-note soft tiny">{t('product.noOptions')}</p>;
  return (
    <div className="panel-note option-names">
      <span className="soft tiny">{t('product.options')}</span>
      {names.map((name, index) => (
        <span key={index} className="option-name">
          <input className="input" aria-label={t('product.optionName', { n: index + 1 })} value={name} maxLength={120} onChange={(event) => rename(index, event.target.value)} />
          <button type="button" className="tool" aria-label={t('product.removeIt', { name })} onClick={() => remove(index)}><IconX size={15} /></button>
        </span>
      ))}
    </div>
  );
}

function freeName(names: readonly string[], word: string): string {
  for (let n = 1; n <= MOST_OPTIONS; n++) if (!names.includes(`${word} ${n}`)) return `${word} ${n}`;
  return `${word} ${names.length + 1}`;
}
