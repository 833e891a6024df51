/** Who has an account, and what each may do. */
import { IconUserOff } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { LANGUAGE_NAMES, type Language } from '../../shared/language.ts';
import { Empty } from '../../shared/states.tsx';
import { useFormat, useMay } from '../desk.tsx';
import { PeopleDocument, type PeopleQuery } from '../gql/graphql.ts';
import { TableBones } from '../parts/bones.tsx';
import { Pager, SearchField, useFilters, usePage } from '../parts/filters.tsx';
import { PageHead } from '../parts/page.tsx';
import { Shown } from '../parts/shown.tsx';
import { Table, type Column } from '../parts/table.tsx';
import { RolesDialog } from './roles.tsx';

export type Person = NonNullable<PeopleQuery['users']>['edges'][number]['node'];
const PAGE = 25;

export default function Customers(): ReactNode {
  const { t } = useTranslation();
  const { date } = useFormat();
  const may = useMay();
  const filters = useFilters();
  const { after } = usePage();
  const search = filters.get('q');
  const [edited, setEdited] = useState<Person | null>(null);
  const people = useData(PeopleDocument, { first: PAGE, after, search: search || null }, { always: true });
  const nameOf = (person: Person): string => person.displayName ?? person.email ?? String(person.id);

  const columns: Column<Person>[] = [
    { key: 'name', label: t('people.name'), show: (person) => <span className="two-lines"><span className="strong">{nameOf(person)}</span><span className="soft tiny">{person.email}</span></span> },
    { key: 'roles', label: t('people.roles'), show: (person) => <span className="row wrap tight">{(person.roles ?? []).map((role) => <span key={role} className={`badge ${role === 'customer' ? '' : 'accent'}`}>{t(`roles.${role}`)}</span>)}</span> },
    { key: 'verified', label: t('people.verified'), show: (person) => <span className={person.emailVerified ? 'good' : 'soft'}>{t(person.emailVerified ? 'people.yes' : 'people.no')}</span> },
    { key: 'language', label: t('people.language'), spare: true, show: (person) => <span className="soft">{LANGUAGE_NAMES[person.language as Language] ?? '–'}</span> },
    { key: 'since', label: t('people.since'), show: (person) => <span className="soft number">{person.createdAt ? date(person.createdAt) : '–'}</span> },
    {
      key: 'tools', label: t('people.actions'), tools: true,
      show: (person) => (
        <span className="row tools-row">
          {may('orders:read') && person.email && <Link className="link" to={`/orders?q=${encodeURIComponent(person.email)}`} aria-label={t('people.orders', { name: nameOf(person) })}>{t('nav.orders')}</Link>}
          {may('users:write') && <button type="button" className="button plain small" onClick={() => setEdited(person)} aria-label={`${t('people.edit')}: ${nameOf(person)}`}>{t('people.edit')}</button>}
        </span>
      ),
    },
  ];

  return (
    <>
      <PageHead title={t('nav.customers')} />
      <div className="list-tools"><SearchField filters={filters} label={t('people.search')} placeholder={t('people.searchHint')} /></div>
      <Shown of={people} part={(data) => data.users} bones={<TableBones columns={5} />}>
        {({ edges, totalCount, pageInfo }) =>
          edges.length === 0 ? (
            <Empty icon={<IconUserOff size={40} stroke={1.4} />} title={t('people.none')} text={t('people.noneText')}>
              {search && <button type="button" className="button plain" onClick={() => filters.set({ q: '' })}>{t('list.clearAll')}</button>}
            </Empty>
          ) : (
            <>
              <div className="panel flush"><Table caption={t('nav.customers')} columns={columns} rows={edges.map(({ node }) => node)} rowKey={(person) => String(person.id)} /></div>
              <Pager shown={edges.length} total={totalCount} size={PAGE} next={pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null} />
            </>
          )
        }
      </Shown>
      {edited && <RolesDialog person={edited} name={nameOf(edited)} close={() => setEdited(null)} changed={people.retry} />}
    </>
  );
}
