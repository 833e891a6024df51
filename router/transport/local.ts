/** A room in the same process: graphql-js on its schema, no HTTP and no JSON between. */
import type { GraphQLSchema } from 'graphql';
import { createRoomRunner } from '#platform/subgraph/run.ts';
import type { Transport } from './transport.ts';

export function localTransport(schema: GraphQLSchema): Transport {
  const runner = createRoomRunner(schema);
  return { fetch: (request) => runner.execute(request), subscribe: (request) => runner.subscribe(request) };
}
