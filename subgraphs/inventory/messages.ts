/** What this room says to people, in their language. */
import type { Language } from '#platform/subgraph/context.ts';
import type { StockOutcome } from './adjust-stock.ts';

type Refused = Extract<StockOutcome, { refused: string }>;

const MESSAGES: Record<Refused['refused'], Record<Language, (held: number) => string>> = {
  BELOW_HELD: {
    en: (held) => `Orders on their way hold ${held} of these; there cannot be fewer on hand.`,
    zh: (held) => `进行中的订单占用了 ${held} 件，库存不能低于此数。`,
  },
  VARIANT_UNKNOWN: { en: () => 'There is no such variant in stock.', zh: () => '库存中没有此规格。' },
  TOO_MUCH: { en: () => 'That is more than a level can hold.', zh: () => '数量超出了库存上限。' },
};

export const messageFor = (language: Language, { refused, held = 0 }: Refused): string => MESSAGES[refused][language](held);
