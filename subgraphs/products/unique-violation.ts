/** Whether a statement failed because a unique key was there already, whichever engine says so. */

/** Extended result codes of SQLite: a primary key, a unique index (https://www.sqlite.org/rescode.html). */
const SQLITE_CODES = new Set([1555, 2067]);

export function isUniqueViolation(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const { errcode, code } = cause as { errcode?: number; code?: string };
    if ((errcode !== undefined && SQLITE_CODES.has(errcode)) || code === 'ER_DUP_ENTRY') return true;
  }
  return false;
}
