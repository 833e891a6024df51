/** Names and values of facts and options: as the shop says them, and the usual ones in the reader's language where goods have only one. */

export interface Named {
  /** The same in every language; filters take it. */
  name: string;
  /** In the reader's language; the name again where the shop has no word for it. */
  label: string;
}

/** What a fact or a filter is called to a reader. */
export const labelOf = ({ name, label }: Named, t: Translate): string => (label === name ? facetName(name, t) : label.charAt(0).toUpperCase() + label.slice(1));

/** The name of an attribute or option in the reader's language, as far as it is a usual one. */
export function facetName(name: string, t: Translate): string {
  return t(`list.facets.${keyOf(name)}`, { defaultValue: name.charAt(0).toUpperCase() + name.slice(1) });
}

/** A usual colour in the reader's language; sizes and the like are the same in all. */
export const optionValue = (value: string, t: Translate): string => t(`values.${keyOf(value)}`, { defaultValue: value });

/** An attribute with several values is one fact. */
export function factsOf(attributes: readonly (Named & { value: string })[], t: Translate): { label: string; values: string[] }[] {
  const facts = new Map<string, string[]>();
  for (const attribute of attributes) {
    const label = labelOf(attribute, t);
    facts.set(label, [...(facts.get(label) ?? []), attribute.value]);
  }
  return [...facts].map(([label, values]) => ({ label, values }));
}

/** "Blue, White", "蓝色、白色". */
export const listed = (values: readonly string[], language: string): string => values.join(language === 'zh' ? '、' : ', ');

type Translate = (key: any, options: { defaultValue: string }) => string;
const keyOf = (name: string): string => name.toLowerCase().replace(/[^a-z]+/g, '_');
