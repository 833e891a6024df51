/** The inbox: what the shop has told, newest first; at an address of its own, what one wants to be told. */
import { IconBell } from '@tabler/icons-react';
import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useData } from '../../shared/graphql.ts';
import { Bone, Empty, Failed } from '../../shared/states.tsx';
import { readUnread, setUnread, subscribeUnread } from '../frame/unread.ts';
import { InboxDocument, MarkNoticesReadDocument, type NoticePartsFragment } from '../gql/graphql.ts';
import { address } from '../places.ts';
import { useFormat, useShop } from '../shop.tsx';
import { Preferences } from './preferences.tsx';
import { useSending } from './send.ts';

export function Notifications(): ReactNode {
  const { pathname } = useLocation();
  return pathname.replace(/\/$/, '').endsWith('/preferences') ? <Preferences /> : <Inbox />;
}

interface Entry {
  cursor: string;
  node: NoticePartsFragment;
}

function Inbox(): ReactNode {
  const { t } = useTranslation();
  const { api } = useShop();
  const { data, loading, problem, retry } = useData(InboxDocument, { after: null }, { always: true });
  const unread = useSyncExternalStore(subscribeUnread, readUnread, () => 0);
  const [older, setOlder] = useState<{ entries: Entry[]; next: string | null } | null>(null);
  const [readHere, setReadHere] = useState<ReadonlySet<string>>(new Set());
  const { busy, said, say, run } = useSending();
  const page = data?.notifications;
  // One that arrives while the page is open is fetched with its place among the others.
  useEffect(() => {
    if (page && unread > page.unreadCount - readHere.size) retry();
  }, [unread]);
  if (loading && !page) return <Bone height={320} radius={20} />;
  if (!page) return problem ? <Failed problem={problem} retry={retry} /> : null;

  const entries = [...page.edges, ...(older?.entries ?? [])];
  const next = older ? older.next : page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null;

  async function mark(input: { ids?: string[]; upTo?: string }, ids: readonly string[]): Promise<void> {
    const { markNotificationsRead } = await api.send(MarkNoticesReadDocument, { input });
    if (markNotificationsRead?.__typename !== 'NotificationsRead') return say(markNotificationsRead?.message ?? t('state.errorText'));
    setUnread(markNotificationsRead.unreadCount);
    setReadHere(new Set([...readHere, ...ids]));
  }
  const more = (): Promise<void> => run(async () => {
    const { notifications } = await api.read(InboxDocument, { after: next });
    if (notifications) setOlder({ entries: [...(older?.entries ?? []), ...notifications.edges], next: notifications.pageInfo.hasNextPage ? (notifications.pageInfo.endCursor ?? null) : null });
  });

  return (
    <>
      <div className="row between wrap">
        <Link className="link" to={`${address.account('notifications')}/preferences`}>{t('notices.preferences')}</Link>
        {unread > 0 && <button type="button" className="button plain" disabled={busy} onClick={() => void run(() => mark({ upTo: entries[0]!.cursor }, entries.map(({ node }) => String(node.id))))}>{t('notices.readAll')}</button>}
      </div>
      {said && <p className="note bad" role="alert">{said}</p>}
      {entries.length === 0 ? (
        <Empty icon={<IconBell size={44} stroke={1.3} />} title={t('notices.none')} text={t('notices.noneHint')} />
      ) : (
        <ul className="stack">
          {entries.map(({ cursor, node }) => (
            <Notice key={cursor} notice={node} isRead={node.readAt !== null || readHere.has(String(node.id))} read={() => void run(() => mark({ ids: [String(node.id)] }, [String(node.id)]))} />
          ))}
        </ul>
      )}
      {next !== null && <button type="button" className="button plain" aria-busy={busy} onClick={() => void more()}>{t('notices.more')}</button>}
    </>
  );
}

function Notice({ notice, isRead, read }: { notice: NoticePartsFragment; isRead: boolean; read: () => void }): ReactNode {
  const { t } = useTranslation();
  const format = useFormat();
  const to = notice.order ? address.order(notice.order.id) : notice.product?.slug ? address.product(notice.product.slug) : null;
  return (
    <li className={`panel row between wrap notice${isRead ? '' : ' unread'}`}>
      <span className="stack tight">
        <span>{!isRead && <span className="badge accent">{t('notices.new')}</span>} {to ? <Link className="strong" to={to} onClick={isRead ? undefined : read}>{notice.title}</Link> : <strong>{notice.title}</strong>}</span>
        <span>{notice.body}</span>
        <span className="soft tiny">{format.date(notice.createdAt, 'moment')}</span>
      </span>
      {!isRead && <button type="button" className="link small" onClick={read} aria-label={t('notices.readOne', { title: notice.title })}>{t('notices.read')}</button>}
    </li>
  );
}
