/** What keeps a backup or a restore from going on, said so that a person can mend it. */
export class BackupFault extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'BackupFault';
  }
}

/** SQLite's own words for a disk (https://www.sqlite.org/rescode.html). */
const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;

/** An error of the disk under `place` in words; any other as it is. */
export function diskFault(error: unknown, place: string): unknown {
  const { code, errcode = 0 } = error as NodeJS.ErrnoException & { errcode?: number };
  const ofSqlite = errcode & 0xff;
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' || ofSqlite === SQLITE_FULL) {
    return new BackupFault(`The disk is full at ${place}: free some space, or name a folder on another disk. Nothing of it was kept.`, error);
  }
  if (code === 'EIO' || ofSqlite === SQLITE_IOERR) return new BackupFault(`The disk at ${place}, or the one it is read from, fails or takes no larger file: name a folder on another disk. Nothing of it was kept.`, error);
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return new BackupFault(`${(error as NodeJS.ErrnoException).path ?? place} cannot be read or written: check whose it is (${code}).`, error);
  return error;
}
