/** How many notifications are unread, for the bell and for the inbox alike. */
let unread = 0;
const listeners = new Set<() => void>();

export function setUnread(next: number): void {
  unread = next;
  for (const listener of listeners) listener();
}

export const readUnread = (): number => unread;

export const subscribeUnread = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};
