import type { ReactNode } from 'react';

export default function SignUp(): ReactNode {
  return null;
}
