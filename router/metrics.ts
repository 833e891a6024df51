/** What the router tells operators: how many operations and fetches, and how long they take. */
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

export interface RouterMetrics {
  /** `operationName` as clients send it. */
  operation(operationName: string | null, kind: string, durationMs: number, failed: boolean): void;
  fetch(serviceName: string, durationMs: number, failed: boolean): void;
  /** +1 when a subscription begins, -1 when it ends. */
  subscriptions(change: number): void;
}

/** Names of operations come from clients: after this many different ones the others count as `other`. */
const MAX_OPERATION_NAMES = 200;
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createRouterMetrics(registry: Registry): RouterMetrics {
  const registers = [registry];
  const operations = new Counter({ name: 'gomall_router_operations_total', help: 'GraphQL operations answered', labelNames: ['operation', 'kind', 'outcome'], registers });
  const durations = new Histogram({ name: 'gomall_router_operation_seconds', help: 'From the request read to the answer made', labelNames: ['operation'], buckets: SECONDS, registers });
  const fetches = new Counter({ name: 'gomall_router_fetches_total', help: 'Requests to subgraphs', labelNames: ['subgraph', 'outcome'], registers });
  const fetchDurations = new Histogram({ name: 'gomall_router_fetch_seconds', help: 'From asking a subgraph to its answer', labelNames: ['subgraph'], buckets: SECONDS, registers });
  const open = new Gauge({ name: 'gomall_router_subscriptions', help: 'Subscriptions open now', registers });
  const names = new Set<string>();

  function bounded(name: string | null): string {
    if (name === null) return 'anonymous';
    if (!names.has(name)) {
      if (names.size >= MAX_OPERATION_NAMES) return 'other';
      names.add(name);
    }
    return name;
  }

  return {
    operation(operationName, kind, durationMs, failed) {
      const operation = bounded(operationName);
      operations.inc({ operation, kind, outcome: failed ? 'failed' : 'ok' });
      durations.observe({ operation }, durationMs / 1000);
    },
    fetch(subgraph, durationMs, failed) {
      fetches.inc({ subgraph, outcome: failed ? 'failed' : 'ok' });
      fetchDurations.observe({ subgraph }, durationMs / 1000);
    },
    subscriptions: (change) => open.inc(change),
  };
}
