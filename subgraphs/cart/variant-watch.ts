/**
 * Who in this process shows a cart with this variant? Prices and stock change far more often than they matter to an
 * open cart, so an event costs one look into a map when nobody shows the variant, and a re-read only where it matters.
 */
export interface VariantListener {
  /** A price, a name or whether it can be bought at all may be another now. */
  changed(variantId: string): void;
  stockChanged(variantId: string, available: number): void;
}

export interface VariantWatch extends VariantListener {
  /** Tells `listener` of these variants until the returned function is called. */
  listen(variantIds: readonly string[], listener: VariantListener): () => void;
}

export function createVariantWatch(): VariantWatch {
  const listeners = new Map<string, Set<VariantListener>>();

  function forget(variantId: string, listener: VariantListener): void {
    const set = listeners.get(variantId);
    set?.delete(listener);
    if (set?.size === 0) listeners.delete(variantId);
  }

  return {
    listen(variantIds, listener) {
      for (const variantId of variantIds) {
        const set = listeners.get(variantId) ?? new Set();
        listeners.set(variantId, set.add(listener));
      }
      return () => variantIds.forEach((variantId) => forget(variantId, listener));
    },
    changed: (variantId) => listeners.get(variantId)?.forEach((listener) => listener.changed(variantId)),
    stockChanged: (variantId, available) => listeners.get(variantId)?.forEach((listener) => listener.stockChanged(variantId, available)),
  };
}
