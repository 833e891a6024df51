/** Every attribute value and option value there is, as a number: rows hold numbers, filters compare them. */
import type { Attribute, Localized, Variant } from './product.ts';

export interface FacetName {
  /** The attribute's or option's name. */
  name: string;
  /** What filters give back: the English value, else the Chinese one. */
  value: string;
  label: Localized;
}

export class FacetNames {
  readonly #names: FacetName[] = [];
  readonly #numbers = new Map<string, number>();
  /** Numbers by name and by value in either language. */
  readonly #byText = new Map<string, Set<number>>();

  get count(): number {
    return this.#names.length;
  }

  at = (number: number): FacetName => this.#names[number]!;

  numbersOf(attributes: readonly Attribute[], variants: readonly Variant[]): number[] {
    const numbers = new Set<number>();
    for (const { name, value } of attributes) numbers.add(this.#number(name, value));
    for (const variant of variants) {
      for (const { name, value } of variant.options) numbers.add(this.#number(name, { en: value, zh: null }));
    }
    return [...numbers];
  }

  /** The numbers that any of these values of an attribute stands for. */
  matching(name: string, values: readonly string[]): ReadonlySet<number> {
    const numbers = new Set<number>();
    for (const value of values) {
      for (const number of this.#byText.get(textKey(name, value)) ?? []) numbers.add(number);
    }
    return numbers;
  }

  #number(name: string, label: Localized): number {
    const value = label.en ?? label.zh ?? '';
    const key = textKey(name, value);
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.#names.length;
      this.#numbers.set(key, number);
      this.#names.push({ name, value, label: { ...label } });
    } else if (label.zh) {
      this.#names[number]!.label.zh = label.zh;
    }
    for (const text of [value, label.zh]) if (text) this.#link(textKey(name, text), number);
    return number;
  }

  #link(key: string, number: number): void {
    const known = this.#byText.get(key);
    if (known) known.add(number);
    else this.#byText.set(key, new Set([number]));
  }
}

const textKey = (name: string, value: string): string => `${name.toLowerCase()}\n${value.toLowerCase()}`;
