/** What a person may do: roles with a word on each; the change can be taken back. */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '#platform/subgraph/permissions.ts';
import { useDesk, useSignedIn } from '../desk.tsx';
import { toast } from '../frame/toasts.tsx';
import { SetUserRolesDocument } from '../gql/graphql.ts';
import { ActionDialog } from '../parts/action-dialog.tsx';
import { saidByUndo } from '../parts/undo.ts';
import type { Person } from './list.tsx';

export function RolesDialog({ person, name, close, changed }: { person: Person; name: string; close(): void; changed(): void }): ReactNode {
  const { t } = useTranslation();
  const { api } = useDesk();
  const self = useSignedIn()?.user.id === String(person.id);
  const before = person.roles ?? [];
  const [roles, setRoles] = useState<readonly string[]>(before);

  async function set(next: readonly string[]): Promise<string | null> {
    const { setUserRoles } = await api.send(SetUserRolesDocument, { input: { userId: person.id, roles: [...next] } });
    changed();
    if (setUserRoles?.__typename === 'User') return null;
    return setUserRoles && 'message' in setUserRoles ? setUserRoles.message : t('state.unavailable');
  }
  async function run(): Promise<string | null> {
    const refused = await set(ROLES.filter((role) => roles.includes(role)));
    if (refused === null) toast({ text: t('people.done', { name }), undo: () => saidByUndo(() => set(before), t('people.undone', { name }), (message) => t('people.undoRefused', { message }), t) });
    return refused;
  }

  const locksOut = self && before.includes('admin') && !roles.includes('admin');
  return (
    <ActionDialog title={t('people.editTitle', { name })} text={t('people.editText', { email: person.email ?? name })} action={t('people.save')} danger={locksOut} ready={roles.length > 0} close={close} run={run}>
      <fieldset className="role-list">
        <legend className="hidden-text">{t('people.roles')}</legend>
        {ROLES.map((role) => (
          <label key={role}>
            <input type="checkbox" checked={roles.includes(role)} onChange={(event) => setRoles(event.target.checked ? [...roles, role] : roles.filter((one) => one !== role))} />
            <span className="two-lines"><span className="strong">{t(`roles.${role}`)}</span><span className="soft tiny">{t(`people.explain.${role}`)}</span></span>
          </label>
        ))}
      </fieldset>
      {roles.length === 0 && <p className="note warn">{t('people.needOne')}</p>}
      {locksOut && <p className="note warn">{t('people.self')}</p>}
    </ActionDialog>
  );
}
