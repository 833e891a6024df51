/** What a subgraph needs to know of an entity to go on with it: its representation, cut from what was fetched before. */
import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import type { Supergraph } from '../supergraph.ts';
import type { Plain } from './project.ts';
import { isOfType } from './rewrites.ts';

/**
 * Null when something the subgraph needs is not there: an earlier fetch failed, or the entity is of another type. Then
 * there is nothing to ask about it.
 */
export function represent(supergraph: Supergraph, entity: Plain, selections: readonly QueryPlanSelectionNode[]): Plain | null {
  const representation: Plain = {};
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const key = selection.alias ?? selection.name;
      const value = entity[key];
      if (value === undefined) return null;
      representation[key] = selection.selections ? representValue(supergraph, value, selection.selections) : value;
    } else if (selection.typeCondition && isOfType(supergraph, entity.__typename, selection.typeCondition)) {
      const part = represent(supergraph, entity, selection.selections);
      if (part !== null) merge(representation, part);
    }
  }
  return representation;
}

function representValue(supergraph: Supergraph, value: unknown, selections: readonly QueryPlanSelectionNode[]): unknown {
  if (Array.isArray(value)) return value.map((item) => representValue(supergraph, item, selections));
  return value === null || typeof value !== 'object' ? value : represent(supergraph, value as Plain, selections);
}

/** Puts what `source` has into `target`; objects and lists of one length grow together, everything else is replaced. */
export function merge(target: Plain, source: Plain): void {
  if (target === source) return;
  for (const key of Object.keys(source)) {
    const value = source[key];
    const there = target[key];
    if (value === undefined) continue;
    if (typeof value !== 'object' || value === null || typeof there !== 'object' || there === null) target[key] = value;
    else if (!Array.isArray(value)) Array.isArray(there) ? (target[key] = value) : merge(there as Plain, value as Plain);
    else if (Array.isArray(there) && there.length === value.length) mergeLists(there, value);
    else target[key] = value;
  }
}

function mergeLists(target: unknown[], source: readonly unknown[]): void {
  if (target === source) return;
  for (let index = 0; index < source.length; index++) {
    const value = source[index];
    const there = target[index];
    if (isObject(value) && isObject(there)) merge(there, value);
    else if (Array.isArray(value) && Array.isArray(there) && value.length === there.length) mergeLists(there, value);
    else target[index] = value;
  }
}

const isObject = (value: unknown): value is Plain => typeof value === 'object' && value !== null && !Array.isArray(value);
