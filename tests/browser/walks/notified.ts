/** What the shop tells a shopper: live, in the inbox, and what they want to hear of. */
import { accessible, addToCart, fillAddress, open, pay, PHONE, signIn, tabTo, type Walk } from '../walk.ts';
import { samples } from './reading.ts';

export const notifiedWalks: readonly Walk[] = [
  {
    name: 'a notification of an order arrives by itself, is found in the inbox, and is read',
    async run(stage) {
      const { product } = await samples(stage);
      const visitor = await stage.visitor();
      const page = await stage.page(visitor);
      // Somebody who has no address kept: the walks before buy as the shopper.
      await signIn(page, stage.origin, 'partner@gomall.example');
      const other = await stage.page(visitor);
      await open(other, `${stage.origin}/account/notifications`);
      await other.getByRole('heading', { level: 1 }).waitFor();
      await addToCart(page, stage.origin, product);
      await open(page, `${stage.origin}/checkout`);
      await fillAddress(page, null);
      await pay(page, 'pm_ok');
      await page.waitForURL(/\/orders\//);
      // In the tab that bought, and in the one that only looked on.
      await other.locator('.arrival', { hasText: 'confirmed' }).waitFor();
      await stage.shot(other, 'notification-arrives');
      await other.getByTestId('unread-count').waitFor();
      await other.locator('.notice.unread', { hasText: 'confirmed' }).first().waitFor();
      await other.getByRole('button', { name: 'Close' }).click();
      await accessible(other, 'the inbox');
      await stage.shot(other, 'inbox', true);
      const all = other.getByRole('button', { name: 'Mark all as read' });
      await tabTo(other, all);
      await other.keyboard.press('Enter');
      await other.getByTestId('unread-count').waitFor({ state: 'detached' });
      await open(other, `${stage.origin}/zh/account/notifications`);
      await other.locator('.notice', { hasText: '已确认' }).first().waitFor();
      await stage.shot(other, 'inbox-zh', true);
      await other.locator('.notice a', { hasText: '已确认' }).first().click();
      await other.waitForURL(/\/zh\/orders\//);
    },
  },
  {
    name: 'a shopper chooses what to be told and when it is to be quiet, also on a phone and in Chinese',
    async run(stage) {
      const visitor = await stage.visitor(PHONE);
      const page = await stage.page(visitor);
      await signIn(page, stage.origin);
      await open(page, `${stage.origin}/account/notifications/preferences`);
      const mail = page.getByRole('checkbox', { name: 'Order delivered: By e-mail' });
      await mail.uncheck();
      await page.getByRole('checkbox', { name: 'Quiet hours' }).check();
      await page.locator('input[name=from]').fill('21:30');
      await page.locator('select[name=timeZone]').selectOption('Asia/Shanghai');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved.').waitFor();
      await accessible(page, 'the preferences');
      await stage.shot(page, 'notification-preferences', true);
      await open(page, `${stage.origin}/zh/account/notifications/preferences`);
      await page.locator('input[name=from]').and(page.locator('[value="21:30"]')).waitFor();
      await stage.shot(page, 'notification-preferences-zh', true);
      await page.getByRole('checkbox', { name: '免打扰时段' }).uncheck();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存').waitFor();
    },
  },
  {
    name: 'a shopper asks to be told of a lower price, and takes it back; a guest is led to the door',
    async run(stage) {
      const { product } = await samples(stage);
      const guest = await stage.page();
      await open(guest, `${stage.origin}/products/${product}`);
      await guest.getByRole('link', { name: 'Sign in to be told when it costs less' }).waitFor();
      const page = await stage.page();
      await signIn(page, stage.origin);
      await open(page, `${stage.origin}/products/${product}`);
      const wish = page.getByRole('button', { name: 'Tell me when it costs less' });
      await tabTo(page, wish);
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'We tell you when it costs less', pressed: true }).waitFor();
      await accessible(page, 'a product that is watched');
      await stage.shot(page, 'product-watched');
      await open(page, `${stage.origin}/products/${product}`);
      await page.getByRole('button', { name: 'We tell you when it costs less', pressed: true }).click();
      await page.getByRole('button', { name: 'Tell me when it costs less', pressed: false }).waitFor();
    },
  },
];
