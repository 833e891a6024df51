import type { ReactNode } from 'react';

export default function Checkout(): ReactNode {
  return null;
}
