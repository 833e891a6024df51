/** Opens the cart's drawer from anywhere. Its code is loaded with the first wish to see it. */
import { createContext, lazy, Suspense, use, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useLocation } from 'react-router';

const CartDrawer = lazy(() => import('./drawer.tsx'));

interface DrawerControl { open(): void; close(): void }
const DrawerContext = createContext<DrawerControl>({ open: () => {}, close: () => {} });
export const useCartDrawer = (): DrawerControl => use(DrawerContext);

export function CartDrawerHost({ children }: { children: ReactNode }): ReactNode {
  const [opened, setOpened] = useState(false);
  const [wanted, setWanted] = useState(false);
  const { pathname } = useLocation();
  const openedAt = useRef(pathname);
  useEffect(() => {
    if (openedAt.current !== pathname) setOpened(false);
    openedAt.current = pathname;
  }, [pathname]);
  const control = useMemo(() => ({
    open: () => {
      setWanted(true);
      setOpened(true);
    },
    close: () => setOpened(false),
  }), []);
  return (
    <DrawerContext value={control}>
      {children}
      {wanted && <Suspense fallback={null}><CartDrawer opened={opened} onClose={control.close} /></Suspense>}
    </DrawerContext>
  );
}
