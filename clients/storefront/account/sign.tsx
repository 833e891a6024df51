/** What signing in and signing up share: the password field, where to go afterwards, and how a refusal is said. */
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useSearchParams } from 'react-router';
import { every } from '../../shared/time.ts';
import { Field } from '../form/field.tsx';
import { address } from '../places.ts';
import { useSignedIn } from '../shop.tsx';

export function PasswordField({ label, value, onChange, autoComplete, problem, hint }: {
  label: string; value: string; onChange: (value: string) => void; autoComplete: 'current-password' | 'new-password'; problem?: string | null | false; hint?: string;
}): ReactNode {
  const { t } = useTranslation();
  const [visible, setVisible] = useState(false);
  return (
    <Field label={label} problem={problem} hint={hint}>
      {(parts) => (
        <span className="password">
          <input {...parts} className="input" type={visible ? 'text' : 'password'} name={autoComplete} autoComplete={autoComplete} required maxLength={128} value={value} onChange={(event) => onChange(event.target.value)} />
          <button type="button" className="icon-button" aria-label={t(visible ? 'account.hide' : 'account.show')} aria-pressed={visible} onClick={() => setVisible(!visible)}>
            {visible ? <IconEyeOff size={20} stroke={1.5} /> : <IconEye size={20} stroke={1.5} />}
          </button>
        </span>
      )}
    </Field>
  );
}

/** Only paths of this shop are gone to: `?to=//elsewhere` leads home. */
export function useWhereTo(): string {
  const to = useSearchParams()[0].get('to');
  return to && /^\/(?![/\\])/.test(to) ? to : address.account('orders');
}

/** Leaves as soon as one is signed in, also by another tab. */
export function useLeaveWhenSignedIn(): void {
  const navigate = useNavigate();
  const to = useWhereTo();
  const signedIn = useSignedIn();
  useEffect(() => {
    if (signedIn) void navigate(to, { replace: true });
  }, [signedIn, navigate, to]);
}

/** Seconds until a throttled try counts again; 0 when it does. */
export function useWait(): [number, (retryAfterMs: number) => void] {
  const [seconds, setSeconds] = useState(0);
  const waiting = seconds > 0;
  useEffect(() => (waiting ? every(1000, () => setSeconds((left) => Math.max(0, left - 1))) : undefined), [waiting]);
  return [seconds, (retryAfterMs) => setSeconds(Math.ceil(retryAfterMs / 1000))];
}
