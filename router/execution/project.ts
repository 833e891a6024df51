/**
 * From what subgraphs have answered to what the client asked for: fields in their order, nothing more, and nulls that
 * climb to the next nullable place as GraphQL October 2021 §6.4.4 has it. Where a null is explained by an error already
 * (of this place, of a place above or of one below that climbed up to here) no second error is told.
 */
import type { ErrorLog, Failure } from './errors.ts';
import type { Field, Selection, Shape } from './shape.ts';

export type Plain = Record<string, unknown>;

/** Objects some of whose fields could not be fetched, with the reasons. */
export type Failures = Map<object, Failure[]>;

/** Stands for "null, and not allowed here". */
const CLIMBS = Symbol('climbs');

interface Projection {
  errors: ErrorLog;
  failures: Failures;
  /** Answers of `__schema` and `__type`, by their key. */
  introspection: Readonly<Plain> | null;
  path: (string | number)[];
}

/** Null when a null climbed up to the root. */
export function project(root: Selection, data: Plain, errors: ErrorLog, failures: Failures, introspection: Readonly<Plain> | null): Plain | null {
  const answer = object({ errors, failures, introspection, path: [] }, root, data);
  return answer === CLIMBS ? null : (answer as Plain | null);
}

function object(run: Projection, selection: Selection, source: Plain): unknown {
  const typeName = typeNameOf(selection, source);
  const type = selection.of(typeName);
  // The name of a type that the API hides must not be told.
  if (type === null) return run.errors.add(`Invalid __typename found for an object of type ${selection.typeName}.`, run.path, 'INTERNAL'), null;
  const answer: Plain = {};
  const { fields } = type;
  for (let index = 0; index < fields.length; index++) {
    const field = fields[index]!;
    const { key, shape } = field;
    if (shape === null) {
      // A subgraph that knows an interface as an object (`@interfaceObject`) names the interface; if nobody told the
      // real type, there is none to tell.
      if (!field.introspection && !type.concrete) return CLIMBS;
      answer[key] = field.introspection ? run.introspection?.[key] : typeName;
      continue;
    }
    let value = field.denied === null ? source[key] : undefined;
    if (value !== null && value !== undefined && shape.valid !== null && shape.item === null && shape.valid(value)) {
      answer[key] = value;
      continue;
    }
    run.path.push(key);
    if (value === undefined || typeof value === 'function') value = missing(run, field, source);
    const completed = complete(run, field, shape, value);
    run.path.pop();
    if (completed === CLIMBS) return CLIMBS;
    answer[key] = completed;
  }
  return answer;
}

function complete(run: Projection, field: Field, shape: Shape, value: unknown): unknown {
  const completed = value === null ? null : completeNullable(run, field, shape, value);
  if (completed !== null || !shape.nonNull) return completed;
  if (!run.errors.explain(run.path)) run.errors.add(`Cannot return null for non-nullable field ${field.coordinate}.`, run.path, 'INTERNAL');
  return CLIMBS;
}

function completeNullable(run: Projection, field: Field, shape: Shape, value: unknown): unknown {
  if (shape.item !== null) {
    if (!Array.isArray(value)) return invalid(run, field);
    return list(run, field, shape.item, value);
  }
  if (shape.selection !== null) {
    if (typeof value !== 'object' || Array.isArray(value)) return invalid(run, field);
    const completed = object(run, shape.selection, value as Plain);
    return completed === CLIMBS ? null : completed;
  }
  return shape.valid!(value) ? value : invalid(run, field);
}

function list(run: Projection, field: Field, item: Shape, values: readonly unknown[]): unknown {
  const answer = new Array<unknown>(values.length);
  let climbs = false;
  for (let index = 0; index < values.length; index++) {
    run.path.push(index);
    const completed = complete(run, field, item, values[index] ?? null);
    run.path.pop();
    if (completed === CLIMBS) climbs = true;
    else answer[index] = completed;
  }
  return climbs ? null : answer;
}

function typeNameOf(selection: Selection, source: Plain): string {
  if (typeof source.__typename === 'string') return source.__typename;
  for (const key of selection.typenameKeys) if (typeof source[key] === 'string') return source[key];
  return selection.typeName;
}

/** Nobody answered this field: says so if it was refused or its fetch failed. */
function missing(run: Projection, field: Field, source: Plain): null {
  if (field.denied) run.errors.addFault(field.denied, run.path);
  else if (run.failures.size > 0) {
    const failures = run.failures.get(source);
    if (failures) run.errors.addFailure(failures.find(({ keys }) => keys.has(field.key)) ?? failures[0]!, run.path);
  }
  return null;
}

function invalid(run: Projection, field: Field): null {
  run.errors.add(`Invalid value found for field ${field.coordinate}.`, run.path, 'INTERNAL');
  return null;
}
