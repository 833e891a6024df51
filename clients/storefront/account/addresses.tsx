import { IconMapPin } from '@tabler/icons-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useData } from '../../shared/graphql.ts';
import { Bone, Empty, Failed } from '../../shared/states.tsx';
import { countryName, guessCountry } from '../checkout/countries.ts';
import { EMPTY_FORM, formProblems, serverProblem, shippingAddress, type FieldName } from '../checkout/form.ts';
import { AddressFields } from '../form/address-fields.tsx';
import { MyAddressesDocument, RemoveAddressDocument, SaveAddressDocument, type AddressPartsFragment } from '../gql/graphql.ts';
import { useShop } from '../shop.tsx';
import { useSending } from './send.ts';

/** The address book. */
export function Addresses(): ReactNode {
  const { t } = useTranslation();
  const { api, language } = useShop();
  const { data, loading, problem, retry } = useData(MyAddressesDocument, {}, { always: true });
  const [editing, setEditing] = useState<AddressPartsFragment | 'new' | null>(null);
  const { said, say, run } = useSending();
  const addresses = data?.viewer?.addresses;
  if (loading) return <Bone height={240} radius={20} />;
  if (!addresses) return problem ? <Failed problem={problem} retry={retry} /> : null;
  const done = (): void => {
    setEditing(null);
    retry();
  };
  if (editing) return <Editor key={editing === 'new' ? 'new' : editing.id} address={editing === 'new' ? null : editing} onDone={done} onCancel={() => setEditing(null)} />;
  const remove = (id: string | number): Promise<void> => run(async () => {
    const { removeAddress } = await api.send(RemoveAddressDocument, { id });
    if (removeAddress?.__typename === 'User') retry();
    else say(removeAddress?.message ?? t('state.errorText'));
  });
  return (
    <>
      {said && <p className="note bad" role="alert">{said}</p>}
      {addresses.length === 0 && <Empty icon={<IconMapPin size={44} stroke={1.3} />} title={t('account.noAddresses')} text={t('account.noAddressesHint')} />}
      <ul className="stack">
        {addresses.map((one) => (
          <li key={one.id} className="panel stack tight">
            <p className="row between"><strong>{one.fullName}</strong>{one.isDefault && <span className="badge accent">{t('account.defaultAddress')}</span>}</p>
            <p className="soft small">{[one.line1, one.line2, `${one.postalCode} ${one.city}`, one.region, countryName(one.countryCode, language)].filter(Boolean).join(', ')}</p>
            <div className="row">
              <button type="button" className="button quiet" aria-label={`${t('account.edit')}: ${one.fullName}, ${one.line1}`} onClick={() => setEditing(one)}>{t('account.edit')}</button>
              <button type="button" className="button quiet" aria-label={`${t('account.removeAddress')}: ${one.fullName}, ${one.line1}`} onClick={() => void remove(one.id)}>{t('account.removeAddress')}</button>
            </div>
          </li>
        ))}
      </ul>
      <div><button type="button" className="button" onClick={() => setEditing('new')}>{t('account.addAddress')}</button></div>
    </>
  );
}

function Editor({ address, onDone, onCancel }: { address: AddressPartsFragment | null; onDone: () => void; onCancel: () => void }): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const [form, setForm] = useState(() => address
    ? { email: '', fullName: address.fullName, line1: address.line1, line2: address.line2 ?? '', city: address.city, region: address.region ?? '', postalCode: address.postalCode, countryCode: address.countryCode, phone: address.phone ?? '' }
    : { ...EMPTY_FORM, countryCode: guessCountry(navigator.languages, t('countries.preferred', { returnObjects: true }) as unknown as string[]) });
  const [isDefault, setDefault] = useState(address?.isDefault ?? false);
  const [tried, setTried] = useState(false);
  const { busy, said, problem, say, run } = useSending();
  const own = formProblems(form, false);
  const problemOf = (name: FieldName): string | null => (tried && own[name] ? t(own[name]!) : serverProblem(problem, name));
  async function save(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (Object.keys(own).length > 0) return;
    await run(async () => {
      const { saveAddress } = await api.send(SaveAddressDocument, { input: { ...(address ? { id: address.id } : {}), ...shippingAddress(form), isDefault } });
      if (saveAddress?.__typename === 'User') onDone();
      else say(saveAddress?.message ?? t('state.errorText'));
    });
  }
  return (
    <form className="panel stack" noValidate onSubmit={(event) => void save(event)}>
      <h2>{t(address ? 'account.editAddress' : 'account.addAddress')}</h2>
      <AddressFields form={form} change={(name, value) => setForm((known) => ({ ...known, [name]: value }))} problemOf={problemOf} section="" />
      <label className="check"><input type="checkbox" checked={isDefault} onChange={(event) => setDefault(event.target.checked)} /><span>{t('account.isDefault')}</span></label>
      {said && <p className="note bad" role="alert">{said}</p>}
      <div className="row"><button type="submit" className="button" aria-busy={busy}>{t('account.save')}</button><button type="button" className="button quiet" onClick={onCancel}>{t('account.cancel')}</button></div>
    </form>
  );
}
