/** localStorage that never throws: private windows and full disks only lose comfort, not the shop. */
type Store = 'local' | 'session';
const storeOf = (store: Store): Storage => (store === 'local' ? window.localStorage : window.sessionStorage);

export function readStored(key: string, store: Store = 'local'): string | null {
  try {
    return storeOf(store).getItem(key);
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}

export function writeStored(key: string, value: string | null, store: Store = 'local'): void {
  try {
    if (value === null) storeOf(store).removeItem(key);
    else storeOf(store).setItem(key, value);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

/** A stored value as JSON; anything unreadable (an older shape, a hand's edit) counts as absent. */
export function readStoredJson<T>(key: string, isValid: (value: unknown) => value is T, store: Store = 'local'): T | null {
  const text = readStored(key, store);
  if (text === null) return null;
  try {
    const value: unknown = JSON.parse(text);
    return isValid(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
