/** The account: its parts side by side, each an address of its own. */
import { IconBell, IconDevices, IconKey, IconLogout, IconMapPin, IconPackage, IconUser, IconUserCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, NavLink, useLocation, useNavigate } from 'react-router';
import { Empty } from '../../shared/states.tsx';
import { useTitle } from '../frame/arrival.ts';
import '../look/cart.css';
import '../look/checkout.css';
import { address } from '../places.ts';
import { useShop, useSignedIn } from '../shop.tsx';
import { Addresses } from './addresses.tsx';
import { Notifications } from './notifications.tsx';
import { Orders } from './orders.tsx';
import { Profile } from './profile.tsx';
import { Security } from './security.tsx';
import { Sessions } from './sessions.tsx';

const PARTS = {
  orders: { Icon: IconPackage, Show: Orders },
  notifications: { Icon: IconBell, Show: Notifications },
  profile: { Icon: IconUser, Show: Profile },
  addresses: { Icon: IconMapPin, Show: Addresses },
  sessions: { Icon: IconDevices, Show: Sessions },
  security: { Icon: IconKey, Show: Security },
} as const;
type Part = keyof typeof PARTS;

export default function Account(): ReactNode {
  const { t } = useTranslation();
  const { session } = useShop();
  const signedIn = useSignedIn();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const part = (pathname.split('/')[2] ?? 'orders') as Part;
  useTitle(t(`account.${part}`));
  if (!signedIn) {
    return (
      <div className="page">
        <Empty icon={<IconUserCircle size={44} stroke={1.3} />} title={t('account.needSignIn')}>
          <div className="row wrap">
            <Link className="button" to={`${address.signIn}?to=${encodeURIComponent(pathname)}`}>{t('account.signIn')}</Link>
            <Link className="button plain" to={address.signUp}>{t('account.signUp')}</Link>
          </div>
        </Empty>
      </div>
    );
  }
  const { Show } = PARTS[part];
  async function signOut(): Promise<void> {
    await navigate('/');
    await session.end();
  }
  return (
    <div className="page stack loose">
      <h1>{t('account.hello', { name: signedIn.user.displayName ?? signedIn.user.email ?? '' })}</h1>
      <div className="account">
        <nav className="account-nav" aria-label={t('account.title')}>
          {(Object.keys(PARTS) as Part[]).map((name) => {
            const { Icon } = PARTS[name];
            return <NavLink key={name} to={address.account(name)}><Icon size={20} stroke={1.5} aria-hidden="true" />{t(`account.${name}`)}</NavLink>;
          })}
          <button type="button" onClick={() => void signOut()}><IconLogout size={20} stroke={1.5} aria-hidden="true" />{t('account.signOut')}</button>
        </nav>
        <section className="stack" aria-label={t(`account.${part}`)}><Show /></section>
      </div>
    </div>
  );
}
