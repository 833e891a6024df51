/** Names and values of options that goods keep in one language: the usual ones are said in the reader's. */

/** The name of an attribute or option in the reader's language, as far as it is a usual one. */
export function facetName(name: string, t: Translate): string {
  return t(`list.facets.${keyOf(name)}`, { defaultValue: name.charAt(0).toUpperCase() + name.slice(1) });
}

/** A usual colour in the reader's language; sizes and the like are the same in all. */
export const optionValue = (value: string, t: Translate): string => t(`values.${keyOf(value)}`, { defaultValue: value });

type Translate = (key: any, options: { defaultValue: string }) => string;
const keyOf = (name: string): string => name.toLowerCase().replace(/[^a-z]+/g, '_');
