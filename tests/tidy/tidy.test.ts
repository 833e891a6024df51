/** The house rules as tests: what a person would otherwise have to be told twice. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse, visit } from 'graphql';
import { describe, expect, test } from 'vitest';
import { forbiddenArrow, importsOf, isCode, isTest, trackedFiles } from './files.ts';

const files = trackedFiles();
const code = files.filter(isCode);
const text = new Map(code.map((file) => [file, readFileSync(file, 'utf8')]));
const offenders = (of: readonly string[], offends: (file: string) => boolean) => of.filter(offends);
const serverCode = code.filter((file) => /^(app|platform|router|subgraphs|schema)\//.test(file) && !isTest(file));

/** A named exception: the file, and why. */
const MAY_READ_ENVIRONMENT: Record<string, string> = {
  'app/config.ts': 'it is the configuration',
  'router/compose.ts': 'switches the telemetry of a library off before it is loaded',
  'router/apollo.ts': 'switches the telemetry of a library off before it is loaded',
};

describe('arrows', () => {
  test('rooms meet in the schema only, and nothing points up', () => {
    const wrong = code.flatMap((file) => importsOf(file, text.get(file)!).filter((target) => forbiddenArrow(file, target)).map((target) => `${file} → ${target}`));
    expect(wrong).toEqual([]);
  });

  test('a domain file that says so imports nothing from the platform but types', () => {
    const domain = ['subgraphs/orders/order.ts', 'subgraphs/inventory/level.ts', 'subgraphs/cart/cart.ts'].filter((file) => text.has(file));
    expect(offenders(domain, (file) => /^import (?!type).*#platform/m.test(text.get(file)!))).toEqual([]);
  });
});

describe('names', () => {
  test('files and folders are kebab-case', () => {
    const odd = files.filter((file) => !/^(\.|[A-Z])/.test(basename(file)) && !/^[a-z0-9]+([-.][a-z0-9]+)*$/.test(basename(file)) && !/__|Dockerfile|Jenkinsfile/.test(file));
    expect(odd.filter((file) => isCode(file) && !file.startsWith('clients/'))).toEqual([]);
  });

  test('no folder and no class is named for nothing', () => {
    expect(offenders(code, (file) => /(^|\/)(services|repositories|dto|utils|impl|common|helpers)\//.test(file))).toEqual([]);
    expect(offenders(code, (file) => /\b(class|interface) (I[A-Z]\w+|\w+(Manager|Helper|Util|Utils|Impl)|Base[A-Z]\w+)\b/.test(text.get(file)!))).toEqual([]);
  });

  test('no text names a place of one machine or the host of a registry', () => {
    const places = [/(^|[\s'"`(=])\/(work|root|home\/\w+)\//, /registry\.[a-z]+\.(org|com)/];
    const texts = files.filter((file) => /\.(ts|tsx|mjs|md|graphql|json|ya?ml)$/.test(file) && !/package-lock|\/gql\//.test(file));
    expect(texts.filter((file) => places.some((place) => place.test(readFileSync(file, 'utf8'))))).toEqual([]);
  });
});

describe('edges', () => {
  test('the environment is read in one place', () => {
    expect(offenders(serverCode, (file) => /process\.env/.test(text.get(file)!) && !(file in MAY_READ_ENVIRONMENT))).toEqual([]);
  });

  test('clock, timers and randomness are ports', () => {
    const calls = /\b(Date\.now\(|new Date\(\)|Math\.random\(|setTimeout\(|setInterval\(|randomUUID\(|randomBytes\(|randomInt\()/;
    const rooms = serverCode.filter((file) => /^(subgraphs|platform)\//.test(file) && !/^platform\/(clock|ids)\//.test(file));
    expect(offenders(rooms, (file) => calls.test(withoutComments(text.get(file)!)))).toEqual([]);
  });

  test('no catch is empty, no test is skipped or focused', () => {
    expect(offenders(code, (file) => /catch\s*(\([^)]*\))?\s*\{\s*\}|\.catch\(\(\)\s*=>\s*(\{\s*\}|undefined|null)\)/.test(text.get(file)!))).toEqual([]);
    expect(offenders(code.filter(isTest), (file) => /\b(it|test|describe)\.(skip|only|todo|skipIf|runIf)\b/.test(text.get(file)!) && !file.startsWith('tests/tidy'))).toEqual([]);
  });

  test('engines are chosen in one place', () => {
    const adapters = /from '#platform\/\w+\/(sqlite|mysql|redis|kafka|consul|smtp|embedded)\.ts'/;
    expect(offenders(serverCode, (file) => adapters.test(text.get(file)!) && !file.startsWith('platform/') && file !== 'app/engines.ts')).toEqual([]);
  });
});

describe('schema', () => {
  const schemas = files.filter((file) => /^(subgraphs\/\w+\/schema|schema\/shared)\.graphql$/.test(file));

  test('every type, field, argument of a mutation and enum value is described', () => {
    const bare = schemas.flatMap((file) => {
      const missing: string[] = [];
      const check = (node: any, name: string) => void (node.description?.value.trim() || missing.push(`${file}: ${name}`));
      visit(parse(readFileSync(file, 'utf8')), {
        ObjectTypeDefinition: (node) => {
          if (!['Query', 'Mutation', 'Subscription'].includes(node.name.value)) check(node, node.name.value);
          for (const field of node.fields ?? []) check(field, `${node.name.value}.${field.name.value}`);
        },
        InterfaceTypeDefinition: (node) => [node, ...(node.fields ?? [])].forEach((part) => check(part, `${node.name.value} ${part.name.value}`)),
        InputObjectTypeDefinition: (node) => [node, ...(node.fields ?? [])].forEach((part) => check(part, `${node.name.value} ${part.name.value}`)),
        EnumTypeDefinition: (node) => [node, ...(node.values ?? [])].forEach((part) => check(part, `${node.name.value} ${part.name.value}`)),
        UnionTypeDefinition: (node) => check(node, node.name.value),
      });
      return missing;
    });
    expect(bare).toEqual([]);
  });

  test('root fields and links into other rooms are nullable', () => {
    const strict = schemas.flatMap((file) => {
      const found: string[] = [];
      visit(parse(readFileSync(file, 'utf8')), {
        ObjectTypeDefinition(node) {
          if (!['Query', 'Mutation', 'Subscription'].includes(node.name.value)) return;
          for (const field of node.fields ?? []) if (field.type.kind === 'NonNullType') found.push(`${file}: ${node.name.value}.${field.name.value}`);
        },
      });
      return found;
    });
    expect(strict).toEqual([]);
  });
});

test('sizes: the longest files, to be looked at', () => {
  const long = serverCode
    .map((file) => ({ file, lines: text.get(file)!.split('\n').length }))
    .filter(({ file, lines }) => lines > 300 && !/seed\/catalogue/.test(file))
    .sort((left, right) => right.lines - left.lines);
  if (long.length > 0) console.info(`Files over 300 lines:\n${long.map(({ file, lines }) => `  ${lines} ${file}`).join('\n')}`);
  expect(long.filter(({ lines }) => lines > 600)).toEqual([]);
});

test('the lock file names no registry', () => {
  expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved"');
});

function withoutComments(source: string): string {
  return source.replace(/\/\*[^]*?\*\//g, '').replace(/\/\/.*$/gm, '');
}
