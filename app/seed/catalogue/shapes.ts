/** How the demo catalogue is written down: a department a file, a shelf a category, a row a product. */
import type { ColourName } from './colours.ts';

/** A text in English and Chinese. */
export type Pair = readonly [en: string, zh: string];

/** What sets a product apart beyond its row; what is absent comes from its shelf. */
export interface More {
  /** Price before, in minor units. */
  was?: number;
  brand?: string;
  /** Words of `facts.ts`, separated by spaces; added to the shelf's. */
  facts?: string;
  /** Colours to choose from, separated by spaces. */
  colours?: string;
  /** Sizes to choose from, separated by spaces; '' for none where the shelf has some. */
  sizes?: string;
  /** Another option: its name, then values, each with what it adds to the price, e.g. `['Weight', '250 g', '1 kg+2100']`. */
  kinds?: readonly string[];
  /** The colour the drawing takes when there is none to choose. */
  tint?: ColourName;
  /** `low`: a few left; `out`: none left; `some`: the first kind is sold out. */
  stock?: 'low' | 'out' | 'some';
}

export type Row = readonly [en: string, zh: string, icon: string, priceMinor: number, phraseEn: string, phraseZh: string, more?: More];

export interface Shelf {
  name: Pair;
  icon: string;
  brands: readonly string[];
  /** Sentences that complete a description, taken in turn. */
  about: readonly Pair[];
  /** Which reviews fit: a key of `reviews.ts`. */
  reviews: string;
  facts?: string;
  sizes?: string;
  colours?: string;
  rows: readonly Row[];
}

export interface Department {
  name: Pair;
  icon: string;
  shelves: readonly Shelf[];
}
