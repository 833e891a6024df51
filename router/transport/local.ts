/** A room in the same process: graphql-js on its schema, no HTTP and no JSON between. */
import { createSourceEventStream, execute, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import { createContext, type RequestContext } from '#platform/subgraph/context.ts';
import { mapStream } from '../execution/stream.ts';
import { createLru } from '../lru.ts';
import type { SubgraphRequest, Transport } from './transport.ts';

/** Texts of fetches kept parsed, a room. */
const PARSED_DOCUMENTS = 2_000;

/**
 * `schema` as @apollo/subgraph builds it. The planner's fetches are valid by construction and are not validated again.
 * Each event of a subscription gets a context of its own, so that no loader answers from an earlier event.
 */
export function localTransport(schema: GraphQLSchema): Transport {
  const documents = createLru<DocumentNode>(PARSED_DOCUMENTS);

  function parsed(query: string): DocumentNode {
    let document = documents.get(query);
    if (!document) {
      document = parse(query, { noLocation: true });
      documents.set(query, document);
    }
    return document;
  }

  const args = ({ query, operationName, variables, context }: SubgraphRequest) =>
    ({ schema, document: parsed(query), operationName: operationName ?? null, variableValues: variables, contextValue: context });

  return {
    fetch: async (request) => execute(args(request)),
    async subscribe(request) {
      const events = await createSourceEventStream(args(request));
      if (!(Symbol.asyncIterator in events)) return events;
      const answer = async (rootValue: unknown) =>
        execute({ ...args(request), rootValue, contextValue: freshContext(request.context) });
      return mapStream(events[Symbol.asyncIterator](), answer, () => undefined);
    },
  };
}

/** The same request with an empty memo. */
export const freshContext = (context: RequestContext): RequestContext => createContext({ ...context });
