/** Every attribute value and option value there is, as a number: rows hold numbers, filters compare them. */
import type { Attribute, Localized, Variant } from './product.ts';

export interface FacetName {
  /** The attribute's or option's name, as filters take it. */
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
  /** Chinese names of attributes and options by their names. */
  readonly #nameZh = new Map<string, string>();
  /** And back: several names may have one Chinese name. */
  readonly #namesByZh = new Map<string, Set<string>>();

  get count(): number {
    return this.#names.length;
  }

  at = (number: number): FacetName => this.#names[number]!;

  numbersOf(attributes: readonly Attribute[], variants: readonly Variant[]): number[] {
    const numbers = new Set<number>();
    for (const { name, nameZh, value } of attributes) numbers.add(this.#number(name, nameZh, value));
    for (const variant of variants) {
      for (const { name, nameZh, value, valueZh } of variant.options) numbers.add(this.#number(name, nameZh, { en: value, zh: valueZh }));
    }
    return [...numbers];
  }

  /** What an attribute or option is called to readers. */
  labelOf = (name: string): Localized => ({ en: name, zh: this.#nameZh.get(name.toLowerCase()) ?? null });

  /** The numbers that any of these values of an attribute or option stands for; name and values in either language. */
  matching(name: string, values: readonly string[]): ReadonlySet<number> {
    const numbers = new Set<number>();
    for (const called of [name, ...(this.#namesByZh.get(name.toLowerCase()) ?? [])]) {
      for (const value of values) {
        for (const number of this.#byText.get(textKey(called, value)) ?? []) numbers.add(number);
      }
    }
    return numbers;
  }

  #number(name: string, nameZh: string | null, label: Localized): number {
    if (nameZh) this.#call(name.toLowerCase(), nameZh);
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
    for (const text of [value, label.zh]) if (text) add(this.#byText, textKey(name, text), number);
    return number;
  }

  #call(name: string, nameZh: string): void {
    if (this.#nameZh.get(name) === nameZh) return;
    this.#nameZh.set(name, nameZh);
    add(this.#namesByZh, nameZh.toLowerCase(), name);
  }
}

function add<Value>(sets: Map<string, Set<Value>>, key: string, value: Value): void {
  const known = sets.get(key);
  if (known) known.add(value);
  else sets.set(key, new Set([value]));
}

const textKey = (name: string, value: string): string => `${name.toLowerCase()}\n${value.toLowerCase()}`;
