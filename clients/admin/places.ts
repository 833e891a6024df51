/** The rooms of the admin: where they are, who may enter, and in which order they are shown. */
import { IconBooks, IconBoxSeam, IconLayoutDashboard, IconReceipt, IconTag, IconUsers } from '@tabler/icons-react';
import type { Scope } from '#platform/subgraph/permissions.ts';

export type PlaceName = 'overview' | 'orders' | 'products' | 'stock' | 'customers' | 'ledger';

export interface Place {
  name: PlaceName;
  path: string;
  /** Null: for everybody who works here. */
  scope: Scope | null;
  icon: typeof IconTag;
}

export const PLACES: readonly Place[] = [
  { name: 'overview', path: '/', scope: null, icon: IconLayoutDashboard },
  { name: 'orders', path: '/orders', scope: 'orders:read', icon: IconReceipt },
  { name: 'products', path: '/products', scope: 'catalogue:write', icon: IconTag },
  { name: 'stock', path: '/stock', scope: 'stock:read', icon: IconBoxSeam },
  { name: 'customers', path: '/customers', scope: 'users:read', icon: IconUsers },
  { name: 'ledger', path: '/ledger', scope: 'payments:read', icon: IconBooks },
];

export const address = {
  order: (id: string | number) => `/orders/${encodeURIComponent(String(id))}`,
  product: (id: string | number) => `/products/${encodeURIComponent(String(id))}`,
  newProduct: '/products/new',
  stockOf: (variantId: string | number) => `/stock?variant=${encodeURIComponent(String(variantId))}`,
};
