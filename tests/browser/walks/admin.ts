/** A day in the admin: signing in, a product, stock, an order from its arrival to its refund, and what happens when it does not go smoothly. */
import { accessible, assert, tabTo, type Walk } from '../walk.ts';
import { asAdmin, buy, settled, signInAt } from './admin-desk.ts';
import { adminLookWalks } from './admin-looks.ts';
import { adminStateWalks } from './admin-states.ts';

const dayWalks: readonly Walk[] = [
  {
    name: 'admin: a wrong password is said, a shopper is told that this door is for staff',
    async run(stage) {
      const page = await stage.page();
      await page.goto(`${stage.origin}/admin/orders`);
      await page.locator('#email').fill('shopper@gomall.example');
      await page.locator('#password').fill('not-the-password');
      await page.keyboard.press('Enter');
      await page.locator('.note.bad').waitFor();
      await accessible(page, 'the sign-in with a refusal');
      await stage.shot(page, 'admin-sign-in-refused');
      await page.locator('#password').fill('gomall-demo');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'This door is for staff' }).waitFor();
      await accessible(page, 'the page for those who are no staff');
      await stage.shot(page, 'admin-not-staff');
      await page.getByRole('button', { name: 'another account' }).click();
      await page.locator('#email').waitFor();
    },
  },
  {
    name: 'admin: a merchant and an operator see what their roles open, and nothing else',
    async run(stage) {
      const merchant = await stage.page();
      await signInAt(merchant, stage.origin, { email: 'merchant@gomall.example' });
      assert.deepEqual(await merchant.locator('.side-nav li').allInnerTexts(), ['Overview', 'Orders', 'Products', 'Stock', 'Ledger']);
      await merchant.goto(`${stage.origin}/admin/customers`);
      await merchant.getByRole('heading', { name: 'Your role does not open this' }).waitFor();
      const operator = await stage.page();
      await signInAt(operator, stage.origin, { email: 'ops@gomall.example', path: '/stock' });
      assert.deepEqual(await operator.locator('.side-nav li').allInnerTexts(), ['Overview', 'Orders', 'Stock', 'Ledger']);
      await settled(operator);
      assert.equal(await operator.getByRole('button', { name: /^Adjust/ }).count(), 0, 'an operator does not book stock');
    },
  },
  {
    name: 'admin: a product is edited in both languages; what somebody else saved meanwhile is laid beside it and nothing is lost',
    async run(stage) {
      const page = await stage.page();
      await signInAt(page, stage.origin, { path: '/products' });
      await page.getByRole('searchbox').fill('walking stick');
      await page.waitForURL('**q=walking+stick**');
      await page.getByRole('link', { name: /Walking stick/ }).first().click();
      await page.getByLabel('Name').nth(0).fill('Walking stick, ash');
      await page.getByLabel('Name').nth(1).fill('白蜡木手杖');
      // A reload in the middle loses nothing.
      page.once('dialog', (dialog) => void dialog.accept());
      await page.reload();
      await page.getByText('Unsaved changes').waitFor();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Everything is saved').waitFor();
      await page.getByRole('heading', { name: 'Walking stick, ash' }).waitFor();

      const id = decodeURIComponent(page.url().split('/').at(-1)!);
      await page.getByLabel('Brand').fill('Mine');
      await page.getByLabel('Name').nth(0).fill('My walking stick');
      await saveElsewhere(stage.origin, id);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: /Somebody saved this product/ }).waitFor();
      await accessible(page, 'the conflict');
      await stage.shot(page, 'admin-product-conflict', true);
      await page.getByRole('radio', { name: /Keep mine/ }).nth(0).check();
      await page.getByRole('radio', { name: /Keep mine/ }).nth(1).check();
      await page.getByRole('button', { name: 'Use this' }).click();
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Everything is saved').waitFor();
      const { product } = await asAdmin(stage.origin, 'query($id: ID!) { product(id: $id) { brand translations { language name } variants { price { amountMinor } } categories { name } attributes { name value } media { url } } }', { id });
      assert.equal(product.brand, 'Mine');
      assert.deepEqual(product.translations.map((one: any) => one.name), ['My walking stick', '白蜡木手杖']);
      assert.equal(product.variants[0].price.amountMinor, 12_345, 'what the other alone changed is kept');
      assert.ok(product.categories.length > 0 && product.media.length > 0, 'categories and pictures are still there');
    },
  },
  {
    name: 'admin: a new product says what is missing, is saved, and is archived and brought back by name',
    async run(stage) {
      const page = await stage.page();
      await signInAt(page, stage.origin, { path: '/products/new' });
      await page.getByLabel('Brand').fill('Nord');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('fields need your attention').waitFor();
      await accessible(page, 'the new product with problems');
      await stage.shot(page, 'admin-product-problems', true);
      await page.getByLabel('Name').nth(0).fill('Walker’s bell');
      await page.getByLabel('Address', { exact: true }).fill('walkers-bell');
      await page.getByLabel(/^SKU/).fill('BELL-1');
      await page.getByLabel(/^Price/).fill('12.50');
      await page.getByLabel(/^First stock/).fill('4');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('heading', { name: 'Walker’s bell' }).waitFor();
      await page.getByRole('button', { name: 'Archive' }).click();
      await page.getByRole('dialog').getByText('Archive “Walker’s bell”?').waitFor();
      await accessible(page, 'the confirmation of an archive');
      await page.getByRole('dialog').getByRole('button', { name: 'Archive' }).click();
      await page.locator('.page-title .badge', { hasText: 'Archived' }).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.getByText('is back in the shop').first().waitFor();
      await page.locator('.page-title .badge', { hasText: 'Archived' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'admin: stock is booked, taken back, and goes down by itself when somebody buys',
    async run(stage) {
      const bought = await buy(stage.origin);
      const page = await stage.page();
      await signInAt(page, stage.origin, { path: `/stock?variant=${bought.variantId}` });
      await settled(page);
      const onHand = async (): Promise<number> => Number(await page.locator('td[data-label="On hand"]').innerText());
      const shows = (wanted: number): Promise<unknown> => page.locator('td[data-label="On hand"]', { hasText: new RegExp(`^${wanted}$`) }).waitFor();
      const before = await onHand();
      await page.getByRole('button', { name: /^Adjust/ }).click();
      await page.getByLabel(/^Units more/).fill('-1');
      await page.getByLabel('Reason').selectOption('WRITTEN_OFF');
      await page.getByText(`After it: ${before - 1} on hand`).waitFor();
      await accessible(page, 'the booking of stock');
      await stage.shot(page, 'admin-stock-adjust');
      await page.getByRole('button', { name: 'Book it' }).click();
      await shows(before - 1);
      await page.getByRole('button', { name: 'Undo' }).click();
      await shows(before);
      await buy(stage.origin, { quantity: 3 });
      await shows(before - 3);
      await page.getByRole('button', { name: /^Movements/ }).click();
      await page.getByRole('dialog').getByText('Written off', { exact: true }).waitFor();
      await accessible(page, 'the movements');
      await stage.shot(page, 'admin-stock-movements');
    },
  },
  {
    name: 'admin: an order comes in by itself, shows its saga, is shipped, and gives money back by line and whole',
    async run(stage) {
      const page = await stage.page();
      await signInAt(page, stage.origin, { path: '/orders' });
      await settled(page);
      const { number } = await buy(stage.origin, { fullName: 'Nia New', email: 'nia@example.com' });
      await page.getByRole('link', { name: number }).waitFor();
      await stage.shot(page, 'admin-orders-new');
      await page.getByRole('link', { name: number }).click();
      await page.locator('.page-title .badge', { hasText: 'Paid' }).waitFor();
      const steps = page.locator('.saga tbody tr');
      assert.deepEqual((await steps.locator('.mono').allInnerTexts()), ['hold-stock', 'authorise-payment', 'confirm-hold', 'take-stock', 'capture-payment', 'clear-cart']);
      await page.locator('.saga tbody tr', { hasText: 'clear-cart' }).getByText('Done').waitFor();

      await page.getByRole('button', { name: 'Ship', exact: true }).click();
      await page.getByLabel('Carrier').fill('DHL');
      await page.getByLabel('Tracking number').fill('JJD000390007843112');
      await accessible(page, 'the handing over');
      await page.getByRole('button', { name: 'Hand over' }).click();
      await page.locator('.page-title .badge', { hasText: 'Shipped' }).waitFor();
      await page.getByText('JJD000390007843112', { exact: true }).waitFor();

      await page.getByRole('button', { name: 'Refund', exact: true }).click();
      await page.getByLabel('By item').check();
      await page.getByLabel(/^Units of/).first().fill('1');
      const preview = await page.locator('.preview .strong dd').innerText();
      await accessible(page, 'the refund');
      await stage.shot(page, 'admin-refund');
      await page.getByRole('button', { name: /^Refund \$/ }).click();
      await page.locator('.page-title .badge', { hasText: 'Partly refunded' }).waitFor();
      const entry = page.locator('tr', { hasText: 'Given back' }).last().locator('td').last();
      await entry.waitFor();
      assert.equal(`−${await entry.innerText()}`, preview, 'the sum in sight was the sum in the books');
      await stage.shot(page, 'admin-order', true);
      await page.getByRole('button', { name: 'Refund', exact: true }).click();
      await page.getByRole('button', { name: /^Refund \$/ }).click();
      await page.locator('.page-title .badge', { hasText: /^Refunded$/ }).waitFor();
      assert.equal(await page.getByRole('button', { name: 'Refund', exact: true }).count(), 0, 'nothing is left to give back');
    },
  },
  {
    name: 'admin: an order is called off by name, and the books balance again',
    async run(stage) {
      const { id, number } = await buy(stage.origin);
      const page = await stage.page();
      await signInAt(page, stage.origin, { path: `/orders/${id}` });
      await page.getByRole('button', { name: 'Cancel order' }).click();
      await page.getByRole('dialog').getByText(`Cancel order ${number}?`).waitFor();
      await page.getByLabel(/^Reason/).fill('Bought twice');
      await stage.shot(page, 'admin-order-cancel');
      await page.getByRole('button', { name: 'Cancel the order' }).click();
      await page.locator('.page-title .badge', { hasText: 'Cancelled' }).waitFor();
      await page.goto(`${stage.origin}/admin/ledger`);
      await page.locator('.badge.good', { hasText: 'Balanced' }).first().waitFor();
    },
  },
  {
    name: 'admin: by keyboard alone: palette to an order, rows by arrows, a dialog that gives the focus back',
    async run(stage) {
      const { number } = await buy(stage.origin);
      const page = await stage.page();
      await signInAt(page, stage.origin);
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
      await page.keyboard.type('stock');
      await accessible(page, 'the palette');
      await stage.shot(page, 'admin-palette');
      await page.keyboard.press('Escape');
      await page.getByRole('combobox').waitFor({ state: 'detached' });
      await page.keyboard.press('/');
      await page.getByRole('combobox').waitFor();
      await page.keyboard.type(number);
      await page.getByRole('option', { name: number }).waitFor();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: number }).waitFor();
      await tabTo(page, page.getByRole('button', { name: 'Cancel order' }));
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.waitForFunction(() => document.activeElement?.textContent === 'Cancel order');

      await page.goto(`${stage.origin}/admin/orders`);
      await settled(page);
      await tabTo(page, page.locator('.row-link').first());
      await page.keyboard.press('ArrowDown');
      const second = await page.locator('.row-link').nth(1).innerText();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: second }).waitFor();
      await page.goBack();
      await page.locator('.row-link').first().waitFor();
    },
  },
  {
    name: 'admin: a role is given and taken back; somebody signs out in every tab',
    async run(stage) {
      const context = await stage.visitor();
      const page = await stage.page(context);
      await signInAt(page, stage.origin, { path: '/customers?q=partner' });
      await page.getByRole('button', { name: /^Change roles: Pia/ }).click();
      await page.getByRole('checkbox', { name: /^Merchant/ }).check();
      await page.getByRole('button', { name: 'Save roles' }).click();
      await page.locator('td', { hasText: 'Merchant' }).waitFor();
      await page.getByRole('button', { name: 'Undo' }).click();
      await page.locator('td', { hasText: 'Merchant' }).waitFor({ state: 'detached' });
      const other = await stage.page(context);
      await other.goto(`${stage.origin}/admin`);
      await other.locator('.shell').waitFor();
      await page.getByRole('button', { name: 'Sign out' }).click();
      await other.locator('#email').waitFor();
    },
  },
];

/** Another person gives the product another brand, name and price. */
async function saveElsewhere(origin: string, id: string): Promise<void> {
  const { product } = await asAdmin(origin, 'query($id: ID!) { product(id: $id) { slug version media { url } variants { sku options { name value } } translations { language name description } attributes { name value } } }', { id });
  const text = (language: string, field: string) => product.translations.find((one: any) => one.language === language)?.[field];
  const input = {
    id, expectedVersion: product.version,
    product: {
      slug: product.slug, name: { en: 'Their walking stick', zh: text('zh', 'name') }, description: { en: text('en', 'description'), zh: text('zh', 'description') }, categoryPaths: [['Health']],
      attributes: product.attributes.map(({ name, value }: any) => ({ name, value: { en: value } })), media: product.media.map(({ url }: any) => ({ url })),
      variants: product.variants.map(({ sku, options }: any) => ({ sku, options, priceMinor: 12_345 })),
    },
  };
  const { saveProduct } = await asAdmin(origin, 'mutation($input: SaveProductInput!) { saveProduct(input: $input) { __typename } }', { input });
  assert.equal(saveProduct.__typename, 'Product');
}

export const adminWalks: readonly Walk[] = [...dayWalks, ...adminStateWalks, ...adminLookWalks];
