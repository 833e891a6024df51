/** Why something is recommended, for people. */
import { inLanguage, type Language } from '#platform/subgraph/context.ts';

export type ReasonKind = 'BOUGHT' | 'VIEWED' | 'GOES_WITH' | 'FOR_YOU' | 'POPULAR';

export interface Name {
  en: string | null;
  zh: string | null;
}

const NAMED: Record<Exclude<ReasonKind, 'FOR_YOU'>, (name: string) => Record<Language, string>> = {
  BOUGHT: (name) => ({ en: `Because you bought ${name}`, zh: `因为您买过「${name}」` }),
  VIEWED: (name) => ({ en: `Because you looked at ${name}`, zh: `因为您看过「${name}」` }),
  GOES_WITH: (name) => ({ en: `Goes with ${name}`, zh: `与「${name}」搭配` }),
  POPULAR: (name) => ({ en: `Popular in ${name}`, zh: `「${name}」热销` }),
};
const PLAIN: Record<ReasonKind, Record<Language, string>> = {
  BOUGHT: { en: 'Picked for you', zh: '为您精选' },
  VIEWED: { en: 'Picked for you', zh: '为您精选' },
  GOES_WITH: { en: 'Picked for you', zh: '为您精选' },
  FOR_YOU: { en: 'Picked for you', zh: '为您精选' },
  POPULAR: { en: 'Popular right now', zh: '当前热销' },
};

/** `name` is what the reason speaks of: a product, or for POPULAR a category. */
export function reasonText(language: Language, kind: ReasonKind, name: Name | null): string {
  const said = name && inLanguage(language, name);
  return said && kind !== 'FOR_YOU' ? NAMED[kind](said)[language] : PLAIN[kind][language];
}

export const ALREADY_TRAINING: Record<Language, string> = { en: 'A training is under way already.', zh: '已有一次训练正在进行。' };
