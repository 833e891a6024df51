import { IconCreditCard } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Data } from '../../shared/graphql.ts';
import { Bone, Partial } from '../../shared/states.tsx';
import type { PaymentProvider, PaymentProvidersQuery } from '../gql/graphql.ts';

interface Chosen { provider: PaymentProvider; token: string }

/** Who handles the money; the sandbox shows its test cards and what each does. */
export function Payment({ providers, chosen, onChoose }: { providers: Data<PaymentProvidersQuery>; chosen: Chosen; onChoose: (chosen: Chosen) => void }): ReactNode {
  const { t } = useTranslation();
  const list = providers.data?.paymentProviders;
  return (
    <section className="panel stack">
      <h2>{t('checkout.payment')}</h2>
      {!list && providers.problem && <Partial problem={providers.problem} retry={providers.retry} />}
      {!list && !providers.problem && <Bone height={180} radius={12} />}
      {list?.map((provider) => {
        const tokens = provider.testTokens;
        if (tokens.length === 0) return <p key={provider.code} className="soft small">{provider.name}: {t('checkout.providerUnavailable')}</p>;
        return (
          <fieldset key={provider.code} className="choices">
            <legend className="small soft">{t('checkout.testMode')}</legend>
            {tokens.map(({ token, description }) => (
              <label key={token} className="choice">
                <input type="radio" name="card" value={token} checked={chosen.provider === provider.code && chosen.token === token} onChange={() => onChoose({ provider: provider.code as PaymentProvider, token })} />
                <IconCreditCard size={24} stroke={1.4} aria-hidden="true" />
                <span><span>{description}</span><code className="soft tiny">{token}</code></span>
              </label>
            ))}
          </fieldset>
        );
      })}
    </section>
  );
}
