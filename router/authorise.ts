/**
 * What a reader may not see is not asked for: denied fields leave the document before it is planned, and the answer has
 * null and an error in their place. A mutation with a denied root field is refused whole, so that nothing is half done.
 */
import { Kind, TypeInfo, visit, visitWithTypeInfo, type DocumentNode, type SelectionSetNode } from 'graphql';
import type { Identity } from '#platform/subgraph/context.ts';
import type { Operation } from './execution/operation.ts';
import { denial, type Denial } from './requirements.ts';
import type { Supergraph } from './supergraph.ts';

/** `Type.field` → why this reader may not have it. */
export type Denials = ReadonlyMap<string, Denial>;

const NOTHING_DENIED: Denials = new Map();

export function denialsFor(operation: Operation, identity: Identity | null): Denials {
  if (operation.guarded.size === 0) return NOTHING_DENIED;
  const denials = new Map<string, Denial>();
  for (const [coordinate, requirement] of operation.guarded) {
    const denied = denial(requirement, identity);
    if (denied) denials.set(coordinate, denied);
  }
  return denials;
}

/** Equal for readers who may see the same of one operation. */
export const denialsKey = (denials: Denials): string => [...denials].map(([coordinate, denied]) => `${coordinate} ${denied}`).join();

/** The operation without what is denied; `__typename` stands where nothing else is left. */
export function withoutDenied(supergraph: Supergraph, operation: Operation, denials: Denials): DocumentNode {
  if (denials.size === 0) return operation.document;
  const types = new TypeInfo(supergraph.api);
  return visit(operation.document, visitWithTypeInfo(types, {
    Field: (node) => (denials.has(`${types.getParentType()?.name}.${node.name.value}`) ? null : undefined),
    SelectionSet: { leave: (node) => (node.selections.length === 0 ? TYPENAME_ONLY : undefined) },
  }));
}

const TYPENAME_ONLY: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};
