/** One polite live region for the whole client: what changes without the eyes being led there is said here. */
import { useSyncExternalStore, type ReactNode } from 'react';

let said = '';
const listeners = new Set<() => void>();

export function announce(text: string): void {
  // The same words again must change the region, or they are not read again.
  said = said === text ? `${text}\u00a0` : text;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export function LiveRegion(): ReactNode {
  const text = useSyncExternalStore(subscribe, () => said, () => '');
  return <div className="hidden-text" role="status" aria-live="polite">{text}</div>;
}
