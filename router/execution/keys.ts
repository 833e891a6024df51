import type { FetchNode } from '@apollo/query-planner';
import { Kind, parse, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

const known = new WeakMap<FetchNode, ReadonlySet<string>>();

/** Which keys a fetch brings to the objects it is about. Worked out when one fails, and kept with the plan. */
export function keysOf(node: FetchNode): ReadonlySet<string> {
  let keys = known.get(node);
  if (!keys) {
    keys = readKeys(node);
    known.set(node, keys);
  }
  return keys;
}

function readKeys(node: FetchNode): ReadonlySet<string> {
  const { definitions } = parse(node.operation, { noLocation: true });
  const fragments = new Map(definitions.filter((each): each is FragmentDefinitionNode => each.kind === Kind.FRAGMENT_DEFINITION).map((each) => [each.name.value, each]));
  const keys = new Set<string>();
  const collect = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) collect(fragments.get(selection.name.value)!.selectionSet);
      else if (selection.name.value === '_entities' && node.requires) collect(selection.selectionSet!);
      else keys.add((selection.alias ?? selection.name).value);
    }
  };
  for (const definition of definitions) if (definition.kind === Kind.OPERATION_DEFINITION) collect(definition.selectionSet);
  for (const rewrite of node.outputRewrites ?? []) if (rewrite.kind === 'KeyRenamer') keys.add(rewrite.renameKeyTo);
  return keys;
}
