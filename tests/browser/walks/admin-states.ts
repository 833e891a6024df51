/** The states of the admin's pages beside their content: on the way, empty, failed with a way on, a part missing, stuck. */
import type { Page, Route } from 'playwright-core';
import { accessible, assert, type Walk } from '../walk.ts';
import { buy, settled, signInAt } from './admin-desk.ts';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const fault = { message: 'Stock does not answer.', extensions: { code: 'UNAVAILABLE', traceId: TRACE } };

/** Answers to an operation as if a room were in trouble; all others go through. */
async function answer(page: Page, operation: string, change: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const asked = route.request().postData()?.includes(`query ${operation}`) ?? false;
    if (asked) await change(route);
    else await route.fallback();
  });
}
const failing = (route: Route): Promise<void> => route.fulfill({ json: { data: null, errors: [fault] } });

export const adminStateWalks: readonly Walk[] = [
  {
    name: 'admin: a page on its way has its shape; a failed one says why, names the trace, and goes on by a click',
    async run(stage) {
      const page = await stage.page();
      await signInAt(page, stage.origin);
      await settled(page);
      let release = (): void => {};
      const held = new Promise<void>((resolve) => (release = resolve));
      await answer(page, 'Orders(', async (route) => {
        await held;
        await failing(route);
      });
      await page.locator('.side-nav').getByRole('link', { name: 'Orders' }).click();
      await page.locator('.bone-row').first().waitFor();
      await accessible(page, 'a list on its way');
      await stage.shot(page, 'admin-orders-loading');
      release();
      await page.getByText(TRACE).waitFor();
      await accessible(page, 'a list that failed');
      await stage.shot(page, 'admin-orders-failed');
      await page.unroute('**/graphql');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.table, .state').first().waitFor();
    },
  },
  {
    name: 'admin: one room is silent: its part says so, the others work',
    async run(stage) {
      const page = await stage.page();
      await answer(page, 'OverviewStock', failing);
      await signInAt(page, stage.origin);
      await page.locator('[role=alert]', { hasText: TRACE }).waitFor();
      await page.locator('.figure', { hasText: 'Orders today' }).locator('strong', { hasText: /^\d/ }).waitFor();
      await accessible(page, 'the overview without stock');
      await stage.shot(page, 'admin-overview-partial', true);
    },
  },
  {
    name: 'admin: lists that are empty say what to do next, and an unknown order says so',
    async run(stage) {
      const page = await stage.page();
      await signInAt(page, stage.origin, { path: '/orders?q=nobody@nowhere.example' });
      await page.getByRole('heading', { name: 'No order matches' }).waitFor();
      await accessible(page, 'an empty list');
      await stage.shot(page, 'admin-orders-empty');
      await page.getByRole('button', { name: 'Show everything' }).click();
      await page.waitForURL((url) => !url.search.includes('q='));
      for (const [path, heading] of [['/products?q=zzzzzz', 'No product matches'], ['/customers?q=zzzzzz', 'Nobody here'], ['/orders/unknown', 'There is no such order'], ['/products/unknown', 'There is no such product'], ['/nowhere', 'There is nothing at this address']] as const) {
        await page.goto(`${stage.origin}/admin${path}`);
        await page.getByRole('heading', { name: heading }).waitFor();
      }
    },
  },
  {
    name: 'admin: a stuck saga stands out, and going on is refused in words when nothing is stuck any more',
    async run(stage) {
      const { id } = await buy(stage.origin);
      const page = await stage.page();
      await answer(page, 'Order(', async (route) => {
        const response = await route.fetch();
        const body = await response.json();
        body.data.order.saga.state = 'STUCK';
        Object.assign(body.data.order.saga.steps.find((step: { name: string }) => step.name === 'capture-payment'), { state: 'STUCK', attempts: 12, error: 'the provider does not answer' });
        await route.fulfill({ response, json: body });
      });
      await signInAt(page, stage.origin, { path: `/orders/${id}` });
      await page.locator('.saga tr.wrong').waitFor();
      await accessible(page, 'an order whose saga is stuck');
      await stage.shot(page, 'admin-order-stuck', true);
      await page.locator('.page-actions').getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('dialog').getByText('the provider does not answer').waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('dialog').locator('.note.bad').waitFor();
      await page.unrouteAll({ behavior: 'ignoreErrors' });
    },
  },
  {
    name: 'admin: offline is said at once, and a booking that got no answer is tried again under the same key',
    async run(stage) {
      const context = await stage.visitor();
      const page = await stage.page(context);
      await signInAt(page, stage.origin, { path: '/stock' });
      await settled(page);
      await page.getByRole('button', { name: /^Adjust/ }).nth(8).click();
      await page.getByLabel(/^Units more/).fill('2');
      const keys: string[] = [];
      page.on('request', (request) => {
        const body = request.postData() ?? '';
        if (body.includes('mutation AdjustStock')) keys.push(JSON.parse(body).variables.input.idempotencyKey);
      });
      await context.setOffline(true);
      await page.locator('.offline').waitFor();
      await page.getByRole('button', { name: 'Book it' }).click();
      await page.getByRole('dialog').locator('.note.bad').waitFor();
      await stage.shot(page, 'admin-offline');
      await context.setOffline(false);
      await page.getByRole('button', { name: 'Book it' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      assert.equal(keys.length, 2);
      assert.equal(keys[0], keys[1]);
    },
  },
];
