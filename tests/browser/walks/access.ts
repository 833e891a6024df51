/** WCAG 2.2 AA by axe, on the main pages in both looks; focus and titles on a change of page. */
import { accessible, addToCart, assert, fillAddress, open, pay, PHONE, signIn, type Walk } from '../walk.ts';
import { samples } from './reading.ts';

const walkOf = (dark: boolean): Walk => ({
  name: `no barrier on the main pages, ${dark ? 'dark' : 'light'}`,
  async run(stage) {
    const { product, category } = await samples(stage);
    const look = dark ? 'dark' : 'light';
    const page = await stage.page({ dark });
    for (const path of ['/', `/categories/${category}`, `/products/${product}`, '/search?q=lamp', '/sign-in', '/sign-up', '/cart', '/nowhere', `/zh/products/${product}`]) {
      await open(page, stage.origin + path);
      await page.waitForLoadState('networkidle');
      await accessible(page, `${path} in ${look}`);
    }
    await addToCart(page, stage.origin, product);
    await accessible(page, `the cart's drawer in ${look}`);
    await open(page, `${stage.origin}/cart`);
    await page.locator('.cart-line').first().waitFor();
    await accessible(page, `the cart in ${look}`);
    await open(page, `${stage.origin}/checkout`);
    await page.locator('.pay-button').click();
    await page.locator('.field .problem').first().waitFor();
    await accessible(page, `the checkout with problems in ${look}`);
    await fillAddress(page, 'guest@example.com');
    await pay(page, 'pm_ok');
    await page.waitForURL('**/orders/**');
    await page.locator('[data-testid=timeline] [data-kind=CONFIRMED]').waitFor();
    await accessible(page, `the order in ${look}`);
    await stage.shot(page, `order-${look}`, true);
  },
});

export const accessWalks: readonly Walk[] = [
  walkOf(false),
  walkOf(true),
  {
    name: 'no barrier in the account and on a phone',
    async run(stage) {
      const { product, category } = await samples(stage);
      const page = await stage.page(PHONE);
      for (const path of ['/', `/categories/${category}`, `/products/${product}`]) {
        await open(page, stage.origin + path);
        await accessible(page, `${path} on a phone`);
      }
      await signIn(page, stage.origin);
      for (const part of ['orders', 'profile', 'addresses', 'sessions', 'security']) {
        await open(page, `${stage.origin}/account/${part}`);
        await page.waitForLoadState('networkidle');
        await accessible(page, `/account/${part} on a phone`);
      }
    },
  },
  {
    name: 'a change of page moves the focus to its content and changes the title',
    async run(stage) {
      const page = await stage.page();
      await open(page, `${stage.origin}/`);
      const before = await page.title();
      await page.locator('.categories-bar a').nth(1).click();
      await page.locator('.list-main .card').first().waitFor();
      await page.waitForFunction((old) => document.title !== old, before);
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'content');
    },
  },
];
