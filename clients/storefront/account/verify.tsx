import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useTitle } from '../frame/arrival.ts';
import { VerifyEmailDocument } from '../gql/graphql.ts';
import '../look/checkout.css';
import { useShop } from '../shop.tsx';
import { useLetterToken } from './letter-token.ts';
import { useSending } from './send.ts';

/** Proves the e-mail address with the token of the letter, by itself. */
export default function Verify(): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const token = useLetterToken();
  const [done, setDone] = useState(false);
  const { busy, said, say, run } = useSending();
  const asked = useRef(false);
  useTitle(t('account.verifyTitle'));
  useEffect(() => {
    if (!token || asked.current) return;
    // A token counts once: it is never sent twice, however often this runs.
    asked.current = true;
    void run(async () => {
      const { verifyEmail } = await api.send(VerifyEmailDocument, { token });
      if (verifyEmail?.__typename === 'User') setDone(true);
      else say(verifyEmail?.message ?? t('state.errorText'));
    });
  }, [token]);
  return (
    <div className="page">
      <div className="narrow stack">
        <h1>{t('account.verifyTitle')}</h1>
        <div role="status">
          {!token && <p className="note bad">{t('account.tokenMissing')}</p>}
          {busy && <p className="soft">{t('account.verifying')}</p>}
          {said && <p className="note bad">{said}</p>}
          {done && <p className="note good">{t('account.verified')}</p>}
        </div>
        <Link className="button" to="/">{t('missing.home')}</Link>
      </div>
    </div>
  );
}
