/** A room's executable schema: its own schema.graphql, the shared types, its resolvers, as an Apollo subgraph. */
import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { GraphQLError, parse, type GraphQLSchema } from 'graphql';
import { Fault, FAULTS } from '#platform/errors.ts';

/** Types that every room includes, from one source text (schema/shared.graphql). */
const SHARED = new URL('../../schema/shared.graphql', import.meta.url);

/** The text that is composed and served by `_service`. */
export function roomSdl(schema: URL): string {
  return `${readFileSync(schema, 'utf8')}\n${readFileSync(SHARED, 'utf8')}`;
}

export function buildRoomSchema(schema: URL, resolvers: Record<string, unknown>): GraphQLSchema {
  return buildSubgraphSchema([{ typeDefs: parse(roomSdl(schema)), resolvers: resolvers as never }]);
}

/**
 * The GraphQL edge of faults: what a resolver threw becomes an error with `extensions.code` of the registry; what is not
 * a fault is masked, and `report` gets the original.
 */
export function toGraphQLError(error: GraphQLError, traceId: string, report: (error: unknown) => void): GraphQLError {
  const cause = error.originalError;
  if (cause === undefined || cause === null) return withExtensions(error, error.message, { code: 'INVALID_INPUT', ...error.extensions, traceId });
  if (cause instanceof GraphQLError) return withExtensions(error, error.message, { ...cause.extensions, traceId });
  if (cause instanceof Fault) {
    const { code, fields, retryAfterMs } = cause;
    if (code === 'INTERNAL') report(cause);
    return withExtensions(error, cause.message, { code, ...(fields && { fields }), ...(retryAfterMs !== undefined && { retryAfterMs }), traceId });
  }
  report(cause);
  return withExtensions(error, FAULTS.INTERNAL.message, { code: 'INTERNAL', traceId });
}

function withExtensions(error: GraphQLError, message: string, extensions: Record<string, unknown>): GraphQLError {
  return new GraphQLError(message, { nodes: error.nodes, path: error.path, extensions });
}
