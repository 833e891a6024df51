/** An account: making one, keeping things in it, several tabs at once, leaving. */
import { addToCart, open, signIn, type Walk } from '../walk.ts';
import { samples } from './reading.ts';

export const accountWalks: readonly Walk[] = [
  {
    name: 'a guest signs up and keeps the cart; profile, address book, devices and password are theirs',
    async run(stage) {
      const { product } = await samples(stage);
      const page = await stage.page();
      await addToCart(page, stage.origin, product);
      await open(page, `${stage.origin}/sign-up`);
      await page.locator('form.narrow button[type=submit]').click();
      await page.locator('.field .problem').first().waitFor();
      await stage.shot(page, 'sign-up-problems');
      await page.locator('input[name=name]').fill('Nia New');
      await page.locator('input[name=email]').fill('nia.new@example.com');
      await page.locator('input[name=new-password]').fill('a-long-walk-home');
      await page.locator('form.narrow button[type=submit]').click();
      await page.waitForURL((url) => url.pathname === '/account/orders');
      await page.getByTestId('cart-count').filter({ hasText: '1' }).waitFor();
      await page.locator('.state').waitFor();
      await stage.shot(page, 'account-no-orders');
      await page.getByRole('link', { name: 'Profile' }).click();
      await page.locator('input[name=name]').fill('Nia Newer');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved.').waitFor();
      await stage.shot(page, 'account-profile');
      await page.getByRole('link', { name: 'Addresses' }).click();
      await page.getByRole('button', { name: 'Add an address' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.locator('.field .problem').first().waitFor();
      for (const [name, value] of Object.entries({ fullName: 'Nia New', line1: '1 Hill', postalCode: '8001', city: 'Zürich' })) await page.locator(`input[name=${name}]`).fill(value);
      await page.locator('select[name=countryCode]').selectOption('CH');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('1 Hill').waitFor();
      await stage.shot(page, 'account-addresses');
      await page.getByRole('link', { name: 'Devices' }).click();
      await page.getByText('This device').waitFor();
      await stage.shot(page, 'account-sessions');
      await page.getByRole('link', { name: 'Password' }).click();
      await page.locator('input[name=current-password]').fill('wrong-wrong');
      await page.locator('input[name=new-password]').fill('another-long-walk');
      await page.getByRole('button', { name: 'Change password' }).click();
      await page.locator('.note.bad').waitFor();
      await stage.shot(page, 'account-security');
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.waitForURL((url) => url.pathname === '/');
      await page.locator('header a[href="/sign-in"]').waitFor();
    },
  },
  {
    name: 'many tabs share one session: none spends the token of another, and leaving leaves everywhere',
    async run(stage) {
      const visitor = await stage.visitor();
      const first = await stage.page(visitor);
      await signIn(first, stage.origin);
      const tabs = await Promise.all(Array.from({ length: 4 }, () => stage.page(visitor)));
      // Each tab has no access token yet, so all four want a new one at once.
      await Promise.all(tabs.map((tab) => open(tab, `${stage.origin}/account/sessions`)));
      for (const tab of tabs) await tab.getByText('This device').waitFor();
      await first.getByRole('button', { name: 'Sign out' }).click();
      for (const tab of tabs) await tab.locator('.state').waitFor();
    },
  },
  {
    name: 'a wrong password is said in words; the way to a new one does not tell who has an account',
    async run(stage) {
      const page = await stage.page();
      await open(page, `${stage.origin}/sign-in`);
      await page.locator('input[name=email]').fill('nobody@example.com');
      await page.locator('input[name=current-password]').fill('not-the-password');
      await page.locator('form.narrow button[type=submit]').click();
      await page.locator('.note.bad').waitFor();
      await stage.shot(page, 'sign-in-refused');
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await page.waitForURL('**/forgot-password');
      await page.locator('input[name=email]').fill('nobody@example.com');
      await page.locator('form.narrow button[type=submit]').click();
      await page.locator('.note.good').waitFor();
      await open(page, `${stage.origin}/reset-password?token=wrong`);
      await page.locator('input[name=new-password]').fill('a-long-walk-home');
      await page.locator('form.narrow button[type=submit]').click();
      await page.locator('.note.bad').waitFor();
      await open(page, `${stage.origin}/verify-email?token=wrong`);
      await page.locator('.note.bad').waitFor();
    },
  },
];
