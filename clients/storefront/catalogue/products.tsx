import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useData } from '../../shared/graphql.ts';
import { Empty, Failed, Partial } from '../../shared/states.tsx';
import { useTitle } from '../frame/arrival.ts';
import { Breadcrumb } from '../frame/breadcrumb.tsx';
import { ProductsDocument } from '../gql/graphql.ts';
import { productsVariables } from '../places.ts';
import { List, useListState } from './list.tsx';

/** Everything the shop has. */
export default function Products(): ReactNode {
  const { t } = useTranslation();
  const [state] = useListState();
  const { data, loading, refreshing, problem, retry } = useData(ProductsDocument, productsVariables(state));
  useTitle(t('nav.all'));
  if (problem && !data?.products) return <Failed problem={problem} retry={retry} />;
  return (
    <div className="page stack">
      <Breadcrumb crumbs={[{ name: t('nav.all') }]} />
      <h1>{t('nav.all')}</h1>
      {problem && <Partial problem={problem} retry={retry} />}
      <List data={data?.products} loading={loading} refreshing={refreshing} sortable withCategories={false} nothing={<Empty title={t('list.emptyCategory')} text={t('list.emptyCategoryHint')} />} />
    </div>
  );
}
