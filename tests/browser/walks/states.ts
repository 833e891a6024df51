/** Every page's other states: on its way, failed, in part, offline. */
import type { Page } from 'playwright-core';
import { assert, open, taken, type Walk } from '../walk.ts';
import { samples } from './reading.ts';

/** Answers one operation as the walk wants; everything else goes on to the shop. */
async function instead(page: Page, operation: string, answer: (body: any) => Promise<object | null>): Promise<void> {
  await page.route('**/graphql', async (route) => {
    const body = route.request().postDataJSON() as { query?: string } | null;
    if (!body?.query?.includes(`query ${operation}`)) return await route.continue();
    const made = await answer(body);
    if (made === null) return await route.abort('failed');
    return await route.fulfill({ status: 200, contentType: 'application/json', body: JSON.stringify(made) });
  });
}

const fault = (path: string[]): object => ({ message: 'This part of the shop does not answer now.', path, extensions: { code: 'UNAVAILABLE', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' } });

/** By a click within the shop, so that the client asks itself. */
async function toCategory(page: Page, origin: string): Promise<void> {
  await open(page, `${origin}/sign-in`);
  await page.locator('.categories-bar a').nth(1).click();
}

export const stateWalks: readonly Walk[] = [
  {
    name: 'while a list is on its way its shape is there; a failed one says what happened, with its trace id, and tries again',
    async run(stage) {
      const page = await stage.page();
      let release!: () => void;
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await instead(page, 'Category', async () => {
        await held;
        return { data: null, errors: [fault(['products'])] };
      });
      await toCategory(page, stage.origin);
      await page.locator('.card .skeleton').first().waitFor();
      await stage.shot(page, 'state-loading-list');
      release();
      await page.locator('.state .trace').waitFor();
      await stage.shot(page, 'state-error');
      await page.unroute('**/graphql');
      await page.locator('.state .button').click();
      await page.locator('.list-main .card').first().waitFor();
    },
  },
  {
    name: 'a room that is down takes its part with it and nothing else: reviews and stock are gone, the product can be looked at',
    async run(stage) {
      const { product } = await samples(stage);
      const page = await stage.page();
      await instead(page, 'Product', async (body) => {
        const response = await fetch(`${stage.origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
        const answer = (await response.json()) as any;
        for (const variant of answer.data.product.variants) variant.stock = null;
        answer.data.product.boughtTogether = null;
        answer.errors = [fault(['product', 'variants', '0', 'stock'])];
        return answer;
      });
      await open(page, `${stage.origin}/search?q=${product.split('-')[0]}`);
      await page.locator(`.card a[href="/products/${product}"]`).first().click();
      await page.locator('.note.warn .trace').waitFor();
      assert.ok(await page.locator('.buy-row .buy-button').isEnabled());
      await stage.shot(page, 'state-partial-product');
    },
  },
  {
    name: 'offline is said, what is there stays, and it goes on when the connection is back',
    async run(stage) {
      const page = await stage.page();
      await open(page, `${stage.origin}/`);
      await page.waitForLoadState('networkidle');
      await page.locator('.categories-bar a').nth(1).hover();
      await page.context().setOffline(true);
      await page.locator('.offline').waitFor();
      assert.ok((await page.locator('.card').count()) > 0);
      await stage.shot(page, 'state-offline');
      await page.context().setOffline(false);
      await page.locator('.offline').waitFor({ state: 'detached' });
      await instead(page, 'Search', async () => null);
      await page.getByRole('combobox').fill('lamp');
      await page.getByRole('combobox').press('Enter');
      await page.locator('.state .button').waitFor();
      await stage.shot(page, 'state-no-connection');
      await page.unroute('**/graphql');
      await page.locator('.state .button').click();
      await page.locator('.list-main .card').first().waitFor();
    },
  },
  {
    name: 'light or dark is a choice that stays',
    async run(stage) {
      const page = await stage.page();
      await open(page, `${stage.origin}/`);
      await page.getByRole('button', { name: 'Use dark colours' }).click();
      await stage.shot(page, 'home-dark');
      await page.reload();
      assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
      await taken(page);
      assert.equal(await page.locator('html').getAttribute('data-mantine-color-scheme'), 'dark');
    },
  },
];
