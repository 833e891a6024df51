import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { Bone, Empty, Failed, Partial } from '../../shared/states.tsx';
import { useTitle } from '../frame/arrival.ts';
import { Breadcrumb } from '../frame/breadcrumb.tsx';
import { CategoryDocument } from '../gql/graphql.ts';
import { address, categoryVariables, placeOf } from '../places.ts';
import { List, useListState } from './list.tsx';
import Missing from './missing.tsx';
import { categoryTrail } from './trail.ts';

/** A category and what is in it. */
export default function Category(): ReactNode {
  const { t } = useTranslation();
  const place = placeOf(useLocation().pathname, new URLSearchParams());
  const slug = place.kind === 'category' ? place.slug : '';
  const [state] = useListState();
  const { data, loading, refreshing, problem, retry } = useData(CategoryDocument, categoryVariables(slug, state));
  const category = data?.category;
  useTitle(category?.name);
  if (data && !category && !problem) return <Missing />;
  if (!data && problem) return <Failed problem={problem} retry={retry} />;
  return (
    <div className="page stack">
      {category ? <Breadcrumb crumbs={[...categoryTrail(category.parent), { name: category.name }]} /> : <Bone height={24} width={220} />}
      <h1>{category?.name ?? <Bone height={38} width={260} />}</h1>
      {problem && <Partial problem={problem} retry={retry} />}
      {category && category.children.length > 0 && (
        <nav aria-label={t('list.subcategories', { name: category.name })}>
          <ul className="chips row wrap">
            {category.children.map((child) => <li key={child.id}><Link className="chip" to={address.category(child.slug)}>{child.name} <span className="soft tiny number">{child.productCount}</span></Link></li>)}
          </ul>
        </nav>
      )}
      <List
        data={data?.products} loading={loading} refreshing={refreshing} sortable withCategories={false}
        nothing={<Empty title={t('list.emptyCategory')} text={t('list.emptyCategoryHint')}><Link className="button" to={address.products}>{t('nav.all')}</Link></Empty>}
      />
    </div>
  );
}
