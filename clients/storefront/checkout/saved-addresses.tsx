import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AddressPartsFragment } from '../gql/graphql.ts';
import { useShop } from '../shop.tsx';
import { countryName } from './countries.ts';

export type SavedAddress = AddressPartsFragment;

/** The address book as choices; the last is a new address. */
export function SavedAddresses({ addresses, chosen, onPick }: { addresses: readonly SavedAddress[]; chosen: string; onPick: (address: SavedAddress | null) => void }): ReactNode {
  const { t } = useTranslation();
  const { language } = useShop();
  return (
    <fieldset className="choices">
      <legend className="hidden-text">{t('checkout.saved')}</legend>
      {addresses.map((one) => (
        <label key={one.id} className="choice">
          <input type="radio" name="saved-address" checked={chosen === String(one.id)} onChange={() => onPick(one)} />
          <span><strong>{one.fullName}</strong><span className="soft small">{[one.line1, one.line2, `${one.postalCode} ${one.city}`, countryName(one.countryCode, language)].filter(Boolean).join(', ')}</span></span>
        </label>
      ))}
      <label className="choice"><input type="radio" name="saved-address" checked={chosen === ''} onChange={() => onPick(null)} /><span>{t('checkout.newAddress')}</span></label>
    </fieldset>
  );
}
