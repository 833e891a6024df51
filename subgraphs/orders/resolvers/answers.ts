/** What became of a mutation, as the members of its union. */
import type { Language } from '#platform/subgraph/context.ts';
import type { ChangeAnswer } from '../change-order.ts';
import { failureOf } from '../order-rows.ts';
import type { PlaceOrderRefusal } from '../place-order.ts';
import { declineCode, declineText, refusalText, type RefusalCode } from '../texts.ts';
import type { OrderView } from './view.ts';

type Member = Record<string, unknown> & { __typename: string };

const refused = (language: Language, code: RefusalCode): Member => ({ __typename: 'OrderRefused', code, message: refusalText(language, code) });

export const placeOrderRefused = (language: Language, code: PlaceOrderRefusal): Member =>
  code === 'PRICE_CHANGED' ? { __typename: 'PriceChanged', code, message: refusalText(language, code) } : refused(language, code);

/** The order, or why the checkout did not come to one. An order that somebody called off is an order. */
export function placedOrder(language: Language, view: OrderView): Member {
  const failure = view.row.status === 'CANCELLED' ? failureOf(view.row) : null;
  switch (failure?.code) {
    case undefined:
    case 'CANCELLED_BY_SHOPPER':
    case 'CANCELLED_BY_SHOP':
      return { __typename: 'Order', ...view };
    case 'OUT_OF_STOCK': {
      const { variantId, available } = failure?.data ?? {};
      return { __typename: 'OutOfStock', code: 'OUT_OF_STOCK', message: refusalText(language, 'OUT_OF_STOCK'), variantId, available: available ?? 0 };
    }
    case 'PAYMENT_DECLINED': {
      const code = declineCode(failure?.data?.declineCode);
      return { __typename: 'PaymentDeclined', code, message: declineText(language, code), order: view };
    }
    case 'PROVIDER_UNAVAILABLE':
      return refused(language, 'PROVIDER_UNAVAILABLE');
    default:
      return refused(language, 'ORDER_CANCELLED');
  }
}

export const changedOrder = (language: Language, answer: ChangeAnswer, view: OrderView): Member =>
  answer.refusal === null ? { __typename: 'Order', ...view } : refused(language, answer.refusal);
