/** Runs operations on a room's schema: called directly in the same process, or by the server in front of the room. */
import { createSourceEventStream, execute, parse, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { createLru } from '#platform/lru.ts';
import { mapStream } from '#platform/stream.ts';
import { createContext, type RequestContext } from './context.ts';

/** Texts of fetches kept parsed, a room. */
const PARSED_DOCUMENTS = 2_000;

export interface RoomOperation {
  /** The planner's fetches are valid by construction and are not validated again. */
  query: string;
  operationName?: string | null | undefined;
  variables: Record<string, unknown>;
  context: RequestContext;
}

export interface RoomRunner {
  /** @throws GraphQLError when the text cannot be parsed. */
  execute(operation: RoomOperation): Promise<ExecutionResult>;
  /** Each event gets a context of its own, so that no loader answers from an earlier event. One answer with errors when it cannot begin. */
  subscribe(operation: RoomOperation): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
}

/** `schema` as @apollo/subgraph builds it. */
export function createRoomRunner(schema: GraphQLSchema): RoomRunner {
  const documents = createLru<DocumentNode>(PARSED_DOCUMENTS);

  function parsed(query: string): DocumentNode {
    let document = documents.get(query);
    if (!document) {
      document = parse(query, { noLocation: true });
      documents.set(query, document);
    }
    return document;
  }

  const args = ({ query, operationName, variables, context }: RoomOperation) =>
    ({ schema, document: parsed(query), operationName: operationName ?? null, variableValues: variables, contextValue: context });

  return {
    execute: async (operation) => execute(args(operation)),
    async subscribe(operation) {
      const events = await createSourceEventStream(args(operation));
      if (!(Symbol.asyncIterator in events)) return events;
      const answer = async (rootValue: unknown) => execute({ ...args(operation), rootValue, contextValue: freshContext(operation.context) });
      return mapStream(events[Symbol.asyncIterator](), answer, () => undefined);
    },
  };
}

/** The same request with an empty memo. */
export const freshContext = (context: RequestContext): RequestContext => createContext({ ...context });
