import { IconSearch } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { Empty, Failed, Partial } from '../../shared/states.tsx';
import { useTitle } from '../frame/arrival.ts';
import { NavigationDocument, SearchDocument } from '../gql/graphql.ts';
import { address, readQuery, searchVariables } from '../places.ts';
import { List, useListState } from './list.tsx';

/** What was found, what was searched instead, and ways on when nothing was. */
export default function Search(): ReactNode {
  const { t } = useTranslation();
  const query = readQuery(useSearchParams()[0]);
  const [state] = useListState();
  const { data, loading, refreshing, problem, retry } = useData(SearchDocument, searchVariables(query, state), { pause: !query });
  const title = query ? t('search.title', { query }) : t('search.titleEmpty');
  const found = data?.search;
  useTitle(title);
  if (query && problem && !found) return <Failed problem={problem} retry={retry} />;
  return (
    <div className="page stack">
      <h1>{title}</h1>
      {problem && <Partial problem={problem} retry={retry} />}
      {found?.correctedQuery && <p role="status" className="soft">{t('search.corrected', { corrected: found.correctedQuery, query })}</p>}
      {query ? <List data={found} loading={loading} refreshing={refreshing} sortable={false} withCategories nothing={<Nothing title={t('search.none', { query })} />} /> : <Nothing title={t('search.placeholder')} />}
    </div>
  );
}

function Nothing({ title }: { title: string }): ReactNode {
  const { t } = useTranslation();
  const { data } = useData(NavigationDocument, {});
  return (
    <Empty icon={<IconSearch size={44} stroke={1.3} />} title={title} text={t('search.noneHint')}>
      <ul className="chips row wrap">
        {data?.categories?.map((category) => <li key={category.id}><Link className="chip" to={address.category(category.slug)}>{category.name}</Link></li>)}
      </ul>
    </Empty>
  );
}
