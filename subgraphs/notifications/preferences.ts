/** What people want to be told, and by which way. Who has said nothing gets what the table of kinds says. */
import { placeholders, type Reader } from '#platform/database/database.ts';
import { invalidInput } from '#platform/errors.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { KIND_NAMES, KINDS, type NotificationKind } from './kinds.ts';
import { isTimeZone, quietUntil, readClockTime, type QuietHours } from './quiet-hours.ts';

export interface Wish {
  inbox: boolean;
  email: boolean;
  /** Until when to be quiet, Unix ms; null: not now. */
  quietUntilMs: number | null;
}

interface QuietRow {
  user_id: string;
  from_minute: number;
  to_minute: number;
  time_zone: string;
}

interface PreferenceRow {
  user_id: string;
  kind: NotificationKind;
  inbox: number;
  email: number;
}

/** How each of these people wants to be told of a kind of thing at `nowMs`. */
export async function wishesOf(reader: Reader, userIds: readonly string[], kind: NotificationKind, nowMs: number): Promise<Map<string, Wish>> {
  const list = placeholders(userIds.length);
  const preferences = await reader.query<PreferenceRow>(`select user_id, inbox, email from notification_preferences where kind = ? and user_id in (${list})`, [kind, ...userIds]);
  const quiet = await reader.query<QuietRow>(`select * from notification_quiet_hours where user_id in (${list})`, userIds);
  const said = new Map(preferences.map((row) => [row.user_id, row]));
  const hours = new Map(quiet.map((row) => [row.user_id, quietHoursOf(row)]));
  return new Map(
    userIds.map((userId) => {
      const { email, urgent } = KINDS[kind];
      const own = said.get(userId);
      const theirs = hours.get(userId);
      return [userId, { inbox: own ? own.inbox === 1 : true, email: email !== null && (own ? own.email === 1 : email), quietUntilMs: theirs && !urgent ? quietUntil(theirs, nowMs) : null }];
    }),
  );
}

export interface Preferences {
  kinds: { kind: NotificationKind; inbox: boolean; email: boolean | null }[];
  quietHours: QuietHours | null;
}

export async function preferencesOf(reader: Reader, userId: string, staff: boolean): Promise<Preferences> {
  const said = new Map((await reader.query<PreferenceRow>('select * from notification_preferences where user_id = ?', [userId])).map((row) => [row.kind, row]));
  const [quiet] = await reader.query<QuietRow>('select * from notification_quiet_hours where user_id = ?', [userId]);
  return {
    kinds: KIND_NAMES.filter((kind) => staff || KINDS[kind].audience === 'shopper').map((kind) => {
      const own = said.get(kind);
      const { email } = KINDS[kind];
      return { kind, inbox: own ? own.inbox === 1 : true, email: email === null ? null : own ? own.email === 1 : email };
    }),
    quietHours: quiet ? quietHoursOf(quiet) : null,
  };
}

export interface SavePreferencesInput {
  kinds?: { kind: NotificationKind; inbox: boolean; email: boolean }[] | null;
  quietHours?: { from: string; to: string; timeZone: string } | null;
}

export async function savePreferences({ database }: Pick<RoomDeps, 'database'>, userId: string, { kinds, quietHours }: SavePreferencesInput): Promise<'TIME_ZONE_UNKNOWN' | null> {
  const wanted = kinds ?? [];
  if (new Set(wanted.map(({ kind }) => kind)).size !== wanted.length) throw invalidInput('input.kinds', 'must name each kind once');
  const quiet = quietHours ? readQuietHours(quietHours) : null;
  if (quiet && !isTimeZone(quiet.timeZone)) return 'TIME_ZONE_UNKNOWN';
  await database.transaction(async (tx) => {
    for (const { kind, inbox, email } of wanted) {
      const [inboxValue, emailValue] = [inbox ? 1 : 0, email ? 1 : 0];
      if (await tx.insertIfAbsent('notification_preferences', { user_id: userId, kind, inbox: inboxValue, email: emailValue })) continue;
      await tx.execute('update notification_preferences set inbox = ?, email = ? where user_id = ? and kind = ?', [inboxValue, emailValue, userId, kind]);
    }
    if (quietHours === undefined) return;
    await tx.execute('delete from notification_quiet_hours where user_id = ?', [userId]);
    if (quiet) await tx.insertIfAbsent('notification_quiet_hours', { user_id: userId, from_minute: quiet.fromMinute, to_minute: quiet.toMinute, time_zone: quiet.timeZone });
  });
  return null;
}

function readQuietHours({ from, to, timeZone }: { from: string; to: string; timeZone: string }): QuietHours {
  const fromMinute = readClockTime(from);
  const toMinute = readClockTime(to);
  if (fromMinute === null) throw invalidInput('input.quietHours.from', 'must be a time of day, e.g. 22:00');
  if (toMinute === null) throw invalidInput('input.quietHours.to', 'must be a time of day, e.g. 07:00');
  return { fromMinute, toMinute, timeZone };
}

const quietHoursOf = (row: QuietRow): QuietHours => ({ fromMinute: row.from_minute, toMinute: row.to_minute, timeZone: row.time_zone });
