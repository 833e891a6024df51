/** Finding something. */
import { accessible, assert, open, PHONE, taken, type Walk } from '../walk.ts';
import { samples } from './reading.ts';

export const browsingWalks: readonly Walk[] = [
  {
    name: 'from home through a category with filters to a product, and back to the same place',
    async run(stage) {
      const page = await stage.page();
      let asked = 0;
      page.on('request', (request) => {
        if (request.url().endsWith('/graphql') && request.method() === 'POST' && /query (Home|Category|Products|Navigation)/.test(request.postData() ?? '')) asked++;
      });
      await open(page, `${stage.origin}/`);
      await page.waitForLoadState('networkidle');
      assert.equal(asked, 0, 'what the document brought is not asked for again');
      await stage.shot(page, 'home', true);
      await page.locator('.categories-bar a').nth(1).click();
      await page.waitForURL('**/categories/**');
      await page.locator('.list-main .card').first().waitFor();
      await stage.shot(page, 'category');
      const box = page.locator('.list-side .filters fieldset').last().locator('input[type=checkbox]').first();
      await box.click();
      await page.waitForURL(/[?&]f\./);
      await page.locator('.chips .chip svg').first().waitFor();
      const sorted = page.waitForResponse((response) => response.request().postData()?.includes('PRICE_ASC') ?? false);
      await page.locator('.list-sort select').selectOption('PRICE_ASC');
      await (await sorted).finished();
      await page.waitForURL(/sort=PRICE_ASC/);
      await page.locator('.list-main > div[aria-busy=false] .card').first().waitFor();
      const prices = (await page.locator('.list-main .card .price > span:first-child').allInnerTexts()).map((text) => Number(text.replace(/[^\d.]/g, '')));
      assert.deepEqual(prices, prices.toSorted((one, other) => one - other));
      await stage.shot(page, 'category-filtered');
      await page.locator('.chips button.chip').first().click();
      await page.waitForURL((url) => !url.search.includes('f.'));
      await page.goto(`${stage.origin}/products`);
      await taken(page);
      const far = page.locator('.list-main .card').nth(14);
      await far.scrollIntoViewIfNeeded();
      await page.waitForFunction(() => window.scrollY > 400 && Boolean(sessionStorage.getItem('gomall.scroll')));
      const top = await page.evaluate(() => window.scrollY);
      await far.locator('a').click();
      await page.waitForURL('**/products/*');
      await page.locator('.product h1').waitFor();
      await page.waitForFunction(() => window.scrollY === 0);
      await page.goBack();
      await page.waitForFunction((before) => Math.abs(window.scrollY - before) < 120, top);
    },
  },
  {
    name: 'search forgives a typing mistake, and proposes with pictures and prices, by keyboard',
    async run(stage) {
      const page = await stage.page();
      await open(page, `${stage.origin}/`);
      const box = page.getByRole('combobox');
      await box.fill('tea');
      await page.locator('.suggestion img').first().waitFor();
      assert.match(await page.locator('.suggestion:has(img)').first().innerText(), /\$\d/);
      await stage.shot(page, 'search-suggestions');
      await accessible(page, 'the open search box');
      await box.press('ArrowDown');
      const active = await box.getAttribute('aria-activedescendant');
      assert.ok(active && (await page.locator(`[id="${active}"]`).getAttribute('aria-selected')) === 'true');
      await box.press('Escape');
      await box.fill('backpakc');
      await box.press('Enter');
      await page.waitForURL('**/search?q=backpakc');
      await page.locator('.list-main .card').first().waitFor();
      assert.match(await page.locator('.list-main .card-name').first().innerText(), /backpack/i);
      await stage.shot(page, 'search-corrected');
      await box.fill('qqqqzzzz');
      await box.press('Enter');
      await page.locator('.state h2').waitFor();
      await stage.shot(page, 'search-nothing');
    },
  },
  {
    name: 'pictures of a product turn with arrow keys and grow; a sold-out choice is seen before it is made',
    async run(stage) {
      const { product } = await samples(stage);
      const page = await stage.page();
      await open(page, `${stage.origin}/products/${product}`);
      await stage.shot(page, 'product', true);
      await page.locator('.gallery-zoom').focus();
      if ((await page.locator('.thumbs button').count()) > 1) {
        await page.keyboard.press('ArrowRight');
        assert.equal(await page.locator('.thumbs button').nth(1).getAttribute('aria-current'), 'true');
      }
      await page.keyboard.press('Enter');
      await page.locator('dialog.zoom[open]').waitFor();
      await stage.shot(page, 'product-zoom');
      await page.keyboard.press('Escape');
      await page.locator('dialog.zoom[open]').waitFor({ state: 'hidden' });
      assert.equal(await page.locator('.gallery-zoom').evaluate((element) => element === document.activeElement), true, 'the focus comes back');
      const found = await findSoldOutOption(stage.origin);
      if (!found) return;
      await open(page, `${stage.origin}/products/${found}`);
      const soldOut = page.locator('.option.soldOut input').first();
      assert.match((await soldOut.getAttribute('aria-label'))!, /sold out/);
      await soldOut.check({ force: true });
      await page.locator('.stock.bad').waitFor();
      assert.equal(await page.locator('.buy-row .buy-button').getAttribute('aria-disabled'), 'true');
      await stage.shot(page, 'product-sold-out');
    },
  },
  {
    name: 'on a phone the buy button stays, filters are a sheet, and nothing is wider than the screen',
    async run(stage) {
      const { product, category } = await samples(stage);
      const page = await stage.page(PHONE);
      for (const [name, path] of [['home', '/'], ['category', `/categories/${category}`], ['product', `/products/${product}`], ['cart', '/cart'], ['sign-in', '/sign-in'], ['search', '/search?q=lamp'], ['missing', '/nowhere']] as const) {
        await open(page, stage.origin + path);
        await page.waitForLoadState('networkidle');
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        assert.equal(wide, 0, `${path} can be pushed sideways`);
        await stage.shot(page, `phone-${name}`);
        const small = await page.evaluate(() => [...document.querySelectorAll('main button, header a, header button, main .button')].filter((element) => {
          const box = element.getBoundingClientRect();
          return box.width > 0 && !element.matches('.link, .skip, .thumbs button') && (box.height < 39.5 || box.width < 24);
        }).map((element) => element.outerHTML.slice(0, 120)));
        assert.deepEqual(small, [], `${path} has targets too small for a finger`);
      }
      await open(page, `${stage.origin}/products/${product}`);
      assert.ok(await page.locator('.buy-bar .button').isVisible());
      await open(page, `${stage.origin}/categories/${category}`);
      await page.locator('.list-filter-button').click();
      await page.locator('dialog.sheet[open]').waitFor();
      await stage.shot(page, 'phone-filters');
    },
  },
];

/** Looks through the first pages of goods for one with a variant that is out. */
async function findSoldOutOption(origin: string): Promise<string | null> {
  const query = 'query FindSoldOut($after: String) { products(first: 100, after: $after) { edges { node { slug options { values } variants { stock { status } } } } pageInfo { hasNextPage endCursor } } }';
  let after: string | null = null;
  for (let page = 0; page < 5; page++) {
    const response = await fetch(`${origin}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables: { after } }) });
    const { data } = (await response.json()) as { data: { products: { edges: { node: { slug: string; options: unknown[]; variants: { stock: { status: string } | null }[] } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } };
    const found = data.products.edges.find(({ node }) => node.options.length > 0 && node.variants.some((one) => one.stock?.status === 'OUT') && node.variants.some((one) => one.stock?.status !== 'OUT'));
    if (found) return found.node.slug;
    if (!data.products.pageInfo.hasNextPage) return null;
    after = data.products.pageInfo.endCursor;
  }
  return null;
}
