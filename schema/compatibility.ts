/**
 * Whether processes of two versions understand each other. During a rolling restart both tell and both listen, so data of
 * either has to be valid for the other: a field may come if it may be missing, a message may come beside the others, and
 * nothing else changes under the same name. Whatever else is needed is a new message (`order.placed.v2`, told beside
 * `order.placed` until no process of the last version runs).
 *
 * Compares JSON Schema (draft 2020-12) as zod writes it.
 */
export type JsonSchema = { readonly [keyword: string]: unknown };

export interface Incompatibility {
  /** `events/orders.order.placed`, `asks/products.quoteVariants` */
  message: string;
  /** Where in its data: `lines[].quantity`; '' for the whole. */
  path: string;
  problem: string;
}

/** Say nothing about what is valid. */
const ANNOTATIONS = new Set(['$schema', '$id', '$comment', 'title', 'description', 'default', 'examples', 'deprecated']);
/** Looked into by name. */
const STRUCTURE = new Set(['type', 'properties', 'required', 'items', 'anyOf', 'oneOf', 'enum', 'additionalProperties', 'propertyNames']);
/** For these a larger number lets less through; for those that begin with max, more. */
const LOWER_BOUND = /^(min|exclusiveMin)/;
const BOUND = /^(min|max|exclusiveMin|exclusiveMax)/;

const AS_NEW = 'make it a new message beside this one (its name with .v2)';
const OLDER_REFUSE = `processes of the last version would refuse it: ${AS_NEW}`;
const OLDER_TELL = `processes of the last version still tell it as it was: ${AS_NEW}`;

/** `committed` and `present` by name. Empty when a rolling restart from the one to the other loses nothing. */
export function incompatibilities(committed: ReadonlyMap<string, JsonSchema>, present: ReadonlyMap<string, JsonSchema>): Incompatibility[] {
  const found: Incompatibility[] = [];
  for (const [message, before] of committed) {
    const tell = (path: string, problem: string) => void found.push({ message, path, problem });
    const now = present.get(message);
    if (now) compare(before, now, '', tell);
    else tell('', `is gone, or has another name: processes of the last version still tell or hear it. Keep it until none of them runs; then delete schema/${message}.json by hand`);
  }
  for (const [message, schema] of present) {
    for (const path of closedPaths(schema, '')) found.push({ message, path, problem: 'refuses fields that it does not know (a strict object), so none could ever be added: use z.object' });
  }
  return found;
}

export const tellAll = (found: readonly Incompatibility[]): string => found.map(({ message, path, problem }) => `${message}${path && `: ${path}`} ${problem}`).join('\n');

type Tell = (path: string, problem: string) => void;

function compare(before: JsonSchema, now: JsonSchema, path: string, tell: Tell): void {
  if (same(before, now)) return;
  if (!same(before.type, now.type)) return tell(path, `was ${shown(before)}, is ${shown(now)}: ${AS_NEW}`);
  compareFields(before, now, path, tell);
  compareValues(before, now, path, tell);
  for (const keyword of ['items', 'additionalProperties', 'propertyNames']) {
    // A strict object is told of on its own.
    const [old, fresh] = [before[keyword] || undefined, now[keyword] || undefined];
    if (isSchema(old) && isSchema(fresh)) compare(old, fresh, keyword === 'items' ? `${path}[]` : `${path}{}`, tell);
    else if (!same(old, fresh)) tell(path, `${keyword} was ${text(old)}, is ${text(fresh)}: ${AS_NEW}`);
  }
  for (const keyword of ['anyOf', 'oneOf']) compareBranches(before[keyword], now[keyword], path, tell);
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(now)])) {
    if (ANNOTATIONS.has(keyword) || STRUCTURE.has(keyword) || same(before[keyword], now[keyword])) continue;
    tell(path, `${keyword} was ${text(before[keyword])}, is ${text(now[keyword])}${BOUND.test(keyword) ? ` (${isWider(keyword, before[keyword], now[keyword]) ? 'wider' : 'narrower'})` : ''}: ${isWider(keyword, before[keyword], now[keyword]) ? OLDER_REFUSE : OLDER_TELL}`);
  }
}

