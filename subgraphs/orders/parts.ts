import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { AccessKeys } from './access.ts';
import type { CancelOrderSaga } from './sagas/cancel-order.ts';
import type { PlaceOrderSaga } from './sagas/place-order.ts';
import type { RefundOrderSaga } from './sagas/refund-order.ts';

/** What the verbs of this room are made from. */
export interface Parts {
  deps: RoomDeps;
  keys: AccessKeys;
  /** Shared with payments: what payment tokens are sealed with. */
  tokenKey: Uint8Array;
  sagas: { placeOrder: PlaceOrderSaga; cancelOrder: CancelOrderSaga; refundOrder: RefundOrderSaga };
}
