/** What this room says when it says no, in the languages of the shop. */
import type { Language } from '#platform/subgraph/context.ts';

type Text = (value?: string | number) => string;

const TEXTS = {
  SHAPE: { en: (problem) => `This is not what belongs here: ${problem}.`, zh: (problem) => `此处内容的格式不正确：${problem}。` },
  SLUG_FORM: { en: () => 'Use lower-case letters, digits and single hyphens, at most 120.', zh: () => '请使用小写字母、数字和单个连字符，最多 120 个字符。' },
  TEXT_MISSING: { en: () => 'Give the text in English or in Chinese.', zh: () => '请至少填写英文或中文。' },
  TEXT_EMPTY: { en: () => 'This may not be empty.', zh: () => '此项不能为空。' },
  TEXT_LONG: { en: (max) => `At most ${max} characters.`, zh: (max) => `最多 ${max} 个字符。` },
  TOO_FEW: { en: (min) => `At least ${min}.`, zh: (min) => `至少 ${min} 个。` },
  TOO_MANY: { en: (max) => `At most ${max}.`, zh: (max) => `最多 ${max} 个。` },
  NUMBER_RANGE: { en: (max) => `A whole number from 0 to ${max}.`, zh: (max) => `请填写 0 到 ${max} 的整数。` },
  SKU_REPEATED: { en: (sku) => `Two variants have the SKU ${sku}.`, zh: (sku) => `两个规格使用了同一 SKU ${sku}。` },
  SLUG_REPEATED: { en: () => 'This batch has two products with this slug.', zh: () => '本批次中有两个商品使用了该地址。' },
  OPTION_NAMES: { en: () => 'All variants of a product need the same options in the same order.', zh: () => '同一商品的所有规格必须使用相同且顺序一致的选项。' },
  OPTIONS_REPEATED: { en: () => 'Two variants have the same values for all options.', zh: () => '两个规格的选项值完全相同。' },
  MEDIA_URL: { en: () => 'Give the address of a file below /media/.', zh: () => '请填写 /media/ 下的文件地址。' },
  SLUG_TAKEN: { en: (slug) => `Another product has the address ${slug}.`, zh: (slug) => `已有其他商品使用地址 ${slug}。` },
  SKU_TAKEN: { en: (sku) => `Another product has the SKU ${sku}.`, zh: (sku) => `已有其他商品使用 SKU ${sku}。` },
  PRODUCT_UNKNOWN: { en: () => 'There is no such product.', zh: () => '没有这个商品。' },
  PRODUCT_CONFLICT: { en: () => 'Somebody else changed this product since you read it; nothing was saved.', zh: () => '您读取后，此商品已被他人修改；未保存任何内容。' },
  NOT_BOUGHT: { en: () => 'Only people who bought this product can review it.', zh: () => '只有购买过此商品的顾客才能评价。' },
} satisfies Record<string, Record<Language, Text>>;

export type RefusalText = keyof typeof TEXTS;

export function refusalText(kind: RefusalText, language: Language, value?: string | number): string {
  const text: Text = TEXTS[kind][language];
  return text(value);
}
