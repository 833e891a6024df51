/** A composed supergraph, read into what planning, execution and authorisation need. Built once a schema. */
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph as FederationSupergraph } from '@apollo/federation-internals';
import type { Schema } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { isAbstractType, isInterfaceType, parse, type GraphQLSchema } from 'graphql';
import { readRequirements, type Requirements } from './requirements.ts';

export interface Supergraph {
  sdl: string;
  /** What clients see: without federation's own types and without what is `@inaccessible`. */
  api: GraphQLSchema;
  /** The same for the planner. */
  apiForPlanner: Schema;
  planner: QueryPlanner;
  /** Abstract type → the names of the types below it; of the whole supergraph, since keys may be inaccessible. */
  subtypes: ReadonlyMap<string, ReadonlySet<string>>;
  /** What `@authenticated` and `@requiresScopes` ask for. */
  requirements: Requirements;
}

/**
 * Features we know and enforce. A supergraph that needs another one for its security or execution is refused, so that
 * nothing is left unguarded or unanswered: the planner knows these, but we neither enforce nor execute them.
 */
const NOT_OURS = /\/(policy|context|connect)\//;
const FEATURES = new Set([...ROUTER_SUPPORTED_SUPERGRAPH_FEATURES].filter((url) => !NOT_OURS.test(url)));

/** @throws Error when the text is no supergraph, or uses a feature that we do not enforce. */
export function loadSupergraph(sdl: string): Supergraph {
  const document = parse(sdl, { noLocation: true });
  const federated = FederationSupergraph.build(document, { supportedFeatures: FEATURES, validateSupergraph: false });
  const apiForPlanner = federated.apiSchema();
  const whole = federated.schema.toGraphQLJSSchema();
  return {
    sdl,
    api: apiForPlanner.toGraphQLJSSchema(),
    apiForPlanner,
    planner: new QueryPlanner(federated),
    subtypes: readSubtypes(whole),
    requirements: readRequirements(document, whole),
  };
}

function readSubtypes(schema: GraphQLSchema): Map<string, Set<string>> {
  const subtypes = new Map<string, Set<string>>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isAbstractType(type)) continue;
    const below = new Set(schema.getPossibleTypes(type).map((possible) => possible.name));
    if (isInterfaceType(type)) for (const child of schema.getImplementations(type).interfaces) below.add(child.name);
    subtypes.set(type.name, below);
  }
  return subtypes;
}

/** Subgraph → URL, as composed: `enum join__Graph { ORDERS @join__graph(name: "orders", url: "http://…") }` */
export function subgraphUrls(sdl: string): Map<string, string> {
  const document = parse(sdl, { noLocation: true });
  const urls = new Map<string, string>();
  for (const definition of document.definitions) {
    if (definition.kind !== 'EnumTypeDefinition' || definition.name.value !== 'join__Graph') continue;
    for (const value of definition.values ?? []) {
      const args = value.directives?.find((directive) => directive.name.value === 'join__graph')?.arguments ?? [];
      const text = (name: string) => {
        const argument = args.find((each) => each.name.value === name)?.value;
        return argument?.kind === 'StringValue' ? argument.value : '';
      };
      urls.set(text('name'), text('url'));
    }
  }
  return urls;
}
