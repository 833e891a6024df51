/**
 * Two people changed one product. It is taken apart into facts (a text, an attribute, a variant by its SKU), and each fact
 * is compared with what both had read: changed by one, it is kept; changed by both, a person chooses. Nothing is lost.
 */
import { newKey } from '../../shared/time.ts';
import { canonical, type Draft, type VariantRow } from './draft.ts';

/** One fact as JSON text; absent from the map when the product does not have it. */
type Facts = Map<string, string>;

export interface Difference {
  /** E.g. `nameEn`, `attribute material`, `variant SHIRT-M`. */
  fact: string;
  base: string | null;
  mine: string | null;
  theirs: string | null;
}

export interface Merge {
  /** Changed by both, differently: to be chosen. */
  conflicts: Difference[];
  /** Changed by the other alone: taken over. */
  taken: Difference[];
  /** The product with a choice for every conflict; what is not chosen stays mine. */
  withChoices(choices: ReadonlyMap<string, 'mine' | 'theirs'>): Draft;
}

const TEXTS = ['slug', 'nameEn', 'nameZh', 'descriptionEn', 'descriptionZh', 'brand'] as const;

export function mergeDrafts(base: Draft, mine: Draft, theirs: Draft): Merge {
  const [before, own, other] = [factsOf(base), factsOf(mine), factsOf(theirs)];
  const conflicts: Difference[] = [];
  const taken: Difference[] = [];
  for (const fact of new Set([...other.keys(), ...own.keys(), ...before.keys()])) {
    const [was, here, there] = [before.get(fact) ?? null, own.get(fact) ?? null, other.get(fact) ?? null];
    if (here === there || there === was) continue;
    (here === was ? taken : conflicts).push({ fact, base: was, mine: here, theirs: there });
  }
  return {
    conflicts,
    taken,
    withChoices(choices) {
      const merged: Facts = new Map(own);
      const takeTheirs = ({ fact, theirs: there }: Difference): void => void (there === null ? merged.delete(fact) : merged.set(fact, there));
      taken.forEach(takeTheirs);
      conflicts.filter(({ fact }) => choices.get(fact) === 'theirs').forEach(takeTheirs);
      return draftOfFacts(merged, theirs, mine);
    },
  };
}

function factsOf(draft: Draft): Facts {
  const facts: Facts = new Map();
  for (const name of TEXTS) facts.set(name, canonical(draft[name].trim()));
  facts.set('categories', canonical(draft.categories.map(({ en, zh }) => ({ en, zh }))));
  facts.set('media', canonical(draft.media.map(({ url, altEn, altZh }) => ({ url, altEn, altZh }))));
  facts.set('options', canonical(draft.optionNames));
  for (const { name, en, zh } of draft.attributes) facts.set(`attribute ${name}`, canonical({ en, zh }));
  for (const variant of draft.variants) facts.set(`variant ${variant.sku}`, canonical(variantFact(variant)));
  return facts;
}

const variantFact = ({ price, compareAt, options, imageUrl, initialStock, id }: VariantRow) => ({ price, compareAt, options, imageUrl, initialStock, id });

/** In their order, with what only I have after it. */
function draftOfFacts(facts: Facts, theirs: Draft, mine: Draft): Draft {
  const read = <T>(fact: string): T => JSON.parse(facts.get(fact)!) as T;
  const names = [...new Set([...theirs.attributes, ...mine.attributes].map(({ name }) => name))];
  const skus = [...new Set([...theirs.variants, ...mine.variants].map(({ sku }) => sku))];
  const text = (name: (typeof TEXTS)[number]): string => read<string>(name);
  const keyed = <T extends object>(row: T): T & { key: string } => ({ key: newKey(), ...row });
  return {
    slug: text('slug'), nameEn: text('nameEn'), nameZh: text('nameZh'), descriptionEn: text('descriptionEn'), descriptionZh: text('descriptionZh'), brand: text('brand'),
    categories: read<{ en: string; zh: string }[]>('categories').map(keyed),
    media: read<{ url: string; altEn: string; altZh: string }[]>('media').map(keyed),
    optionNames: read<string[]>('options'),
    attributes: names.filter((name) => facts.has(`attribute ${name}`)).map((name) => keyed({ name, ...read<{ en: string; zh: string }>(`attribute ${name}`) })),
    variants: skus.filter((sku) => facts.has(`variant ${sku}`)).map((sku) => keyed({ sku, ...read<ReturnType<typeof variantFact>>(`variant ${sku}`) })),
  };
}

/** A fact in a line, for people. */
export function showFact(json: string | null): string {
  if (json === null) return '';
  return flat(JSON.parse(json));
}

const SHOWN_FIRST = ['url', 'en', 'zh', 'price', 'compareAt', 'options'];

function flat(value: unknown): string {
  if (Array.isArray(value)) return value.map(flat).filter(Boolean).join('\n');
  if (typeof value !== 'object' || value === null) return String(value ?? '');
  const order = (name: string): number => (SHOWN_FIRST.includes(name) ? SHOWN_FIRST.indexOf(name) : SHOWN_FIRST.length);
  return Object.entries(value).filter(([name]) => name !== 'id').sort(([one], [other]) => order(one) - order(other)).map(([, part]) => flat(part)).filter(Boolean).join(' · ');
}
