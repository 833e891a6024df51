/** What one request may ask for at most. A document beyond a limit is refused before it is planned. */
import { GraphQLError, Kind, type ASTVisitor, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode, type ValidationContext } from 'graphql';

export interface Limits {
  /** Of a request's body, in bytes. */
  maxBodyBytes: number;
  /** Lexical tokens of a document. */
  maxTokens: number;
  /** Fields inside fields. `__schema` and `__type` have a limit of their own, since tools ask for them deeply. */
  maxDepth: number;
  maxAliases: number;
  /** Fields after fragments are written out: what the planner has to look at. */
  maxSelections: number;
  /** Whether `__schema` and `__type` are answered. */
  introspection: boolean;
}

export const DEFAULT_LIMITS: Limits = {
  maxBodyBytes: 2 * 1024 * 1024,
  maxTokens: 4_000,
  maxDepth: 16,
  maxAliases: 60,
  maxSelections: 4_000,
  introspection: true,
};

/** Of `__schema`: GraphiQL's own query has 14. */
const MAX_INTROSPECTION_DEPTH = 20;

/** A validation rule of graphql-js; each limit is told with what was found. */
export function limitRule(limits: Limits): (context: ValidationContext) => ASTVisitor {
  return (context) => ({
    Document: {
      leave(document) {
        for (const problem of overLimit(document, limits)) context.reportError(new GraphQLError(problem));
      },
    },
  });
}

/** Sizes of a selection set with its fragments written out. */
interface Size {
  depth: number;
  introspectionDepth: number;
  aliases: number;
  selections: number;
}

function overLimit(document: DocumentNode, limits: Limits): string[] {
  const fragments = new Map(document.definitions.filter((node): node is FragmentDefinitionNode => node.kind === Kind.FRAGMENT_DEFINITION).map((node) => [node.name.value, node]));
  const measured = new Map<string, Size>();
  const problems: string[] = [];
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const size = measure(definition.selectionSet, fragments, measured);
    const check = (what: string, found: number, limit: number) => found > limit && problems.push(`The operation has ${what} ${found}; the limit is ${limit}.`);
    check('depth', size.depth, limits.maxDepth);
    check('introspection depth', size.introspectionDepth, MAX_INTROSPECTION_DEPTH);
    check('aliases:', size.aliases, limits.maxAliases);
    check('fields:', size.selections, limits.maxSelections);
  }
  return problems;
}

function measure(set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, measured: Map<string, Size>): Size {
  const total: Size = { depth: 0, introspectionDepth: 0, aliases: 0, selections: 0 };
  for (const selection of set.selections) {
    let size = NOTHING;
    if (selection.kind === Kind.FIELD) {
      const inner = selection.selectionSet ? measure(selection.selectionSet, fragments, measured) : NOTHING;
      const introspects = selection.name.value === '__schema' || selection.name.value === '__type';
      size = {
        depth: introspects ? 1 : inner.depth + 1,
        introspectionDepth: introspects ? inner.depth + 1 : inner.introspectionDepth,
        aliases: inner.aliases + (selection.alias ? 1 : 0),
        selections: introspects ? 1 : inner.selections + 1,
      };
    } else if (selection.kind === Kind.INLINE_FRAGMENT) size = measure(selection.selectionSet, fragments, measured);
    else size = measureFragment(selection.name.value, fragments, measured);
    total.depth = Math.max(total.depth, size.depth);
    total.introspectionDepth = Math.max(total.introspectionDepth, size.introspectionDepth);
    total.aliases += size.aliases;
    total.selections += size.selections;
  }
  return total;
}

const NOTHING: Size = { depth: 0, introspectionDepth: 0, aliases: 0, selections: 0 };

/** A fragment is measured once, however often it is spread; one that spreads itself is another rule's business. */
function measureFragment(name: string, fragments: ReadonlyMap<string, FragmentDefinitionNode>, measured: Map<string, Size>): Size {
  const known = measured.get(name);
  if (known) return known;
  measured.set(name, NOTHING);
  const fragment = fragments.get(name);
  const size = fragment ? measure(fragment.selectionSet, fragments, measured) : NOTHING;
  measured.set(name, size);
  return size;
}
