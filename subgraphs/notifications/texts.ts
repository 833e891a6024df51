/** What notifications say, in English and Chinese, in the inbox and in letters. */
import { inLanguage, type Language } from '#platform/subgraph/context.ts';
import type { NotificationData, NotificationKind } from './kinds.ts';

export interface Text {
  title: string;
  body: string;
}

export const moneyText = (language: Language, amountMinor: number, currency: string): string => {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

type Template = (data: Words) => Text;
/** Data with everything that depends on the language already put into words. */
interface Words extends NotificationData {
  amount: string;
  from: string;
  what: string;
  /** ` GM-1042`, or nothing. */
  order: string;
}

const CODES: Record<string, Record<Language, string>> = {
  OUT_OF_STOCK: { en: 'Not enough of an item was left.', zh: '有商品库存不足。' },
  PROVIDER_UNAVAILABLE: { en: 'The payment provider did not answer.', zh: '支付服务暂不可用。' },
  CANCELLED_BY_SHOPPER: { en: 'You called it off.', zh: '您已取消该订单。' },
  CANCELLED_BY_SHOP: { en: 'The shop called it off.', zh: '商店已取消该订单。' },
};
const why = (language: Language, code: string | undefined): string => CODES[code ?? '']?.[language] ?? '';
const sentence = (...parts: string[]): string => parts.filter(Boolean).join(' ');

const TEMPLATES: Record<Language, Record<NotificationKind, Template>> = {
  en: {
    ORDER_CONFIRMED: ({ order, amount }) => ({ title: `Order${order} confirmed`, body: sentence(`Thank you! Your order${order} is confirmed.`, amount && `Total ${amount}.`) }),
    ORDER_SHIPPED: ({ order, carrier, trackingNumber }) => ({ title: `Order${order} is on its way`, body: `Handed to ${carrier}, tracking number ${trackingNumber}.` }),
    ORDER_DELIVERED: ({ order }) => ({ title: `Order${order} delivered`, body: `Your parcel has arrived. Enjoy it!` }),
    ORDER_CANCELLED: ({ order, code }) => ({ title: `Order${order} cancelled`, body: sentence(`Your order${order} was called off.`, why('en', code)) }),
    ORDER_REFUNDED: ({ order, amount }) => ({ title: `Refund for order${order}`, body: `${amount} goes back to the way you paid.` }),
    PAYMENT_DECLINED: ({ order }) => ({ title: `Payment declined`, body: `The bank declined the payment for order${order}. Nothing was taken; your cart is kept.` }),
    PAYMENT_ACTION_REQUIRED: ({ order }) => ({ title: 'Please confirm your payment', body: `Your bank wants you to confirm the payment for order${order}. The order waits a quarter of an hour.` }),
    BACK_IN_STOCK: ({ what }) => ({ title: `${what} is back`, body: `${what} can be bought again.` }),
    PRICE_DROP: ({ what, amount, from }) => ({ title: `${what} costs less`, body: `Now ${amount} instead of ${from}.` }),
    LOW_STOCK: ({ what, available }) => ({ title: `${what} is running low`, body: available === 1 ? '1 unit is left.' : `${available} units are left.` }),
  },
  zh: {
    ORDER_CONFIRMED: ({ order, amount }) => ({ title: `订单${order} 已确认`, body: `谢谢！您的订单${order} 已确认。${amount && `合计 ${amount}。`}` }),
    ORDER_SHIPPED: ({ order, carrier, trackingNumber }) => ({ title: `订单${order} 已发货`, body: `已交由 ${carrier} 配送，运单号 ${trackingNumber}。` }),
    ORDER_DELIVERED: ({ order }) => ({ title: `订单${order} 已送达`, body: '您的包裹已送达，祝您使用愉快！' }),
    ORDER_CANCELLED: ({ order, code }) => ({ title: `订单${order} 已取消`, body: `您的订单${order} 已取消。${why('zh', code)}` }),
    ORDER_REFUNDED: ({ order, amount }) => ({ title: `订单${order} 已退款`, body: `${amount} 将退回您的支付方式。` }),
    PAYMENT_DECLINED: ({ order }) => ({ title: '支付被拒绝', body: `银行拒绝了订单${order} 的支付。未产生扣款，购物车已保留。` }),
    PAYMENT_ACTION_REQUIRED: ({ order }) => ({ title: '请确认支付', body: `银行需要您确认订单${order} 的支付，订单为您保留一刻钟。` }),
    BACK_IN_STOCK: ({ what }) => ({ title: `${what} 到货了`, body: `${what} 现在可以购买。` }),
    PRICE_DROP: ({ what, amount, from }) => ({ title: `${what} 降价了`, body: `现价 ${amount}，原价 ${from}。` }),
    LOW_STOCK: ({ what, available }) => ({ title: `${what} 库存紧张`, body: `仅剩 ${available} 件。` }),
  },
};

const THING: Record<Language, string> = { en: 'Something you watch', zh: '您关注的商品' };

export function textOf(language: Language, kind: NotificationKind, data: NotificationData): Text {
  const money = (minor: number | undefined): string => (minor === undefined || data.currency === undefined ? '' : moneyText(language, minor, data.currency));
  const words: Words = {
    ...data,
    amount: money(data.amountMinor),
    from: money(data.fromMinor),
    what: inLanguage(language, data.name ?? {}) || THING[language],
    order: data.number === undefined ? '' : ` ${data.number}`,
  };
  return TEMPLATES[language][kind](words);
}

const REFUSALS = {
  TIME_ZONE_UNKNOWN: { en: 'There is no such time zone.', zh: '没有这个时区。' },
  VARIANT_UNKNOWN: { en: 'This is no longer sold.', zh: '该商品已下架。' },
  TOO_MANY_WATCHES: { en: 'You watch as much as one can; take something off first.', zh: '关注数量已达上限，请先取消一些。' },
} satisfies Record<string, Record<Language, string>>;

export type RefusalCode = keyof typeof REFUSALS;
export const refused = (language: Language, code: RefusalCode) => ({ __typename: 'NotificationRefused', code, message: REFUSALS[code][language] });
