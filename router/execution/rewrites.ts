/** Small changes that the planner asks for in what goes to a subgraph and in what comes from it. */
import type { FetchDataRewrite } from '@apollo/query-planner';
import type { Supergraph } from '../supergraph.ts';

const FRAGMENT = '... on ';

/** Changes `value` in place. A path may hold `... on Type`: only objects of that type, or of no known type, are meant. */
export function rewrite(supergraph: Supergraph, rewrites: readonly FetchDataRewrite[] | undefined, value: unknown): void {
  for (const each of rewrites ?? []) if (each.path.length > 0) descend(supergraph, each, 0, value);
}

function descend(supergraph: Supergraph, each: FetchDataRewrite, depth: number, value: unknown): void {
  if (Array.isArray(value)) return value.forEach((item) => descend(supergraph, each, depth, item));
  if (typeof value !== 'object' || value === null) return;
  const object = value as Record<string, unknown>;
  const step = each.path[depth]!;
  if (step.startsWith(FRAGMENT)) {
    if (object.__typename === undefined || isOfType(supergraph, object.__typename, step.slice(FRAGMENT.length))) descend(supergraph, each, depth + 1, object);
  } else if (depth < each.path.length - 1) {
    descend(supergraph, each, depth + 1, object[step]);
  } else if (each.kind === 'ValueSetter') {
    object[step] = each.setValueTo;
  } else if (object[step] !== undefined) {
    object[each.renameKeyTo] = object[step];
    delete object[step];
  }
}

export function isOfType(supergraph: Supergraph, typeName: unknown, condition: string): boolean {
  return typeName === condition || (typeof typeName === 'string' && (supergraph.subtypes.get(condition)?.has(typeName) ?? false));
}
