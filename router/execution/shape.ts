/**
 * The form of an answer, made from the operation once and kept: for each selection set and each type it can meet, the
 * fields in the order the specification wants (GraphQL October 2021 §6.3.2, CollectFields). Conditions are decided
 * before: a shape belongs to one assignment of the variables that `@skip` and `@include` look at.
 */
import {
  GraphQLScalarType, Kind, getNamedType, isAbstractType, isCompositeType, isEnumType, isInterfaceType, isListType, isNonNullType, isObjectType,
  isSpecifiedScalarType,
  type FieldNode, type GraphQLNamedType, type GraphQLOutputType, type GraphQLSchema, type SelectionNode, type SelectionSetNode,
} from 'graphql';
import type { Denial } from '../requirements.ts';
import type { Supergraph } from '../supergraph.ts';
import type { Operation } from './operation.ts';

export interface Shape {
  nonNull: boolean;
  /** Of a list: what is in it. */
  item: Shape | null;
  /** Of a leaf: whether a value may stand there. */
  valid: ((value: unknown) => boolean) | null;
  /** Of an object, interface or union: what is asked of it. */
  selection: Selection | null;
}

export interface Field {
  /** Name in the answer. */
  key: string;
  /** `Order.number`, for messages. */
  coordinate: string;
  /** Null for `__typename`. */
  shape: Shape | null;
  /** Set when the reader may not see it. */
  denied: Denial | null;
  /** `__schema` and `__type` are answered apart. */
  introspection: boolean;
}

/** How fields of one runtime type are answered; null for a type that the API does not know. */
export interface TypeFields {
  fields: readonly Field[];
  /** Whether it is an object type: only such a name may be told as `__typename`. */
  concrete: boolean;
}

export interface Selection {
  /** The type the schema promises. */
  typeName: string;
  /** Keys under which the operation asks for `__typename`, when the promise is an interface or union. */
  typenameKeys: readonly string[];
  of(typeName: string): TypeFields | null;
}

interface Maker {
  supergraph: Supergraph;
  schema: GraphQLSchema;
  operation: Operation;
  variables: Readonly<Record<string, unknown>>;
  denials: ReadonlyMap<string, Denial>;
}

/** `variables` needs to hold the operation's conditions only, defaults filled in. */
export function makeShape(supergraph: Supergraph, operation: Operation, variables: Readonly<Record<string, unknown>>, denials: ReadonlyMap<string, Denial>): Selection {
  const schema = supergraph.api;
  const root = schema.getRootType(operation.definition.operation)!;
  return makeSelection({ supergraph, schema, operation, variables, denials }, root, [operation.definition.selectionSet]);
}

function makeSelection(maker: Maker, type: GraphQLNamedType, sets: readonly SelectionSetNode[]): Selection {
  const known = new Map<string, TypeFields | null>();
  return {
    typeName: type.name,
    typenameKeys: isAbstractType(type) ? typenameKeys(maker, sets) : [],
    of(typeName) {
      let fields = known.get(typeName);
      if (fields === undefined) {
        fields = makeFields(maker, typeName, type.name, sets);
        known.set(typeName, fields);
      }
      return fields;
    },
  };
}

interface Found {
  nodes: FieldNode[];
  denied: Denial | null;
}

function makeFields(maker: Maker, typeName: string, promised: string, sets: readonly SelectionSetNode[]): TypeFields | null {
  const type = maker.schema.getType(typeName);
  if (!isCompositeType(type)) return null;
  const found = new Map<string, Found>();
  for (const set of sets) collect(maker, typeName, promised, set.selections, found);
  const fields: Field[] = [];
  for (const [key, { nodes, denied }] of found) {
    const name = nodes[0]!.name.value;
    const coordinate = `${typeName}.${name}`;
    if (name === '__typename') {
      fields.push({ key, coordinate, shape: null, denied: null, introspection: false });
    } else if (name === '__schema' || name === '__type') {
      fields.push({ key, coordinate, shape: null, denied: null, introspection: true });
    } else {
      const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
      if (definition) fields.push({ key, coordinate, shape: typeShape(maker, definition.type, nodes), denied, introspection: false });
    }
  }
  return { fields, concrete: isObjectType(type) };
}

/** `staticType` is what the fragments around promise: what the planner and the schema's directives speak of. */
function collect(maker: Maker, typeName: string, staticType: string, selections: readonly SelectionNode[], found: Map<string, Found>): void {
  for (const selection of selections) {
    if (!included(maker, selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const name = selection.name.value;
      const denied = maker.denials.get(`${typeName}.${name}`) ?? maker.denials.get(`${staticType}.${name}`) ?? null;
      const key = (selection.alias ?? selection.name).value;
      const already = found.get(key);
      if (already) {
        already.nodes.push(selection);
        already.denied ??= denied;
      } else found.set(key, { nodes: [selection], denied });
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : maker.operation.fragments.get(selection.name.value)!;
    const condition = fragment.typeCondition?.name.value;
    if (condition && condition !== typeName && !maker.supergraph.subtypes.get(condition)?.has(typeName)) continue;
    collect(maker, typeName, condition ?? staticType, fragment.selectionSet.selections, found);
  }
}

function included(maker: Maker, selection: SelectionNode): boolean {
  for (const directive of selection.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const value = directive.arguments!.find((argument) => argument.name.value === 'if')!.value;
    const holds = value.kind === Kind.VARIABLE ? maker.variables[value.name.value] : value.kind === Kind.BOOLEAN && value.value;
    if (holds === (name === 'skip')) return false;
  }
  return true;
}

function typenameKeys(maker: Maker, sets: readonly SelectionSetNode[]): string[] {
  return sets.flatMap((set) => set.selections).flatMap((selection) =>
    selection.kind === Kind.FIELD && selection.name.value === '__typename' && included(maker, selection) ? [(selection.alias ?? selection.name).value] : [],
  );
}

function typeShape(maker: Maker, type: GraphQLOutputType, nodes: readonly FieldNode[]): Shape {
  if (isNonNullType(type)) return { ...typeShape(maker, type.ofType, nodes), nonNull: true };
  if (isListType(type)) return { nonNull: false, item: typeShape(maker, type.ofType, nodes), valid: null, selection: null };
  const named = getNamedType(type);
  if (isCompositeType(named)) {
    const selection = makeSelection(maker, named, nodes.map((node) => node.selectionSet!));
    return { nonNull: false, item: null, valid: null, selection };
  }
  return { nonNull: false, item: null, valid: leafCheck(named), selection: null };
}

function leafCheck(type: GraphQLNamedType): (value: unknown) => boolean {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map((value) => value.name));
    return (value) => names.has(value);
  }
  if (!(type instanceof GraphQLScalarType) || !isSpecifiedScalarType(type)) return (value) => typeof value !== 'function';
  switch (type.name) {
    case 'Int': return Number.isInteger;
    case 'Float': return Number.isFinite;
    case 'Boolean': return (value) => typeof value === 'boolean';
    case 'ID': return (value) => typeof value === 'string' || Number.isInteger(value);
    default: return (value) => typeof value === 'string';
  }
}
