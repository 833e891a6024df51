import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { NavigationDocument } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { useTitle } from '../frame/arrival.ts';

/** A wrong address, with ways on. */
export default function Missing(): ReactNode {
  const { t } = useTranslation();
  const { data } = useData(NavigationDocument, {});
  useTitle(t('missing.title'));
  return (
    <div className="page">
      <div className="state">
        <h1>{t('missing.title')}</h1>
        <p className="soft">{t('missing.text')}</p>
        <ul className="row wrap chips">
          {data?.categories?.map((category) => <li key={category.id}><Link className="chip" to={address.category(category.slug)}>{category.name}</Link></li>)}
        </ul>
        <Link className="button" to="/">{t('missing.home')}</Link>
      </div>
    </div>
  );
}
