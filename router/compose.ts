/**
 * From the rooms' schemas to one supergraph. Composition runs when a schema changes, never at start: the process reads
 * the committed schema/supergraph.graphql.
 */
import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { parse, printSchema } from 'graphql';

export interface RoomSchema {
  /** `orders` */
  name: string;
  /** The room's own SDL, without the shared types. */
  sdl: string;
  /** Where the room is found when it has a process of its own. */
  url: string;
}

export interface Composed {
  /** For the router. */
  supergraph: string;
  /** What clients see. */
  api: string;
  /** Each room's SDL together with the shared types, by the room's name. */
  subgraphs: Record<string, string>;
}

/** What composition says against these schemas, one sentence each. */
export class CompositionError extends Error {
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(`the schemas do not compose:\n${problems.map((problem) => `- ${problem}`).join('\n')}`);
    this.name = 'CompositionError';
    this.problems = problems;
  }
}

/**
 * Composes rooms that all include the same `shared` types.
 * @throws CompositionError on an error, and on a hint as well: hints are how fields silently become nullable or vanish.
 */
export function compose(rooms: readonly RoomSchema[], shared: string): Composed {
  const subgraphs = Object.fromEntries(rooms.map(({ name, sdl }) => [name, `${sdl.trimEnd()}\n\n${shared.trimEnd()}\n`]));
  const services = rooms.map(({ name, url }) => ({ name, url, typeDefs: parse(subgraphs[name]!) }));
  const result = composeServices(services);
  if (result.errors) throw new CompositionError(result.errors.map((error) => error.message));
  if (result.hints.length > 0) throw new CompositionError(result.hints.map((hint) => `${hint.definition.code}: ${hint.message}`));
  const api = Supergraph.build(result.supergraphSdl, { supportedFeatures: null }).apiSchema().toGraphQLJSSchema();
  return { supergraph: `${result.supergraphSdl.trimEnd()}\n`, api: `${printSchema(api).trimEnd()}\n`, subgraphs };
}

/** supergraph.yaml, as rover reads it. */
export function roverConfig(rooms: readonly RoomSchema[]): string {
  const entries = rooms.map(({ name, url }) => `  ${name}:\n    routing_url: ${url}\n    schema:\n      file: ./schema/subgraphs/${name}.graphql\n`);
  return `# Written by npm run schema.\nfederation_version: =2.9.0\nsubgraphs:\n${entries.join('')}`;
}
