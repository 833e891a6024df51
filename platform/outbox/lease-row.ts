/**
 * The row of a lease. Where several processes share a server, its times are by the server's clock, which all of them read
 * alike: a process whose own clock is off by minutes neither takes a lease early nor is kept from one.
 */
import type { Clock } from '#platform/clock/clock.ts';
import type { Database, SqlValue, Transaction } from '#platform/database/database.ts';

/** What a look tells. */
export interface Seen {
  holder: string;
  epoch: number;
  untilMs: number;
  /** The common clock at that moment, Unix ms. */
  nowMs: number;
}

export interface LeaseRow {
  look(): Promise<Seen | null>;
  /** Takes it as it was seen, or null where there was no row; null when somebody was faster. `sent` is told just before the statement goes out. */
  take(seen: Seen | null, holder: string, sent: () => void): Promise<number | null>;
  /** Takes it whoever holds it. */
  seize(holder: string): Promise<number>;
  /** The common clock, Unix ms; null when it is another's by now. */
  renew(holder: string, epoch: number, sent: () => void): Promise<number | null>;
  release(holder: string, epoch: number): Promise<void>;
}

export function leaseRow(database: Database, name: string, leaseMs: number, clock: Clock): LeaseRow {
  const onServer = database.dialect === 'mysql';
  const now = onServer ? 'cast(unix_timestamp(now(3)) * 1000 as signed)' : '?';
  const nowValues = (): SqlValue[] => (onServer ? [] : [clock.nowMs()]);

  const makeRow = (tx: Transaction) => tx.insertIfAbsent('platform_lease', { name, holder: '', epoch: 0, until_ms: 0 });

  return {
    async look() {
      const [row] = await database.query<{ holder: string; epoch: number; until_ms: number; now_ms: number }>(
        `select holder, epoch, until_ms, ${now} as now_ms from platform_lease where name = ?`,
        [...nowValues(), name],
      );
      return row ? { holder: row.holder, epoch: Number(row.epoch), untilMs: Number(row.until_ms), nowMs: Number(row.now_ms) } : null;
    },

    take: (seen, holder, sent) =>
      database.transaction(async (tx) => {
        if (!seen) await makeRow(tx);
        const { epoch, untilMs } = seen ?? { epoch: 0, untilMs: 0 };
        sent();
        const { changed } = await tx.execute(`update platform_lease set holder = ?, epoch = ?, until_ms = ${now} + ? where name = ? and epoch = ? and until_ms = ?`, [
          holder, epoch + 1, ...nowValues(), leaseMs, name, epoch, untilMs,
        ]);
        return changed === 1 ? epoch + 1 : null;
      }),

    seize: (holder) =>
      database.transaction(async (tx) => {
        await makeRow(tx);
        await tx.execute(`update platform_lease set holder = ?, epoch = epoch + 1, until_ms = ${now} + ? where name = ?`, [holder, ...nowValues(), leaseMs, name]);
        const [row] = await tx.query<{ epoch: number }>('select epoch from platform_lease where name = ?', [name]);
        return Number(row!.epoch);
      }),

    renew: (holder, epoch, sent) =>
      database.transaction(async (tx) => {
        sent();
        const { changed } = await tx.execute(`update platform_lease set until_ms = ${now} + ? where name = ? and holder = ? and epoch = ?`, [...nowValues(), leaseMs, name, holder, epoch]);
        if (changed === 0) return null;
        const [row] = await tx.query<{ until_ms: number }>('select until_ms from platform_lease where name = ?', [name]);
        return Number(row!.until_ms) - leaseMs;
      }),

    async release(holder, epoch) {
      await database.transaction((tx) => tx.execute('update platform_lease set until_ms = 0 where name = ? and holder = ? and epoch = ?', [name, holder, epoch]));
    },
  };
}
