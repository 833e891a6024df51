import { TypeInfo, executeSync, visit, visitWithTypeInfo, type DocumentNode } from 'graphql';
import type { Supergraph } from '../supergraph.ts';
import type { Operation } from './operation.ts';
import type { Plain } from './project.ts';

/** The answers of `__schema` and `__type` in an operation, by their key: what the API schema tells of itself. */
export function introspect(supergraph: Supergraph, operation: Operation, variables: Readonly<Plain>): Plain | null {
  const document = introspectionOnly(supergraph, operation);
  const { data } = executeSync({ schema: supergraph.api, document, variableValues: variables });
  return data ?? null;
}

function introspectionOnly(supergraph: Supergraph, operation: Operation): DocumentNode {
  const types = new TypeInfo(supergraph.api);
  const rootName = supergraph.api.getRootType(operation.definition.operation)!.name;
  return visit(operation.document, visitWithTypeInfo(types, {
    Field: (node) => (types.getParentType()?.name !== rootName || node.name.value.startsWith('__') ? undefined : null),
    // What is left empty asks for nothing.
    InlineFragment: { leave: (node) => (node.selectionSet.selections.length === 0 ? null : undefined) },
  }));
}
