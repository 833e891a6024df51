/** Two people saved one product: what the other changed, and for what both changed, whose word counts. */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from './draft.ts';
import { showFact, type Difference, type Merge } from './merge.ts';

const LABELS: Record<string, string> = {
  slug: 'product.slug', brand: 'product.brand', categories: 'product.categories', media: 'product.media', options: 'product.options',
};
const TEXTS: Record<string, [string, string]> = {
  nameEn: ['product.name', 'product.english'], nameZh: ['product.name', 'product.chinese'],
  descriptionEn: ['product.description', 'product.english'], descriptionZh: ['product.description', 'product.chinese'],
};

export function ConflictView({ merge, done }: { merge: Merge; done(merged: Draft): void }): ReactNode {
  const { t } = useTranslation();
  const [choices, setChoices] = useState<ReadonlyMap<string, 'mine' | 'theirs'>>(new Map());
  const { conflicts, taken } = merge;
  const choose = (fact: string, whose: 'mine' | 'theirs'): void => setChoices(new Map(choices).set(fact, whose));
  const all = (whose: 'mine' | 'theirs'): void => setChoices(new Map(conflicts.map(({ fact }) => [fact, whose])));
  const ready = conflicts.every(({ fact }) => choices.has(fact));
  const labelOf = (fact: string): string => {
    if (TEXTS[fact]) return TEXTS[fact].map((key) => t(key)).join(' · ');
    if (LABELS[fact]) return t(LABELS[fact]);
    return fact.replace(/^attribute /, `${t('product.attribute')}: `).replace(/^variant /, `${t('product.sku')}: `);
  };

  return (
    <section className="conflict stack" aria-labelledby="conflict-title">
      <div className="note warn"><h2 id="conflict-title">{t('conflict.title')}</h2><p>{t(conflicts.length > 0 ? 'conflict.text' : 'conflict.textNone')}</p></div>
      {conflicts.length > 1 && (
        <div className="row wrap"><button type="button" className="button plain small" onClick={() => all('mine')}>{t('conflict.allMine')}</button><button type="button" className="button plain small" onClick={() => all('theirs')}>{t('conflict.allTheirs')}</button></div>
      )}
      {conflicts.map((one) => (
        <fieldset className="panel versus" key={one.fact}>
          <legend className="strong">{labelOf(one.fact)}</legend>
          {(['mine', 'theirs'] as const).map((whose) => (
            <label className="version" key={whose}>
              <span className="row tight"><input type="radio" name={one.fact} checked={choices.get(one.fact) === whose} onChange={() => choose(one.fact, whose)} /><span className="strong small">{t(whose === 'mine' ? 'conflict.keepMine' : 'conflict.takeTheirs')}</span></span>
              <Value json={one[whose]} />
            </label>
          ))}
          <div className="version before"><span className="soft small">{t('conflict.before')}</span><Value json={one.base} /></div>
        </fieldset>
      ))}
      {taken.length > 0 && <Taken taken={taken} labelOf={labelOf} />}
      <div className="row wrap">
        <button type="button" className="button" aria-disabled={!ready} onClick={() => ready && done(merge.withChoices(choices))}>{t('conflict.done')}</button>
        {!ready && <span className="soft small" role="status">{t('conflict.choose')}</span>}
      </div>
    </section>
  );
}

function Taken({ taken, labelOf }: { taken: readonly Difference[]; labelOf(fact: string): string }): ReactNode {
  const { t } = useTranslation();
  return (
    <section className="panel flush">
      <h2 className="panel-title">{t('conflict.onlyTheirs')}</h2>
      <table className="table plain">
        <caption className="hidden-text">{t('conflict.onlyTheirs')}</caption>
        <thead><tr><th scope="col">{t('conflict.field')}</th><th scope="col">{t('conflict.before')}</th><th scope="col">{t('conflict.theirs')}</th></tr></thead>
        <tbody>{taken.map((one) => <tr key={one.fact}><td className="strong">{labelOf(one.fact)}</td><td data-label={t('conflict.before')}><Value json={one.base} /></td><td data-label={t('conflict.theirs')}><Value json={one.theirs} /></td></tr>)}</tbody>
      </table>
    </section>
  );
}

function Value({ json }: { json: string | null }): ReactNode {
  const { t } = useTranslation();
  const text = showFact(json);
  return text ? <span className="fact-value">{text}</span> : <span className="soft">{t('conflict.empty')}</span>;
}
