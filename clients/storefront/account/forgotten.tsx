import type { ReactNode } from 'react';

export default function Forgotten(): ReactNode {
  return null;
}