function compareFields(before: JsonSchema, now: JsonSchema, path: string, tell: Tell): void {
  const [oldFields, newFields] = [fieldsOf(before), fieldsOf(now)];
  const [neededBefore, neededNow] = [requiredOf(before), requiredOf(now)];
  for (const [name, field] of Object.entries(oldFields)) {
    const at = path ? `${path}.${name}` : name;
    const fresh = newFields[name];
    if (!fresh) {
      tell(at, `is gone, or has another name: ${neededBefore.has(name) ? OLDER_REFUSE : OLDER_TELL}`);
      continue;
    }
    if (neededBefore.has(name) && !neededNow.has(name)) tell(at, `was always there and may now be missing: ${OLDER_REFUSE}`);
    if (!neededBefore.has(name) && neededNow.has(name)) tell(at, `could be missing and is now required: ${OLDER_TELL}`);
    compare(field, fresh, at, tell);
  }
  for (const name of Object.keys(newFields)) {
    if (!(name in oldFields) && neededNow.has(name)) tell(path ? `${path}.${name}` : name, 'is new and required: processes of the last version tell it without; make it optional');
  }
}

function compareValues(before: JsonSchema, now: JsonSchema, path: string, tell: Tell): void {
  const [old, fresh] = [before.enum, now.enum];
  if (!Array.isArray(old) || !Array.isArray(fresh)) {
    if (!same(old, fresh)) tell(path, `was ${shown(before)}, is ${shown(now)}: ${old === undefined ? OLDER_TELL : OLDER_REFUSE}`);
    return;
  }
  const gone = old.filter((value) => !fresh.includes(value));
  const come = fresh.filter((value) => !old.includes(value));
  if (gone.length > 0) tell(path, `may no longer be ${gone.map(text).join(', ')}: ${OLDER_TELL}`);
  if (come.length > 0) tell(path, `may now be ${come.map(text).join(', ')}: ${OLDER_REFUSE}`);
}

/** Branches that are alike on both sides are put aside; those left are compared in their order. */
function compareBranches(before: unknown, now: unknown, path: string, tell: Tell): void {
  const [old, fresh] = [branchesOf(before), branchesOf(now)];
  const changed = old.filter((branch) => !fresh.some((other) => same(branch, other)));
  const others = fresh.filter((branch) => !old.some((other) => same(branch, other)));
  const pairs = Math.min(changed.length, others.length);
  for (let index = 0; index < pairs; index++) compare(changed[index]!, others[index]!, path, tell);
  for (const branch of changed.slice(pairs)) tell(path, `may no longer be ${shown(branch)}: ${OLDER_TELL}`);
  for (const branch of others.slice(pairs)) tell(path, `may now be ${shown(branch)}: ${OLDER_REFUSE}`);
}

function closedPaths(schema: JsonSchema, path: string): string[] {
  const inner = Object.entries(fieldsOf(schema)).flatMap(([name, field]) => closedPaths(field, path ? `${path}.${name}` : name));
  const items = isSchema(schema.items) ? closedPaths(schema.items, `${path}[]`) : [];
  const branches = [...branchesOf(schema.anyOf), ...branchesOf(schema.oneOf)].flatMap((branch) => closedPaths(branch, path));
  return [...(schema.additionalProperties === false ? [path] : []), ...inner, ...items, ...branches];
}

const fieldsOf = (schema: JsonSchema) => (schema.properties ?? {}) as Record<string, JsonSchema>;
const requiredOf = (schema: JsonSchema) => new Set((schema.required ?? []) as string[]);
const branchesOf = (branches: unknown) => (Array.isArray(branches) ? (branches as JsonSchema[]) : []);
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value);

function isWider(keyword: string, before: unknown, now: unknown): boolean {
  if (now === undefined) return true;
  if (before === undefined || typeof before !== 'number' || typeof now !== 'number') return false;
  return LOWER_BOUND.test(keyword) ? now < before : now > before;
}

const shown = (schema: JsonSchema) => (schema.enum ? `one of ${(schema.enum as unknown[]).map(text).join(', ')}` : schema.const !== undefined ? text(schema.const) : typeof schema.type === 'string' ? schema.type : 'something else');
const text = (value: unknown) => (value === undefined ? 'absent' : JSON.stringify(value));

/** Whatever the order of keys, and without annotations. */
const same = (left: unknown, right: unknown): boolean => JSON.stringify(bare(left)) === JSON.stringify(bare(right));

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  if (!isSchema(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => !ANNOTATIONS.has(key)).toSorted(([left], [right]) => (left < right ? -1 : 1)).map(([key, inner]) => [key, key === 'required' ? (inner as string[]).toSorted() : bare(inner)]));
}
