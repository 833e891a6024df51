import type { ReactNode } from 'react';

export default function Reset(): ReactNode {
  return null;
}
