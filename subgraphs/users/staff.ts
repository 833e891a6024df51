/** Who of the house has a role: few among many, found by an index on what most accounts do not have. */
import type { Reader } from '#platform/database/database.ts';

/** More staff than that hears of nothing. */
const MAX_STAFF = 500;

export async function findStaff(reader: Reader, roles: readonly string[]): Promise<string[]> {
  const rows = await reader.query<{ id: string; roles: string }>(`select id, roles from accounts where roles < 'customer' or roles > 'customer' order by roles, id limit ${MAX_STAFF}`);
  return rows.filter((row) => row.roles.split(' ').some((role) => roles.includes(role))).map(({ id }) => id);
}
