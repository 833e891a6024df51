/** What a crawler, a link preview, or a reader without scripts finds. */
import { assert, DESKTOP, type Stage, type Walk } from '../walk.ts';

async function get(stage: Stage, path: string): Promise<{ status: number; text: string; headers: Headers }> {
  const response = await fetch(stage.origin + path, { redirect: 'manual' });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** A product, a category: the first the home page shows. */
export async function samples(stage: Stage): Promise<{ product: string; category: string }> {
  const { text } = await get(stage, '/');
  return { product: /href="\/products\/([^"?]+)"/.exec(text)![1]!, category: /href="\/categories\/([^"?]+)"/.exec(text)![1]! };
}

export const readingWalks: readonly Walk[] = [
  {
    name: 'without scripts one reads home, category, product and search, and is told where it cannot go on',
    async run(stage) {
      const { product, category } = await samples(stage);
      const page = await stage.page({ scripts: false });
      await page.goto(`${stage.origin}/`);
      assert.ok((await page.locator('.card').count()) >= 8);
      await stage.shot(page, 'noscript-home');
      await page.goto(`${stage.origin}/categories/${category}`);
      await page.locator('h1').waitFor();
      assert.ok((await page.locator('.card').count()) > 0);
      await page.goto(`${stage.origin}/products/${product}`);
      assert.match(await page.locator('.product-price').innerText(), /\d/);
      assert.match(await page.locator('.product-info').innerText(), /JavaScript/);
      await stage.shot(page, 'noscript-product');
      await page.locator('input[name=q]').fill('tea');
      await page.keyboard.press('Enter');
      await page.waitForURL('**/search?q=tea');
      assert.ok((await page.locator('.card').count()) > 0);
      await page.goto(`${stage.origin}/checkout`);
      assert.match(await page.locator('main').innerText(), /JavaScript/);
      await stage.shot(page, 'noscript-checkout');
    },
  },
  {
    name: 'a product tells search engines its title, picture, price, trail and both languages',
    async run(stage) {
      const { product } = await samples(stage);
      const { text, status } = await get(stage, `/products/${product}`);
      assert.equal(status, 200);
      const objects = [...text.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map((match) => JSON.parse(match[1]!) as Record<string, any>);
      const described = objects.find((one) => one['@type'] === 'Product')!;
      assert.match(described.offers.price ?? described.offers.lowPrice, /^\d+\.\d\d$/);
      assert.ok(described.image.length > 0 && described.image[0].startsWith(stage.origin));
      assert.ok(objects.some((one) => one['@type'] === 'BreadcrumbList' && one.itemListElement.length >= 2));
      assert.ok(text.includes(`<link rel="canonical" href="${stage.origin}/products/${product}">`));
      assert.ok(text.includes(`hreflang="zh-Hans" href="${stage.origin}/zh/products/${product}"`));
      assert.match(text, /<meta property="og:image" content="http/);
      const picture = await fetch(described.image[0]);
      assert.equal(picture.status, 200);
    },
  },
  {
    name: 'a wrong address is 404 and helps; sitemap and robots name what there is',
    async run(stage) {
      for (const path of ['/nowhere', '/products/no-such-thing', '/categories/no-such-thing', '/zh/nowhere']) {
        const { status, text } = await get(stage, path);
        assert.equal(status, 404, path);
        assert.match(text, /href="(\/zh)?\/categories\//, path);
      }
      const sitemap = await get(stage, '/sitemap.xml');
      assert.ok((sitemap.text.match(/<loc>/g) ?? []).length > 600);
      assert.match((await get(stage, '/robots.txt')).text, /Sitemap: http/);
      const page = await stage.page(DESKTOP);
      await page.goto(`${stage.origin}/nowhere`);
      await page.locator('h1').waitFor();
      await stage.shot(page, 'missing');
    },
  },
  {
    name: 'documents forbid foreign scripts and frames; built files are compressed and kept for ever',
    async run(stage) {
      const { headers, text } = await get(stage, '/');
      assert.match(headers.get('content-security-policy')!, /script-src 'self' 'sha256-[^']+';/);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.match(headers.get('content-security-policy')!, /frame-ancestors 'none'/);
      const script = /src="(\/assets\/[^"]+\.js)"/.exec(text)![1]!;
      const response = await fetch(stage.origin + script, { headers: { 'accept-encoding': 'br' } });
      assert.match(response.headers.get('cache-control')!, /immutable/);
      assert.equal(response.headers.get('content-encoding'), 'br');
      assert.equal((await get(stage, '/assets/..%2f..%2fpackage.json')).status, 404);
    },
  },
];
