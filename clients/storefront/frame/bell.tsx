/** The bell: how many notifications are unread, and a polite word when one arrives. */
import { IconBell, IconX } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { after } from '../../shared/time.ts';
import { ProblemError } from '../../shared/problem.ts';
import { InboxTopDocument, NoticeReceivedDocument, type NoticeReceivedSubscription } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { useShop } from '../shop.tsx';
import { readUnread, setUnread, subscribeUnread } from './unread.ts';

type Arrival = NonNullable<NoticeReceivedSubscription['notificationReceived']>['notification'];

const SHOWN_MS = 10_000;
/** After a refusal, as when the socket is still that of a guest. */
const AGAIN_MS = 5_000;
/** Events that were told already: after a break the socket begins at the place where it began at first. */
const MOST_KNOWN = 1_000;

export function Bell({ userId }: { userId: string }): ReactNode {
  const { t } = useTranslation();
  const unread = useSyncExternalStore(subscribeUnread, readUnread, () => 0);
  const [arrival, dismiss] = useArrivals(userId);
  return (
    <>
      <Link className="icon-button" to={address.account('notifications')} aria-label={unread > 0 ? t('notices.bellCount', { count: unread }) : t('notices.bell')}>
        <IconBell size={22} stroke={1.6} />
        {unread > 0 && <span className="count number" data-testid="unread-count">{unread > 99 ? '99+' : unread}</span>}
      </Link>
      <div className="arrivals" role="status" aria-live="polite">
        {arrival && (
          <div className="arrival">
            <Link to={arrival.order ? address.order(arrival.order.id) : address.account('notifications')} onClick={dismiss}><strong>{arrival.title}</strong><span className="small">{arrival.body}</span></Link>
            <button type="button" className="icon-button" aria-label={t('notices.dismiss')} onClick={dismiss}><IconX size={18} stroke={1.8} /></button>
          </div>
        )}
      </div>
    </>
  );
}

function useArrivals(userId: string): [Arrival | null, () => void] {
  const { api } = useShop();
  const [arrival, setArrival] = useState<Arrival | null>(null);
  useEffect(() => {
    const known = new Set<string>();
    let ends: (() => void)[] = [];
    let over = false;

    async function begin(): Promise<void> {
      try {
        const { notifications } = await api.read(InboxTopDocument, {});
        if (over || !notifications) return;
        setUnread(notifications.unreadCount);
        const place = notifications.edges[0]?.cursor ?? notifications.pageInfo.endCursor ?? null;
        ends.push(api.live.subscribe(NoticeReceivedDocument, { after: place }, ({ notificationReceived }) => told(notificationReceived), again));
      } catch (error) {
        if (!(error instanceof ProblemError)) throw error;
        again();
      }
    }
    function told(event: NoticeReceivedSubscription['notificationReceived']): void {
      if (!event || known.has(event.cursor)) return;
      if (known.size >= MOST_KNOWN) known.clear();
      known.add(event.cursor);
      setUnread(readUnread() + 1);
      if (!event.notification.quiet) setArrival(event.notification);
    }
    function again(): void {
      for (const end of ends) end();
      ends = over ? [] : [after(AGAIN_MS, () => void begin())];
    }

    void begin();
    return () => {
      over = true;
      for (const end of ends) end();
      setUnread(0);
      setArrival(null);
    };
  }, [api, userId]);
  useEffect(() => (arrival ? after(SHOWN_MS, () => setArrival(null)) : undefined), [arrival]);
  return [arrival, () => setArrival(null)];
}
