/** Every page of the admin in its looks: without a barrier, without a line too wide, and with a picture to be looked at. */
import type { Page } from 'playwright-core';
import { accessible, DESKTOP, PHONE, type Stage, type Walk } from '../walk.ts';
import { buy, fits, settled, signInAt } from './admin-desk.ts';

const PAGES: readonly [string, string][] = [
  ['overview', ''], ['orders', '/orders'], ['products', '/products'], ['stock', '/stock?low=1'], ['customers', '/customers'], ['ledger', '/ledger'],
];
const LOOKS = [
  { size: DESKTOP, dark: false, language: '' }, { size: DESKTOP, dark: true, language: '/zh' },
  { size: PHONE, dark: false, language: '/zh' }, { size: PHONE, dark: true, language: '' },
];

export const adminLookWalks: readonly Walk[] = LOOKS.flatMap((look): Walk[] => {
  const name = `${look.size.width}-${look.dark ? 'dark' : 'light'}-${look.language ? 'zh' : 'en'}`;
  return [
    { name: `admin: no barrier on the lists, ${name}`, run: (stage) => walkLists(stage, look, name) },
    { name: `admin: no barrier on what is opened from them, ${name}`, run: (stage) => walkDetails(stage, look, name) },
  ];
});

type Look = (typeof LOOKS)[number];

async function walkLists(stage: Stage, { size, dark, language }: Look, look: string): Promise<void> {
  await buy(stage.origin, { fullName: '李娜', email: 'lina@example.com' });
  const page = await stage.page({ ...size, dark });
  await signInAt(page, stage.origin, { language });
  for (const [name, path] of PAGES) {
    await page.goto(`${stage.origin}/admin${language}${path}`);
    await check(stage, page, name, look);
  }
}

async function walkDetails(stage: Stage, { size, dark, language }: Look, look: string): Promise<void> {
  const { id } = await buy(stage.origin, { fullName: '李娜', email: 'lina@example.com' });
  const page = await stage.page({ ...size, dark });
  await page.goto(`${stage.origin}/admin${language}`);
  await page.locator('#email').waitFor();
  await accessible(page, `the sign-in, ${look}`);
  await stage.shot(page, `admin-sign-in-${look}`);
  await signInAt(page, stage.origin, { language, path: `/orders/${id}` });
  await check(stage, page, 'order', look, true);
  await page.goto(`${stage.origin}/admin${language}/products?q=shirt`);
  await page.locator('.row-link').first().click();
  await page.locator('.editor').waitFor();
  await check(stage, page, 'product', look);
  if (size !== PHONE) return;
  await page.locator('.menu-button').click();
  await page.getByRole('dialog').locator('.side-nav').waitFor();
  await accessible(page, `the menu, ${look}`);
  await stage.shot(page, `admin-menu-${look}`);
}

async function check(stage: Stage, page: Page, name: string, look: string, whole = false): Promise<void> {
  await settled(page);
  await accessible(page, `${name}, ${look}`);
  await fits(page, `${name}, ${look}`);
  await stage.shot(page, `admin-${name}-${look}`, whole);
}
