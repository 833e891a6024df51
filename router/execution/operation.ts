/** An operation as a client sent it, looked at once: which definitions belong to it, what it asks of its reader. */
import {
  GraphQLError, Kind, TypeInfo, separateOperations, visit, visitWithTypeInfo,
  type DirectiveNode, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode,
} from 'graphql';
import type { Requirement } from '../requirements.ts';
import type { Supergraph } from '../supergraph.ts';

export interface Operation {
  /** The one operation with the fragments it uses. */
  document: DocumentNode;
  definition: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Variables that `@skip` and `@include` look at, sorted. */
  conditions: readonly string[];
  /** `Type.field` → what reading it asks for; only fields of this operation that ask for something. */
  guarded: ReadonlyMap<string, Requirement>;
}

/** Would reach into the prototype of plain objects. */
const FORBIDDEN_KEY = '__proto__';

/**
 * `document` must be valid for the supergraph's API schema.
 * @throws GraphQLError when it has no operation of that name, or several and none is named.
 */
export function readOperation(supergraph: Supergraph, document: DocumentNode, operationName: string | null | undefined): Operation {
  const own = pick(document, operationName);
  const definition = own.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!;
  const fragments = new Map(own.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  const conditions = new Set<string>();
  const guarded = new Map<string, Requirement>();
  const types = new TypeInfo(supergraph.api);
  visit(own, visitWithTypeInfo(types, {
    Directive: (node) => noteCondition(node, conditions),
    Field(node) {
      if ((node.alias ?? node.name).value === FORBIDDEN_KEY) throw new GraphQLError(`"${FORBIDDEN_KEY}" cannot be an alias.`, { nodes: node });
      const coordinate = `${types.getParentType()?.name}.${node.name.value}`;
      const requirement = supergraph.requirements.get(coordinate);
      if (requirement) guarded.set(coordinate, requirement);
      for (const possible of implementations(supergraph, types.getParentType()?.name)) {
        const deeper = supergraph.requirements.get(`${possible}.${node.name.value}`);
        if (deeper) guarded.set(`${possible}.${node.name.value}`, deeper);
      }
    },
  }));
  return { document: own, definition, fragments, conditions: [...conditions].toSorted(), guarded };
}

function pick(document: DocumentNode, operationName: string | null | undefined): DocumentNode {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operationName && operations.length > 1) throw new GraphQLError('Must provide operation name if query contains multiple operations.');
  if (operations.length === 0) throw new GraphQLError('Must provide an operation.');
  const name = operationName || (operations[0]!.name?.value ?? '');
  const own = separateOperations(document)[name];
  if (!own) throw new GraphQLError(`Unknown operation named "${operationName}".`);
  return own;
}

function noteCondition(node: DirectiveNode, conditions: Set<string>): void {
  if (node.name.value !== 'skip' && node.name.value !== 'include') return;
  const value = node.arguments?.find((argument) => argument.name.value === 'if')?.value;
  if (value?.kind === Kind.VARIABLE) conditions.add(value.name.value);
}

function implementations(supergraph: Supergraph, typeName: string | undefined): Iterable<string> {
  return (typeName && supergraph.subtypes.get(typeName)) || [];
}
