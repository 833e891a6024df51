/** Who may do what: the one table of roles and scopes. `@requiresScopes` in the schemas uses these names. */
export const ROLES = ['customer', 'merchant', 'ops', 'partner', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const SCOPES = [
  'catalogue:write', 'reviews:moderate', 'stock:read', 'stock:write', 'orders:read', 'orders:write', 'payments:read',
  'users:read', 'users:write', 'sagas:read', 'operations:run', 'webhooks:write',
] as const;
export type Scope = (typeof SCOPES)[number];

const TABLE: Record<Role, readonly Scope[]> = {
  customer: [],
  partner: ['stock:read', 'webhooks:write'],
  merchant: ['catalogue:write', 'reviews:moderate', 'stock:read', 'stock:write', 'orders:read', 'orders:write', 'payments:read', 'sagas:read'],
  ops: ['stock:read', 'orders:read', 'payments:read', 'sagas:read', 'operations:run'],
  admin: SCOPES,
};

export function scopesOf(roles: readonly string[]): ReadonlySet<Scope> {
  return new Set(roles.flatMap((role) => TABLE[role as Role] ?? []));
}
