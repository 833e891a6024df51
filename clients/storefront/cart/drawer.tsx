import type { ReactNode } from 'react';

export default function CartDrawer(_: { opened: boolean; onClose: () => void }): ReactNode {
  return null;
}
