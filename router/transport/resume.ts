/**
 * How a subscription goes on at another instance: one whose events carry a `cursor`, by the house's convention, takes it as
 * `after`, so it is asked for what came after the last event instead of from its beginning again.
 */
import { Kind, parse, print, type ArgumentNode, type FieldNode } from 'graphql';
import type { ExecutionResult } from 'graphql';

export interface Resumable {
  /** The place of an event, if it has one. */
  placeOf(event: ExecutionResult): string | null;
  /** The same operation, from after a place on. */
  from(place: string): { query: string; variables: Record<string, unknown> };
}

/** The variable is ours: a client's may have any name but one that begins so. */
const AFTER = '__after';

/** Null where events carry no cursor, or nobody asked for it. */
export function resumable(query: string, variables: Record<string, unknown>): Resumable | null {
  if (!query.includes('cursor')) return null;
  const document = parse(query, { noLocation: true });
  const operation = document.definitions.find((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const root = operation?.selectionSet.selections.find((selection): selection is FieldNode => selection.kind === Kind.FIELD);
  const cursor = root?.selectionSet?.selections.find((selection): selection is FieldNode => selection.kind === Kind.FIELD && selection.name.value === 'cursor');
  if (!operation || !root || !cursor) return null;
  const [rootKey, cursorKey] = [keyOf(root), keyOf(cursor)];
  return {
    placeOf({ data }) {
      const event = data?.[rootKey] as Record<string, unknown> | null | undefined;
      const place = event?.[cursorKey];
      return typeof place === 'string' ? place : null;
    },
    from(place) {
      const name = { kind: Kind.NAME, value: AFTER } as const;
      const after: ArgumentNode = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'after' }, value: { kind: Kind.VARIABLE, name } };
      const field: FieldNode = { ...root, arguments: [...(root.arguments ?? []).filter((argument) => argument.name.value !== 'after'), after] };
      const resumed = {
        ...operation,
        // A variable that only named the first place is not used any more, and a room refuses one that is not.
        variableDefinitions: [
          ...(operation.variableDefinitions ?? []).filter((definition) => print({ ...operation, variableDefinitions: [], selectionSet: { ...operation.selectionSet, selections: [field] } }).includes(`$${definition.variable.name.value}`)),
          { kind: Kind.VARIABLE_DEFINITION, variable: { kind: Kind.VARIABLE, name }, type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'String' } } } as const,
        ],
        selectionSet: { ...operation.selectionSet, selections: operation.selectionSet.selections.map((selection) => (selection === root ? field : selection)) },
      };
      const text = print({ ...document, definitions: document.definitions.map((definition) => (definition === operation ? resumed : definition)) });
      return { query: text, variables: { ...variables, [AFTER]: place } };
    },
  };
}

const keyOf = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;
