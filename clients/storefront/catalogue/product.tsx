import type { ReactNode } from 'react';

export default function Product(): ReactNode {
  return null;
}
