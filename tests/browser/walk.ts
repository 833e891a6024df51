/** What a walk through the shop is, and what it has at hand. */
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

export interface Walk {
  /** The specification, as a sentence. */
  name: string;
  run(stage: Stage): Promise<void>;
}

export interface Look {
  width?: number;
  height?: number;
  dark?: boolean;
  scripts?: boolean;
  /** What the browser asks for; the shop's language is in its addresses. */
  locale?: string;
}

export interface Stage {
  origin: string;
  browser: Browser;
  /** A browser of its own: nothing is shared with another but through the shop. */
  visitor(look?: Look): Promise<BrowserContext>;
  /** A page of a visitor that is watched: an error in it fails the walk. */
  page(look?: Look | BrowserContext): Promise<Page>;
  shot(page: Page, name: string, full?: boolean): Promise<void>;
}

export const DESKTOP = { width: 1280, height: 900 };
export const PHONE = { width: 390, height: 844 };
const MOST_TABS = 150;

/** WCAG 2.2 AA (and A of 2.0 and 2.1) without a violation. */
export async function accessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze();
  const told = violations.map((one) => `${one.id}: ${one.help}\n    ${one.nodes.slice(0, 3).map((node) => `${node.target.join(' ')} — ${node.failureSummary?.split('\n')[1]?.trim()}`).join('\n    ')}`);
  assert.deepEqual(told, [], `${where} has barriers`);
}

/** Presses Tab until the focus is on `target`, as somebody without a mouse would. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < MOST_TABS; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`${target} cannot be reached with the Tab key`);
}

/** The client has taken over from the server's document. */
export async function open(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await taken(page);
}

export async function taken(page: Page): Promise<void> {
  await page.locator('header button[aria-label]').first().waitFor();
}

/** Something in stock that has a short way into the cart. */
export async function addToCart(page: Page, origin: string, slug: string, language = ''): Promise<void> {
  await open(page, `${origin}${language}/products/${slug}`);
  await page.locator('.buy-row .buy-button, .buy-bar .button').filter({ visible: true }).first().click();
  await page.getByRole('dialog').getByTestId('cart-total').waitFor();
}

export const ADDRESS = { fullName: 'Robin Reader', line1: '12 Harbour Lane', postalCode: '10115', city: 'Berlin' };

export async function fillAddress(page: Page, email: string | null, country = 'DE'): Promise<void> {
  if (email) await page.locator('input[name=email]').fill(email);
  await page.locator('select[name=countryCode]').selectOption(country);
  for (const [name, value] of Object.entries(ADDRESS)) await page.locator(`input[name=${name}]`).fill(value);
}

/** Pays with a test card; where it leads is for the walk to say. */
export async function pay(page: Page, token: string): Promise<void> {
  await page.locator(`input[name=card][value=${token}]`).check();
  await page.locator('.pay-button').filter({ hasText: /\d/ }).click();
}

export async function signIn(page: Page, origin: string, email = 'shopper@gomall.example'): Promise<void> {
  await open(page, `${origin}/sign-in?to=/account/orders`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=current-password]').fill('gomall-demo');
  await page.locator('form.narrow button[type=submit]').click();
  await page.waitForURL((url) => url.pathname === '/account/orders');
}

export { assert };
