/** What shoppers and staff read of an order, in English and Chinese. */
import type { Language } from '#platform/subgraph/context.ts';
import type { TimelineKind } from './order-rows.ts';

type Text = Record<Language, string>;
type Detail = Record<string, unknown>;

export const moneyText = (language: Language, amountMinor: number, currency: string): string => {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
};

const DECLINES: Record<string, Text> = {
  INSUFFICIENT_FUNDS: { en: 'The card does not have enough money.', zh: '卡内余额不足。' },
  ACTION_EXPIRED: { en: 'The time to confirm the payment is over.', zh: '确认支付的时间已过。' },
  AUTHENTICATION_FAILED: { en: 'The payment was not confirmed at the bank.', zh: '银行未能确认这笔支付。' },
  PAYMENT_DECLINED: { en: 'The bank declined the payment.', zh: '银行拒绝了这笔支付。' },
};

/** A finer word of the provider that shoppers can do something about; else PAYMENT_DECLINED. */
export const declineCode = (code: unknown): string => (typeof code === 'string' && code in DECLINES ? code : 'PAYMENT_DECLINED');
export const declineText = (language: Language, code: unknown): string => DECLINES[declineCode(code)]![language];

const CANCELLATIONS: Record<string, Text> = {
  CANCELLED_BY_SHOPPER: { en: 'Called off by the shopper.', zh: '顾客已取消订单。' },
  CANCELLED_BY_SHOP: { en: 'Called off by the shop.', zh: '商店已取消订单。' },
  OUT_OF_STOCK: { en: 'Called off: not enough in stock.', zh: '订单已取消：库存不足。' },
  PAYMENT_DECLINED: { en: 'Called off: the payment was declined.', zh: '订单已取消：支付被拒绝。' },
  PROVIDER_UNAVAILABLE: { en: 'Called off: the payment provider did not answer.', zh: '订单已取消：支付服务暂不可用。' },
};
const CALLED_OFF: Text = { en: 'Called off.', zh: '订单已取消。' };

const TIMELINE: Record<TimelineKind, (language: Language, detail: Detail) => string> = {
  PLACED: (language) => ({ en: 'Order placed.', zh: '订单已提交。' })[language],
  STOCK_HELD: (language) => ({ en: 'The goods are set aside.', zh: '商品已预留。' })[language],
  ACTION_REQUIRED: (language) => ({ en: 'Please confirm the payment at your bank.', zh: '请在银行页面确认支付。' })[language],
  AUTHORISED: (language) => ({ en: 'Payment authorised.', zh: '支付已授权。' })[language],
  DECLINED: (language, { declineCode: code }) => declineText(language, code),
  CONFIRMED: (language) => ({ en: 'Order confirmed.', zh: '订单已确认。' })[language],
  CAPTURED: (language) => ({ en: 'Payment received.', zh: '已收到付款。' })[language],
  SHIPPED: (language, { carrier, trackingNumber }) => ({ en: `Handed to ${carrier}, tracking number ${trackingNumber}.`, zh: `已交由 ${carrier} 配送，运单号 ${trackingNumber}。` })[language],
  DELIVERED: (language) => ({ en: 'Delivered.', zh: '已送达。' })[language],
  VOIDED: (language) => ({ en: 'The authorised payment was released.', zh: '支付授权已解除。' })[language],
  REFUNDED: (language, { amountMinor, currency }) => {
    const amount = moneyText(language, Number(amountMinor), String(currency));
    return { en: `${amount} refunded.`, zh: `已退款 ${amount}。` }[language];
  },
  CANCELLED: (language, { code }) => (CANCELLATIONS[String(code)] ?? CALLED_OFF)[language],
};

export const timelineText = (language: Language, kind: TimelineKind, detail: Detail): string => TIMELINE[kind](language, detail);

const REFUSALS = {
  CART_NOT_FOUND: { en: 'There is no such cart.', zh: '找不到该购物车。' },
  CART_EMPTY: { en: 'The cart is empty.', zh: '购物车是空的。' },
  VARIANT_UNAVAILABLE: { en: 'Something in the cart is no longer sold; take it out and try again.', zh: '购物车中有商品已下架，请移除后重试。' },
  PRICE_CHANGED: { en: 'A price has changed since you saw it; look at the cart and try again.', zh: '商品价格有变动，请查看购物车后重试。' },
  TOTAL_TOO_LARGE: { en: 'The total is larger than an order can be.', zh: '订单总额超出上限。' },
  PROVIDER_UNAVAILABLE: { en: 'This way of paying is not available now; nothing was taken.', zh: '该支付方式暂不可用，未产生扣款。' },
  ORDER_CANCELLED: { en: 'The order could not be completed and was called off; nothing was taken.', zh: '订单未能完成，已取消，未产生扣款。' },
  OUT_OF_STOCK: { en: 'Not enough of an item is left.', zh: '有商品库存不足。' },
  NOT_CANCELLABLE: { en: 'This order can no longer be called off.', zh: '该订单已无法取消。' },
  NOT_SHIPPABLE: { en: 'This order cannot be shipped now.', zh: '该订单目前不能发货。' },
  NOT_DELIVERABLE: { en: 'Only an order that was shipped can arrive.', zh: '只有已发货的订单才能标记为送达。' },
  NOT_REFUNDABLE: { en: 'Nothing can be refunded for this order now.', zh: '该订单目前不能退款。' },
  REFUND_TOO_LARGE: { en: 'That is more than is left to refund.', zh: '退款金额超过可退余额。' },
  NOT_STUCK: { en: 'Nothing about this order is stuck.', zh: '该订单没有卡住的流程。' },
  TICKET_UNKNOWN: { en: 'There is no such flash sale ticket.', zh: '找不到该秒杀资格。' },
  SHIPPING_METHOD_UNKNOWN: { en: 'There is no such shipping method.', zh: '没有这种配送方式。' },
} satisfies Record<string, Text>;

export type RefusalCode = keyof typeof REFUSALS;
export const refusalText = (language: Language, code: RefusalCode): string => REFUSALS[code][language];
