import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldProblem } from '../../shared/problem.ts';
import { Field } from '../form/field.tsx';
import { useTitle } from '../frame/arrival.ts';
import { RequestPasswordResetDocument } from '../gql/graphql.ts';
import '../look/checkout.css';
import { useShop } from '../shop.tsx';
import { useSending } from './send.ts';

/** Asks for a letter; the answer is the same whether there is an account or not. */
export default function Forgotten(): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const [email, setEmail] = useState('');
  const [tried, setTried] = useState(false);
  const [sent, setSent] = useState(false);
  const { busy, said, problem, say, run } = useSending();
  useTitle(t('account.forgottenTitle'));

  async function send(event: FormEvent): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!email.trim()) return;
    await run(async () => {
      const { requestPasswordReset } = await api.send(RequestPasswordResetDocument, { email: email.trim() });
      if (requestPasswordReset?.__typename === 'LetterSent') setSent(true);
      else say(requestPasswordReset && 'message' in requestPasswordReset ? requestPasswordReset.message : t('state.errorText'));
    });
  }

  return (
    <div className="page">
      <form className="narrow stack" noValidate onSubmit={(event) => void send(event)}>
        <h1>{t('account.forgottenTitle')}</h1>
        {sent ? <p className="note good" role="status">{t('account.forgottenSent')}</p> : (
          <>
            <p className="soft">{t('account.forgottenText')}</p>
            {said && <p className="note bad" role="alert">{said}</p>}
            <Field label={t('account.email')} problem={(tried && !email.trim() && t('checkout.required')) || fieldProblem(problem, 'email')}>
              {(parts) => <input {...parts} className="input" type="email" name="email" autoComplete="username" inputMode="email" required maxLength={254} value={email} onChange={(event) => setEmail(event.target.value)} />}
            </Field>
            <button type="submit" className="button wide" aria-busy={busy}>{t('account.forgottenSend')}</button>
          </>
        )}
      </form>
    </div>
  );
}
