import type { ReactNode } from 'react';

export default function Verify(): ReactNode {
  return null;
}
