import type { ReactNode } from 'react';

export default function Order(): ReactNode {
  return null;
}
