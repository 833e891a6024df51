import { expect, test } from 'vitest';
import { deliveries, observeTransaction, registry, sagaOutcomes, watchOutbox } from './metrics.ts';

test('what a mall is watched by, under names that Prometheus expects', async () => {
  deliveries.inc({ room: 'orders', topic: 'gomall.orders.events', outcome: 'handled' });
  sagaOutcomes.inc({ room: 'orders', saga: 'place-order', state: 'DONE' });
  watchOutbox('orders', () => ({ messages: 3, oldestMs: 1_500 }));
  observeTransaction('orders', 12);
  observeTransaction('orders', 4);
  const text = await registry.metrics();
  expect(text).toContain('gomall_bus_deliveries_total{room="orders",topic="gomall.orders.events",outcome="handled"} 1');
  expect(text).toContain('gomall_saga_outcomes_total{room="orders",saga="place-order",state="DONE"} 1');
  expect(text).toContain('gomall_outbox_messages{room="orders"} 3');
  expect(text).toContain('gomall_outbox_lag_seconds{room="orders"} 1.5');
  expect(text).toContain('gomall_write_transaction_longest_seconds{room="orders"} 0.012');
  expect(text).toContain('gomall_write_transaction_seconds_count{room="orders"} 2');
  expect(await registry.metrics(), 'the longest since the last look').toContain('gomall_write_transaction_longest_seconds{room="orders"} 0');
});
