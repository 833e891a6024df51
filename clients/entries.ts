/** The two clients: where each begins and where it is mounted. */
export type Client = 'storefront' | 'admin';
export const CLIENTS: readonly Client[] = ['storefront', 'admin'];
/** Where a client is mounted. */
export const BASES: Record<Client, string> = { storefront: '/', admin: '/admin/' };
/** Manifest keys of the entries, relative to `clients/`. */
export const ENTRIES: Record<Client, string> = { storefront: 'storefront/main.tsx', admin: 'admin/main.tsx' };
