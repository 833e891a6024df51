/** orders: what was bought, how it went, and the checkout's story. */
import type { Room, RoomDefinition, RoomDeps } from '#platform/subgraph/room.ts';
import { boughtProducts, orderContacts } from '#schema/asks.ts';
import { findBoughtProducts } from './bought-products.ts';
import { findContacts } from './contacts.ts';
import { migrations } from './migrations.ts';
import type { Parts } from './parts.ts';
import { orderResolvers } from './resolvers/index.ts';
import { beginCancelling, cancelOrderSaga } from './sagas/cancel-order.ts';
import { placeOrderSaga } from './sagas/place-order.ts';
import { refundOrderSaga } from './sagas/refund-order.ts';

export const orders: RoomDefinition = {
  name: 'orders',
  schema: new URL('./schema.graphql', import.meta.url),
  entities: [],
  migrations,
  build,
};

function build(deps: RoomDeps): Room {
  const cancelSaga = cancelOrderSaga(deps);
  const sagas: Parts['sagas'] = {
    placeOrder: placeOrderSaga({ deps, cancelIfRequested: (tx, orderId) => beginCancelling(deps, cancelSaga, tx, orderId) }),
    cancelOrder: cancelSaga,
    refundOrder: refundOrderSaga(deps),
  };
  const keys = { guestKey: deps.secret('orders.guest-token'), grantKey: deps.secret('shared/order-access-grant') };
  const parts: Parts = { deps, keys, tokenKey: deps.secret('shared/payment-token'), sagas };
  return {
    resolvers: orderResolvers(parts),
    sagas: Object.values(sagas),
    asks: [
      { contract: boughtProducts, handle: ({ userId, productIds }: { userId: string; productIds: string[] }) => findBoughtProducts(deps.database, userId, productIds) },
      { contract: orderContacts, handle: ({ orderIds }: { orderIds: string[] }) => findContacts(deps.database, keys, orderIds) },
    ],
  };
}
