/** The documents outsiders rely on (schema/operations), one by one with the fragments they use. */
import { readFileSync } from 'node:fs';
import { Kind, parse, visit, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';

export interface ContractDocument {
  name: string;
  kind: OperationDefinitionNode['operation'];
  document: DocumentNode;
}

export function contractDocuments(file = 'schema/operations/contract.graphql'): ContractDocument[] {
  const { definitions } = parse(readFileSync(file, 'utf8'), { noLocation: true });
  const fragments = new Map(definitions.filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]));
  return definitions
    .filter((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)
    .map((operation) => ({
      name: operation.name!.value,
      kind: operation.operation,
      document: { kind: Kind.DOCUMENT, definitions: [operation, ...fragmentsOf(operation, fragments)] },
    }));
}

function fragmentsOf(operation: OperationDefinitionNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): FragmentDefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>();
  const collect = (node: OperationDefinitionNode | FragmentDefinitionNode): void =>
    void visit(node, {
      FragmentSpread({ name }) {
        const fragment = fragments.get(name.value);
        if (!fragment || used.has(fragment)) return;
        used.add(fragment);
        collect(fragment);
      },
    });
  collect(operation);
  return [...used];
}

/** Documents whose room is not built, with the reason. */
export const notBuilt: Record<string, string> = JSON.parse(readFileSync('schema/operations/not-built.json', 'utf8'));
