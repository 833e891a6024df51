/** Operations at random, valid for a schema: what nobody would think of writing down. */
import {
  getNamedType, isAbstractType, isCompositeType, isEnumType, isInterfaceType, isNonNullType, isObjectType, parse, validate,
  type GraphQLArgument, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema,
} from 'graphql';

export interface Generated {
  query: string;
  variables: Record<string, unknown>;
}

interface Writer {
  schema: GraphQLSchema;
  /** A whole number, 0 ≤ n < `below`. */
  draw: (below: number) => number;
  fragments: string[];
  /** Objects that may still be asked for: everything multiplies. */
  budget: number;
}

/** None is the name of a key: where an entity is gone, a plan shows the key in place of what has taken its name. */
const ALIASES = ['a', 'b', 'name', 'body'];
const MAX_DEPTH = 5;
const MAX_OBJECTS = 12;
const MAX_FIELDS = 4;
const VARIABLES: Generated['variables'] = { yes: true, no: false };

/** The same for the same seed. Draws whose fields contradict each other (GraphQL October 2021 §5.3.2) are thrown away. */
export function randomOperation(schema: GraphQLSchema, seed: number): Generated {
  const draw = mulberry32(seed);
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const query = writeOperation({ schema, draw, fragments: [], budget: MAX_OBJECTS });
    if (validate(schema, parse(query)).length === 0) return { query, variables: VARIABLES };
  }
  throw new Error(`no valid operation in ${MAX_ATTEMPTS} draws of seed ${seed}`);
}

const MAX_ATTEMPTS = 200;

/** Tommy Ettinger's generator of 32 bits. */
function mulberry32(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

const pick = <Value>({ draw }: Writer, values: readonly Value[]): Value => values[draw(values.length)]!;

/** At most `max` of them, in their order. */
const some = <Value>({ draw }: Writer, values: readonly Value[], max: number): Value[] =>
  values.filter(() => draw(values.length) < max);

function writeOperation(writer: Writer): string {
  const body = writeSelections(writer, writer.schema.getQueryType()!, MAX_DEPTH);
  const all = `${body} ${writer.fragments.join(' ')}`;
  const used = ['yes: Boolean!', 'no: Boolean!', 'unset: Boolean = true'].filter((variable) => all.includes(`$${variable.split(':')[0]}`));
  const header = used.length > 0 ? `(${used.map((variable) => `$${variable}`).join(', ')})` : '';
  return [`query Generated${header} ${body}`, ...writer.fragments].join('\n');
}

function writeSelections(writer: Writer, type: GraphQLCompositeType, depth: number): string {
  const { schema, draw } = writer;
  const parts: string[] = [];
  const fields = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const choosable = fields.filter((field) => depth > 1 || !isCompositeType(getNamedType(field.type)));
  if (choosable.length > 0) {
    for (const field of some(writer, choosable, MAX_FIELDS)) {
      if (isCompositeType(getNamedType(field.type)) && writer.budget-- <= 0) continue;
      parts.push(writeField(writer, field, depth));
    }
  }
  for (const condition of depth > 1 ? some(writer, conditions(schema, type), 1) : []) {
    if (writer.budget-- <= 0) continue;
    const inner = writeSelections(writer, condition, depth - 1);
    if (draw(2) === 0) parts.push(`... on ${condition.name}${writeCondition(writer)} ${inner}`);
    else {
      const name = `F${writer.fragments.length}`;
      writer.fragments.push(`fragment ${name} on ${condition.name} ${inner}`);
      parts.push(`...${name}${writeCondition(writer)}`);
    }
  }
  if (parts.length === 0 || draw(5) === 0) parts.push(draw(2) === 0 ? '__typename' : 'named: __typename');
  return `{ ${parts.join(' ')} }`;
}

/** Types that a fragment inside `type` may name. */
function conditions(schema: GraphQLSchema, type: GraphQLCompositeType): GraphQLCompositeType[] {
  if (isAbstractType(type)) return [...schema.getPossibleTypes(type)];
  return type === schema.getQueryType() ? [] : [type, ...type.getInterfaces()];
}

function writeField(writer: Writer, field: GraphQLField<unknown, unknown>, depth: number): string {
  const { draw } = writer;
  const alias = draw(6) === 0 ? `${pick(writer, ALIASES)}: ` : '';
  const args = field.args.flatMap((argument) => writeArgument(writer, argument));
  const type = getNamedType(field.type);
  const inner = isCompositeType(type) ? ` ${writeSelections(writer, type, depth - 1)}` : '';
  return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${writeCondition(writer)}${inner}`;
}

function writeArgument(writer: Writer, argument: GraphQLArgument): string[] {
  const type = getNamedType(argument.type);
  if (!isNonNullType(argument.type) && writer.draw(2) === 0) return [];
  if (isEnumType(type)) return [`${argument.name}: ${pick(writer, type.getValues()).name}`];
  if (type.name === 'Int') return [`${argument.name}: ${pick(writer, [1, 3, 6])}`];
  return [`${argument.name}: "${pick(writer, ['p1', 'p2', 'p4', 'u1', 'u3', 'u9', 's1', 'none'])}"`];
}

function writeCondition(writer: Writer): string {
  if (writer.draw(7) > 0) return '';
  return ` @${pick(writer, ['skip', 'include'])}(if: ${pick(writer, ['$yes', '$no', '$unset', 'true', 'false'])})`;
}
