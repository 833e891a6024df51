/** The fields of an address, named so that browsers fill them in. Used by the checkout and the address book. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { countries } from '../checkout/countries.ts';
import type { CheckoutForm, FieldName } from '../checkout/form.ts';
import { useShop } from '../shop.tsx';
import { Field } from './field.tsx';

interface AddressFieldsParts {
  form: Omit<CheckoutForm, 'email'>;
  change(name: FieldName, value: string): void;
  /** Text beside the field, in the reader's language. */
  problemOf(name: FieldName): string | null;
  /** `shipping` in the checkout. */
  section: string;
}

const AUTOFILL = { fullName: 'name', line1: 'address-line1', line2: 'address-line2', city: 'address-level2', region: 'address-level1', postalCode: 'postal-code', phone: 'tel' } as const;

export function AddressFields({ form, change, problemOf, section }: AddressFieldsParts): ReactNode {
  const { t } = useTranslation();
  const { language } = useShop();
  const { first, others } = countries(language, t('countries.preferred', { returnObjects: true }) as unknown as string[]);
  const text = (name: keyof typeof AUTOFILL, className?: string, hint?: string): ReactNode => (
    <Field label={t(`checkout.${name}`)} problem={problemOf(name)} className={className} hint={hint}>
      {(parts) => (
        <input
          {...parts} className="input" name={name} type={name === 'phone' ? 'tel' : 'text'} autoComplete={`${section} ${AUTOFILL[name]}`.trim()} maxLength={200}
          required={!['line2', 'region', 'phone'].includes(name)} value={form[name]} onChange={(event) => change(name, event.target.value)}
        />
      )}
    </Field>
  );
  return (
    <div className="fields">
      {text('fullName', 'whole')}
      <Field label={t('checkout.country')} problem={problemOf('countryCode')} className="whole">
        {(parts) => (
          <select {...parts} className="input" name="countryCode" autoComplete={`${section} country`.trim()} required value={form.countryCode} onChange={(event) => change('countryCode', event.target.value)}>
            {!form.countryCode && <option value="" />}
            <optgroup label="—">{first.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</optgroup>
            <optgroup label="A–Z">{others.map(({ code, name }) => <option key={code} value={code}>{name}</option>)}</optgroup>
          </select>
        )}
      </Field>
      {text('line1', 'whole')}
      {text('line2', 'whole')}
      {text('postalCode')}
      {text('city')}
      {text('region', 'whole')}
      {text('phone', 'whole', t('checkout.phoneHint'))}
    </div>
  );
}
