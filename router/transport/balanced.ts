/** A room in processes of its own: fetches go to any instance that is well, signed; subscriptions move on when theirs goes away. */
import type { Fleet } from '#platform/discovery/fleet.ts';
import { SIGNED_HEADER, type Signer } from '#platform/subgraph/signed-context.ts';
import type { Clock } from '#platform/clock/clock.ts';
import { parseAnswer } from './answer.ts';
import { createSubscriptions } from './subscriptions.ts';
import type { Transport } from './transport.ts';

export interface BalancedOptions {
  /** The room's name. */
  room: string;
  fleet: Fleet;
  signer: Signer;
  clock: Clock;
}

export function balancedTransport({ room, fleet, signer, clock }: BalancedOptions): Transport {
  const path = `/${room}/graphql`;
  const subscriptions = createSubscriptions({ room, fleet, signer, clock });
  // Known from now on, so that the first request finds its instances.
  fleet.watch(room);
  return {
    async fetch({ query, operationName, variables, context, signal }) {
      const body = JSON.stringify({ query, ...(operationName && { operationName }), variables });
      const headers = { 'content-type': 'application/json', [SIGNED_HEADER]: signer.sign(`POST ${path}`, context, body) };
      return parseAnswer(await fleet.call(room, { method: 'POST', path, headers, body, signal, repeatable: !query.startsWith('mutation') }));
    },
    subscribe: async (request) => subscriptions.follow(request),
    close: () => subscriptions.close(),
  };
}
