/**
 * Operations with their plans and the shapes of their answers, made once and kept. The planner is the one of
 * @apollo/gateway; it costs milliseconds, so every operation that comes again must find its plan here.
 */
import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import { print, type DocumentNode } from 'graphql';
import { denialsKey, withoutDenied, type Denials } from './authorise.ts';
import { readOperation, type Operation } from './execution/operation.ts';
import { makeShape, type Selection } from './execution/shape.ts';
import { createLru } from '#platform/lru.ts';
import type { Supergraph } from './supergraph.ts';

/** Operations whose plans are kept, the least recently used go first. */
export const KEPT_OPERATIONS = 1_000;
/** Of one operation: plans for readers with different rights, shapes for different values of its conditions. */
const KEPT_VARIANTS = 32;

export interface Prepared {
  operation: Operation;
  plan(denials: Denials): QueryPlan;
  /** `conditions`: the values of the operation's condition variables. */
  shape(denials: Denials, conditions: Readonly<Record<string, unknown>>): Selection;
}

export interface Planner {
  /**
   * `document` must be valid for the API schema.
   * @throws GraphQLError when `operationName` does not name one of its operations.
   */
  prepare(document: DocumentNode, operationName?: string | null): Prepared;
  /** How many operations are kept now. */
  readonly kept: number;
}

export function createPlanner(supergraph: Supergraph, limit = KEPT_OPERATIONS): Planner {
  const operations = createLru<Prepared>(limit);
  return {
    prepare(document, operationName) {
      const key = `${operationName ?? ''}\n${document.loc?.source.body ?? print(document)}`;
      let prepared = operations.get(key);
      if (!prepared) {
        prepared = prepare(supergraph, readOperation(supergraph, document, operationName));
        operations.set(key, prepared);
      }
      return prepared;
    },
    get kept() {
      return operations.size;
    },
  };
}

function prepare(supergraph: Supergraph, operation: Operation): Prepared {
  const plans = createLru<QueryPlan>(KEPT_VARIANTS);
  const shapes = createLru<Selection>(KEPT_VARIANTS);
  return {
    operation,
    plan(denials) {
      const key = denialsKey(denials);
      let plan = plans.get(key);
      if (!plan) {
        plan = makePlan(supergraph, withoutDenied(supergraph, operation, denials));
        plans.set(key, plan);
      }
      return plan;
    },
    shape(denials, conditions) {
      const key = `${denialsKey(denials)}\n${operation.conditions.map((name) => (conditions[name] === true ? '1' : '0')).join('')}`;
      let shape = shapes.get(key);
      if (!shape) {
        shape = makeShape(supergraph, operation, conditions, denials);
        shapes.set(key, shape);
      }
      return shape;
    },
  };
}

/** A plan of one valid operation. */
export function makePlan(supergraph: Supergraph, document: DocumentNode): QueryPlan {
  return supergraph.planner.buildQueryPlan(operationFromDocument(supergraph.apiForPlanner, document, { validate: false }));
}
