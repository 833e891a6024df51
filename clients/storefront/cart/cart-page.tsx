import type { ReactNode } from 'react';

export default function CartPage(): ReactNode {
  return null;
}
