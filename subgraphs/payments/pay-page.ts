/** `/pay/<id>`: the sandbox's stand-in for the page of a bank (3-D Secure). One form, no script, both languages. */
import type { Route } from '#platform/subgraph/room.ts';
import type { BankStep, SandboxProvider } from './providers/sandbox.ts';

const TEXTS = {
  en: {
    title: 'Confirm your payment', shop: 'GoMall asks for', note: 'This page stands in for your bank’s. No money moves.',
    approve: 'Approve', decline: 'Decline', back: 'Back to the order', unknown: 'There is no such payment.',
    APPROVED: 'You have approved this payment.', DECLINED: 'You have declined this payment.', OVER: 'The time to confirm this payment is over.',
  },
  zh: {
    title: '确认支付', shop: 'GoMall 请求支付', note: '本页模拟银行页面，不会产生真实扣款。',
    approve: '同意', decline: '拒绝', back: '返回订单', unknown: '没有这笔支付。',
    APPROVED: '您已同意这笔支付。', DECLINED: '您已拒绝这笔支付。', OVER: '确认这笔支付的时间已过。',
  },
} as const;
type PageLanguage = keyof typeof TEXTS;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
/** `decision=approve` and little else. */
const MAX_FORM_BYTES = 1_024;

export function payPageRoutes(sandbox: SandboxProvider): Route[] {
  return [
    {
      method: 'GET',
      path: '/pay/',
      async handle(request) {
        const language = languageOf(request);
        const step = sandbox.bankStep(pageIdOf(request));
        return new Response(page(language, step), { status: step ? 200 : 404, headers: HEADERS });
      },
    },
    {
      method: 'POST',
      path: '/pay/',
      async handle(request) {
        const body = Number(request.headers.get('content-length') ?? 0) > MAX_FORM_BYTES ? '' : (await request.text()).slice(0, MAX_FORM_BYTES);
        const decision = new URLSearchParams(body).get('decision');
        const pageId = pageIdOf(request);
        const language = languageOf(request);
        if (decision !== 'approve' && decision !== 'decline') return new Response(page(language, sandbox.bankStep(pageId)), { status: 400, headers: HEADERS });
        const step = await sandbox.decide(pageId, decision === 'approve');
        if (!step) return new Response(page(language, null), { status: 404, headers: HEADERS });
        return new Response(null, { status: 303, headers: { location: step.returnPath, 'cache-control': 'no-store' } });
      },
    },
  ];
}

const pageIdOf = (request: Request): string => new URL(request.url).pathname.split('/').pop() ?? '';

function languageOf(request: Request): PageLanguage {
  const accepted = request.headers.get('accept-language') ?? '';
  const zh = accepted.search(/\bzh\b/i);
  const en = accepted.search(/\ben\b/i);
  return zh >= 0 && (en < 0 || zh < en) ? 'zh' : 'en';
}

/** `12.34 €`: minor units in the currency's own number of decimals (ISO 4217). */
function amountText(language: PageLanguage, amountMinor: number, currency: string): string {
  const format = new Intl.NumberFormat(language, { style: 'currency', currency });
  return format.format(amountMinor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function page(language: PageLanguage, step: BankStep | null): string {
  const text = TEXTS[language];
  const body = !step
    ? `<p>${text.unknown}</p>`
    : `<p>${text.shop} <strong>${escape(amountText(language, step.amountMinor, step.currency))}</strong></p>` +
      (step.state === 'OPEN'
        ? `<form method="post"><button name="decision" value="approve">${text.approve}</button> <button name="decision" value="decline" class="quiet">${text.decline}</button></form><p class="note">${text.note}</p>`
        : `<p role="status">${text[step.state]}</p><p><a href="${escape(step.returnPath)}">${text.back}</a></p>`);
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${text.title}</title>
<style>
:root { color-scheme: light dark; font: 1.1rem/1.5 system-ui, sans-serif }
body { min-height: 100vh; margin: 0; display: grid; place-items: center; background: light-dark(#f4f5f7, #16181d); color: light-dark(#1b1e24, #eceef2) }
main { max-width: 26rem; margin: 1rem; padding: 2rem; border-radius: 1rem; background: light-dark(#fff, #22252c) }
h1 { font-size: 1.4rem; margin: 0 0 1rem } .note { font-size: .9rem }
button { font: inherit; min-height: 3rem; padding: 0 1.5rem; border: 2px solid #1d5bd8; border-radius: .6rem; background: #1d5bd8; color: #fff; cursor: pointer }
button.quiet { background: transparent; color: inherit }
button:focus-visible, a:focus-visible { outline: 3px solid #f0a500; outline-offset: 2px } a { color: light-dark(#1d5bd8, #8db4ff) }
</style></head>
<body><main><h1>${text.title}</h1>${body}</main></body></html>
`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
