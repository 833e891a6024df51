/** What this room says to people, in their language. */
import type { Language } from '#platform/subgraph/context.ts';
import { MAX_LINES, MAX_UNITS_A_LINE, type Problem, type RefusalCode, type Refused } from './cart.ts';

type Text = Record<Language, string>;

const REFUSALS: Record<RefusalCode, Text> = {
  CART_NOT_FOUND: { en: 'This cart is not there, or it is not yours.', zh: '购物车不存在或不属于您。' },
  LINE_NOT_FOUND: { en: 'This line is no longer in the cart.', zh: '该商品已不在购物车中。' },
  VARIANT_UNAVAILABLE: { en: 'This article cannot be bought at the moment.', zh: '该商品目前无法购买。' },
  QUANTITY_LIMIT: { en: `At most ${MAX_UNITS_A_LINE} of one article fit in a cart.`, zh: `每种商品最多可购买 ${MAX_UNITS_A_LINE} 件。` },
  CART_FULL: { en: `A cart holds at most ${MAX_LINES} different articles.`, zh: `购物车最多可放 ${MAX_LINES} 种商品。` },
  TOTAL_TOO_LARGE: { en: 'The total would be more than one order can hold.', zh: '总金额超出了单笔订单的上限。' },
};

const PROBLEMS: Record<Exclude<Problem['code'], 'PRICE_MOVED' | 'STOCK_SHORT'>, Text> = {
  OUT_OF_STOCK: { en: 'Sold out.', zh: '已售罄。' },
  UNAVAILABLE: { en: 'No longer sold.', zh: '已下架。' },
  NOT_CHECKED: { en: 'Price and stock cannot be checked right now.', zh: '暂时无法核对价格和库存。' },
  TOTAL_TOO_LARGE: REFUSALS.TOTAL_TOO_LARGE,
};

export function refusalMessage(language: Language, refusal: Refused): string {
  return refusal.refused === 'OUT_OF_STOCK' ? stockMessage(language, refusal.available) : REFUSALS[refusal.refused][language];
}

export function problemMessage(language: Language, problem: Problem): string {
  if (problem.code === 'STOCK_SHORT') return stockMessage(language, problem.available);
  if (problem.code !== 'PRICE_MOVED') return PROBLEMS[problem.code][language];
  const rose = problem.toMinor > problem.fromMinor;
  if (language === 'zh') return rose ? '价格已上涨。' : '价格已下降。';
  return rose ? 'The price has gone up since you put this in.' : 'The price has gone down since you put this in.';
}

function stockMessage(language: Language, available: number): string {
  if (available === 0) return PROBLEMS.OUT_OF_STOCK[language];
  return language === 'zh' ? `仅剩 ${available} 件。` : `Only ${available} left.`;
}
