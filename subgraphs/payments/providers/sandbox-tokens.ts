/** The sandbox's tokens and what each makes happen (contract README). */
export const SANDBOX_TOKENS = [
  { token: 'pm_ok', description: { en: 'The payment goes through.', zh: '支付成功。' } },
  { token: 'pm_declined', description: { en: 'The bank declines the card.', zh: '银行拒绝该卡。' } },
  { token: 'pm_insufficient_funds', description: { en: 'The card has not enough money.', zh: '卡内余额不足。' } },
  {
    token: 'pm_3ds',
    description: { en: 'The bank asks the shopper to confirm on a page of its own (3-D Secure).', zh: '银行要求顾客在其页面上确认（3-D Secure）。' },
  },
  { token: 'pm_timeout', description: { en: 'The bank answers late, after some seconds.', zh: '银行在数秒后才答复。' } },
  {
    token: 'pm_webhook_first',
    description: { en: 'The bank’s message arrives before its answer, and then once more.', zh: '银行的通知先于答复到达，之后再次到达。' },
  },
] as const;

export type SandboxToken = (typeof SANDBOX_TOKENS)[number]['token'];
