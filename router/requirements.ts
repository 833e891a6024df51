/**
 * What `@authenticated` and `@requiresScopes` in the supergraph ask of a reader, field by field. The router checks it
 * before it plans (router/authorise.ts); rooms check again by identity whatever they give away.
 */
import {
  Kind, getNamedType, isInterfaceType, isObjectType, isTypeDefinitionNode, valueFromASTUntyped,
  type ConstDirectiveNode, type DocumentNode, type GraphQLSchema,
} from 'graphql';
import type { Identity } from '#platform/subgraph/context.ts';

/** Every part must hold. */
export interface Requirement {
  authenticated: boolean;
  /** For each: one of the lists must be held whole (`[["a", "b"], ["c"]]` is a and b, or c). */
  scopes: readonly (readonly (readonly string[])[])[];
}

/** By `Type.field`; what is not there is open. */
export type Requirements = ReadonlyMap<string, Requirement>;

export type Denial = 'UNAUTHENTICATED' | 'FORBIDDEN';

/** Null when `identity` may read what asks for `requirement`. */
export function denial(requirement: Requirement, identity: Identity | null): Denial | null {
  if (!identity) return 'UNAUTHENTICATED';
  const held: ReadonlySet<string> = identity.scopes;
  return requirement.scopes.every((lists) => lists.some((list) => list.every((scope) => held.has(scope)))) ? null : 'FORBIDDEN';
}

/**
 * A field asks what is written at itself, at the type it is on and at the type it returns; a field of an interface also
 * what the same field of any implementation asks, so that nobody comes in through the interface.
 */
export function readRequirements(supergraph: DocumentNode, schema: GraphQLSchema): Requirements {
  const written = readDirectives(supergraph);
  const requirements = new Map<string, Requirement>();
  const own = (typeName: string, fieldName: string, returned: string): Requirement =>
    together([written.get(typeName), written.get(`${typeName}.${fieldName}`), written.get(returned)]);

  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const parts = [own(type.name, field.name, getNamedType(field.type).name)];
      if (isInterfaceType(type)) {
        const { objects, interfaces } = schema.getImplementations(type);
        for (const below of [...objects, ...interfaces]) {
          const implemented = below.getFields()[field.name]!;
          parts.push(own(below.name, field.name, getNamedType(implemented.type).name));
        }
      }
      const requirement = together(parts);
      if (requirement.authenticated || requirement.scopes.length > 0) requirements.set(`${type.name}.${field.name}`, requirement);
    }
  }
  return requirements;
}

function together(parts: readonly (Requirement | undefined)[]): Requirement {
  return {
    authenticated: parts.some((part) => part?.authenticated),
    scopes: parts.flatMap((part) => part?.scopes ?? []),
  };
}

function readDirectives(supergraph: DocumentNode): Map<string, Requirement> {
  const written = new Map<string, Requirement>();
  const note = (name: string, directives: readonly ConstDirectiveNode[] | undefined) => {
    const scopes = (directives ?? []).filter((each) => each.name.value === 'requiresScopes').map(scopesArgument);
    const authenticated = directives?.some((each) => each.name.value === 'authenticated') ?? false;
    if (authenticated || scopes.length > 0) written.set(name, { authenticated, scopes });
  };
  for (const definition of supergraph.definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    note(definition.name.value, definition.directives);
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) note(`${definition.name.value}.${field.name.value}`, field.directives);
  }
  return written;
}

/** `@requiresScopes(scopes: [["a", "b"], ["c"]])`; an argument of another shape allows nobody. */
function scopesArgument(directive: ConstDirectiveNode): string[][] {
  const value = directive.arguments?.find((argument) => argument.name.value === 'scopes')?.value;
  return value ? (valueFromASTUntyped(value) as string[][]) : [];
}
