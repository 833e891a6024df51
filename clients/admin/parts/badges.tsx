/** Where things stand, in a word and a colour; the colour alone never says it. */
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderStatus, PaymentStatus } from '../gql/graphql.ts';

type Tone = '' | 'accent' | 'good' | 'warn' | 'bad';

const ORDER_TONES: Record<OrderStatus, Tone> = { PENDING: 'warn', CONFIRMED: 'accent', SHIPPED: 'good', DELIVERED: 'good', CANCELLED: '' };
const PAYMENT_TONES: Record<PaymentStatus, Tone> = {
  NONE: '', ACTION_REQUIRED: 'warn', AUTHORISED: 'accent', CAPTURED: 'good', DECLINED: 'bad', VOIDED: '', PARTIALLY_REFUNDED: 'warn', REFUNDED: '',
};

export function OrderBadge({ status }: { status: OrderStatus }): ReactNode {
  const { t } = useTranslation();
  return <span className={`badge ${ORDER_TONES[status]}`}>{t(`orderStatus.${status}`)}</span>;
}

export function PaymentBadge({ status }: { status: PaymentStatus }): ReactNode {
  const { t } = useTranslation();
  return <span className={`badge ${PAYMENT_TONES[status]}`}>{t(`paymentStatus.${status}`)}</span>;
}

export function StuckBadge(): ReactNode {
  const { t } = useTranslation();
  return <span className="badge bad"><IconAlertTriangle size={13} stroke={2} aria-hidden="true" />{t('orders.stuckBadge')}</span>;
}
