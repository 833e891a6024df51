/** Documents as clients send them: parsed and validated once, then kept by their text. */
import { GraphQLError, NoSchemaIntrospectionCustomRule, parse, specifiedRules, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { limitRule, type Limits } from './limits.ts';
import { createLru } from '#platform/lru.ts';

/** Texts kept with what was found about them. */
export const KEPT_DOCUMENTS = 1_000;
/** More problems of one document than this are not looked for. */
const MAX_PROBLEMS = 20;

export type ReadDocument = { document: DocumentNode; errors?: undefined } | { document?: undefined; errors: readonly GraphQLError[] };

export interface Documents {
  /** The valid document, or what is wrong with it. */
  read(query: string): ReadDocument;
}

export function createDocuments(schema: GraphQLSchema, limits: Limits): Documents {
  const kept = createLru<ReadDocument>(KEPT_DOCUMENTS);
  const rules = [...specifiedRules, limitRule(limits), ...(limits.introspection ? [] : [NoSchemaIntrospectionCustomRule])];

  function readAnew(query: string): ReadDocument {
    let document: DocumentNode;
    try {
      document = parse(query, { maxTokens: limits.maxTokens });
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      throw error;
    }
    const errors = validate(schema, document, rules, { maxErrors: MAX_PROBLEMS });
    return errors.length > 0 ? { errors } : { document };
  }

  return {
    read(query) {
      let found = kept.get(query);
      if (!found) {
        found = readAnew(query);
        kept.set(query, found);
      }
      return found;
    },
  };
}
