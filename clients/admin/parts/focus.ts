/** A dialog gives the focus back to what opened it; when that is gone (a button that is done with), to the page. */
import { useEffect, useState } from 'react';

export function useFocusReturn(): void {
  // Before the dialog is there and takes the focus.
  const [opener] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const back = opener instanceof HTMLElement && opener !== document.body ? opener : null;
      requestAnimationFrame(() => (back?.isConnected ? back : document.getElementById('content'))?.focus({ preventScroll: true }));
    },
    [opener],
  );
}
