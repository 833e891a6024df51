/** Buying: by keyboard, as a guest and as a shopper, with every kind of card. */
import { addToCart, ADDRESS, assert, fillAddress, open, pay, PHONE, signIn, tabTo, taken, type Walk } from '../walk.ts';
import { samples } from './reading.ts';

export const buyingWalks: readonly Walk[] = [
  {
    name: 'a guest buys by keyboard alone and sees the order move',
    async run(stage) {
      const { product } = await samples(stage);
      const page = await stage.page();
      await open(page, `${stage.origin}/products/${product}`);
      await page.keyboard.press('Tab');
      assert.match(await page.evaluate(() => document.activeElement!.textContent!), /Skip/);
      await stage.shot(page, 'keyboard-skip');
      await page.keyboard.press('Enter');
      await tabTo(page, page.locator('.buy-row .buy-button'));
      await page.keyboard.press('Enter');
      const drawer = page.getByRole('dialog');
      await drawer.getByTestId('cart-total').waitFor();
      await stage.shot(page, 'cart-drawer');
      await tabTo(page, drawer.getByRole('link', { name: 'Checkout' }));
      await page.keyboard.press('Enter');
      await page.waitForURL('**/checkout');
      await page.locator('.pay-button').waitFor();
      const type = async (name: string, text: string): Promise<void> => {
        await tabTo(page, page.locator(`[name=${name}]`));
        await page.keyboard.type(text);
      };
      await type('email', 'guest@example.com');
      await type('fullName', ADDRESS.fullName);
      await tabTo(page, page.locator('select[name=countryCode]'));
      await page.keyboard.type('Germany');
      await type('line1', ADDRESS.line1);
      await type('postalCode', ADDRESS.postalCode);
      await type('city', ADDRESS.city);
      await tabTo(page, page.locator('input[name=card]:checked'));
      await page.locator('.pay-button').filter({ hasText: /\$\d/ }).waitFor();
      await stage.shot(page, 'checkout', true);
      await tabTo(page, page.locator('.pay-button'));
      await page.keyboard.press('Enter');
      await page.waitForURL('**/orders/**');
      await page.locator('[data-testid=timeline] [data-kind=CONFIRMED]').waitFor();
      await page.locator('[data-testid=timeline] [data-kind=CAPTURED]').waitFor();
      assert.match(page.url(), /#t=/, 'the token that opens it stays behind the #');
      await stage.shot(page, 'order', true);
      await page.goto(page.url().split('#')[0]!);
      await page.locator('[data-testid=timeline]').waitFor();
      const stranger = await stage.page();
      await open(stranger, page.url().split('#')[0]!);
      await stranger.locator('.state h2').waitFor();
      await stage.shot(stranger, 'order-private');
    },
  },
  {
    name: 'a shopper buys, reviews what was bought, finds the order in the account, and cancels it',
    async run(stage) {
      const { product } = await samples(stage);
      const page = await stage.page();
      await signIn(page, stage.origin);
      await addToCart(page, stage.origin, product);
      await page.getByRole('dialog').getByRole('link', { name: 'Checkout' }).click();
      await page.waitForURL('**/checkout');
      const form = page.locator('input[name=fullName], input[name=saved-address]').first();
      await form.waitFor();
      if (await page.locator('input[name=fullName]').isVisible()) await fillAddress(page, null);
      await stage.shot(page, 'checkout-shopper', true);
      await pay(page, 'pm_ok');
      await page.waitForURL('**/orders/**');
      await page.locator('[data-testid=timeline] [data-kind=CONFIRMED]').waitFor();
      const bought = await page.locator('.order-lines a').first().getAttribute('href');
      const number = /GM-\d+/.exec(await page.locator('h1').innerText())![0];
      const shelf = await stage.page(page.context());
      await open(shelf, stage.origin + bought!);
      await shelf.getByRole('button', { name: 'Write a review' }).click();
      await shelf.getByRole('button', { name: 'Publish review' }).click();
      await shelf.locator('.reviews-section .problem').first().waitFor();
      await shelf.getByRole('radio', { name: '4 stars' }).check({ force: true });
      await shelf.getByLabel('In a few words').fill('Does what it should');
      await shelf.getByLabel('What did you like').fill('Arrived quickly and fits well.');
      await shelf.getByRole('button', { name: 'Publish review' }).click();
      await shelf.locator('.reviews-side .note.good').waitFor();
      await shelf.locator('.review', { hasText: 'Does what it should' }).waitFor();
      await stage.shot(shelf, 'product-review');
      await page.bringToFront();
      await page.getByRole('button', { name: 'Cancel order' }).click();
      await page.locator('dialog.modal[open]').waitFor();
      await stage.shot(page, 'order-cancel');
      await page.getByRole('button', { name: 'Yes, cancel the order' }).click();
      await page.locator('[data-testid=order-status]').filter({ hasText: 'Cancelled' }).waitFor();
      await page.locator('[data-testid=timeline] [data-kind=CANCELLED]').waitFor();
      await stage.shot(page, 'order-cancelled', true);
      await open(page, `${stage.origin}/account/orders`);
      await page.getByRole('link', { name: new RegExp(number) }).waitFor();
      await stage.shot(page, 'account-orders');
    },
  },
  {
    name: 'a cart moves in the other tab, both ways, without a reload',
    async run(stage) {
      const { product } = await samples(stage);
      const visitor = await stage.visitor();
      const one = await stage.page(visitor);
      await addToCart(one, stage.origin, product);
      const other = await stage.page(visitor);
      await open(other, `${stage.origin}/cart`);
      const quantity = (page: typeof one) => page.locator('.cart-line output').first();
      await quantity(other).filter({ hasText: /^1$/ }).waitFor();
      await other.locator('.cart-line').getByRole('button', { name: 'One more' }).click();
      await quantity(one).filter({ hasText: /^2$/ }).waitFor();
      await one.getByRole('dialog').getByRole('button', { name: 'One more' }).click();
      await quantity(other).filter({ hasText: /^3$/ }).waitFor();
      await stage.shot(other, 'cart');
      await one.getByRole('dialog').getByRole('button', { name: /^Remove/ }).click();
      await other.locator('.state').waitFor();
      await stage.shot(other, 'cart-empty');
    },
  },
  {
    name: 'a change the stock does not allow is undone, and its line says why',
    async run(stage) {
      const { product } = await samples(stage);
      const page = await stage.page();
      await addToCart(page, stage.origin, product);
      await open(page, `${stage.origin}/cart`);
      const line = page.locator('.cart-line').first();
      await line.waitFor();
      // Held back by the network: what is seen meanwhile is the wish.
      await page.route('**/graphql', async (route) => {
        const body = route.request().postDataJSON() as { query: string; variables: { input?: { quantity?: number } } };
        if (!body.query.includes('mutation SetCartLine')) return await route.continue();
        body.variables.input!.quantity = 999;
        return await route.continue({ postData: JSON.stringify(body) });
      });
      await line.getByRole('button', { name: 'One more' }).click();
      await line.locator('.note.warn').waitFor();
      await line.locator('output').filter({ hasText: /^1$/ }).waitFor();
      await stage.shot(page, 'cart-refused');
    },
  },
  {
    name: 'a declined card takes nothing, says so, and another card then buys once, however often it is clicked',
    async run(stage) {
      const { product } = await samples(stage);
      const page = await stage.page();
      await addToCart(page, stage.origin, product);
      await open(page, `${stage.origin}/checkout`);
      await page.locator('.pay-button').click();
      await page.locator('.field .problem').first().waitFor();
      assert.ok((await page.locator('.field .problem').count()) >= 4);
      assert.equal(await page.evaluate(() => document.activeElement!.getAttribute('aria-invalid')), 'true', 'the focus is on the first faulty field');
      await stage.shot(page, 'checkout-problems', true);
      await fillAddress(page, 'guest@example.com');
      await pay(page, 'pm_declined');
      await page.locator('.checkout-trouble .note.bad').filter({ hasText: 'declined' }).waitFor();
      await stage.shot(page, 'checkout-declined');
      let placed = 0;
      page.on('request', (request) => {
        if (request.postData()?.includes('mutation PlaceOrder')) placed++;
      });
      await page.locator('input[name=card][value=pm_ok]').check();
      await page.locator('.pay-button').dblclick();
      await page.waitForURL('**/orders/**');
      assert.equal(placed, 1);
    },
  },
  {
    name: 'the bank wants a word: there and back, with the time that is left, and the order goes on by itself',
    async run(stage) {
      const { product } = await samples(stage);
      const page = await stage.page();
      await addToCart(page, stage.origin, product);
      await open(page, `${stage.origin}/checkout`);
      await fillAddress(page, 'guest@example.com');
      await pay(page, 'pm_3ds');
      await page.waitForURL('**/orders/**');
      await page.locator('.bank-step').waitFor();
      assert.match(await page.getByRole('timer').innerText(), /1[45]:\d\d/);
      await stage.shot(page, 'order-bank');
      await page.locator('.bank-step a.button').click();
      await page.waitForURL('**/pay/**');
      await stage.shot(page, 'bank');
      await page.getByRole('button').first().click();
      await page.waitForURL('**/orders/**');
      await page.locator('[data-testid=timeline] [data-kind=CONFIRMED]').waitFor();
      assert.equal(await page.locator('.bank-step').count(), 0);
    },
  },
  {
    name: 'in Chinese, on a phone, in the dark: from the start page to the confirmed order',
    async run(stage) {
      const { product } = await samples(stage);
      const page = await stage.page({ ...PHONE, dark: true, locale: 'zh-CN' });
      await open(page, `${stage.origin}/`);
      await page.locator('.header-tools a[lang=zh]').click();
      await page.waitForURL('**/zh');
      await taken(page);
      assert.equal(await page.locator('html').getAttribute('lang'), 'zh-Hans');
      assert.match(await page.locator('h1').innerText(), /[\u4e00-\u9fa5]/);
      await stage.shot(page, 'zh-phone-home');
      await addToCart(page, stage.origin, product, '/zh');
      await stage.shot(page, 'zh-phone-drawer');
      await page.getByRole('dialog').getByRole('link', { name: '去结算' }).click();
      await page.waitForURL('**/zh/checkout');
      await fillAddress(page, 'guest@example.com', 'CN');
      await stage.shot(page, 'zh-phone-checkout', true);
      await pay(page, 'pm_ok');
      await page.waitForURL('**/zh/orders/**');
      const entry = page.locator('[data-testid=timeline] [data-kind=CONFIRMED]');
      await entry.waitFor();
      assert.match(await entry.innerText(), /[\u4e00-\u9fa5]/);
      await stage.shot(page, 'zh-phone-order', true);
    },
  },
];
