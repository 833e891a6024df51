/** What shoppers are recommended: popular for strangers, personal after a purchase, by what is in the cart, with the reason. */
import { accessible, addToCart, assert, fillAddress, open, pay, PHONE, taken, type Walk } from '../walk.ts';
import { samples } from './reading.ts';

export const recommendedWalks: readonly Walk[] = [
  {
    name: 'a stranger is shown what is liked in every department, in both languages, and the page is whole without it',
    async run(stage) {
      const page = await stage.page();
      await open(page, `${stage.origin}/`);
      const row = page.getByTestId('recommended');
      await row.scrollIntoViewIfNeeded();
      assert.match(await row.innerText(), /Liked in every department[\s\S]*Popular in /);
      assert.equal(await row.locator('.card').count(), 4);
      await stage.shot(page, 'recommended-stranger', true);
      await accessible(page, 'the first page with recommendations');
      await open(page, `${stage.origin}/zh/`);
      assert.match(await row.innerText(), /各类热销[\s\S]*热销/);
      await stage.shot(page, 'recommended-stranger-zh', true);

      const without = await stage.page({ width: PHONE.width, height: PHONE.height });
      await without.route('**/graphql', async (route) => {
        if (!/RecommendedFor|recommendedProducts/.test(route.request().postData() ?? '')) return route.continue();
        await route.fulfill({ json: { data: { recommendedProducts: null }, errors: [{ message: 'gone', extensions: { code: 'UNAVAILABLE', traceId: 't' } }] } });
      });
      await open(without, `${stage.origin}/`);
      await without.locator('.promises').waitFor();
      assert.equal(await without.getByTestId('recommended').count(), 0);
    },
  },
  {
    name: 'with something in the cart its page shows what goes with it and says why, once a model is there',
    async run(stage) {
      const { product } = await samples(stage);
      await trained(stage.origin);
      const page = await stage.page({ width: PHONE.width, height: PHONE.height });
      await addToCart(page, stage.origin, product);
      await page.goto(`${stage.origin}/cart`);
      await taken(page);
      const row = page.getByTestId('recommended');
      await row.getByRole('heading', { name: 'Goes with what is in your cart' }).waitFor();
      assert.match(await row.innerText(), /Goes with |Picked for you/);
      await stage.shot(page, 'recommended-cart-phone', true);
      await accessible(page, 'the cart with recommendations');
    },
  },
  {
    name: 'after a purchase the first page is for the shopper and names what was bought',
    async run(stage) {
      const { product } = await samples(stage);
      await trained(stage.origin);
      const page = await stage.page();
      const email = `reader-${Date.now()}@example.com`;
      await open(page, `${stage.origin}/sign-up`);
      for (const [name, value] of [['email', email], ['name', 'Robin'], ['new-password', 'a good long password']] as const) await page.locator(`input[name=${name}]`).fill(value);
      await page.locator('form.narrow button[type=submit]').click();
      await page.waitForURL((url) => !url.pathname.includes('sign-up'));
      await addToCart(page, stage.origin, product);
      await page.goto(`${stage.origin}/checkout`);
      await page.locator('.pay-button').waitFor();
      await fillAddress(page, null);
      await pay(page, 'pm_ok');
      await page.waitForURL('**/orders/**');
      await page.locator('[data-testid=timeline] [data-kind=CONFIRMED]').waitFor();
      await open(page, `${stage.origin}/`);
      const row = page.getByTestId('recommended');
      await row.getByRole('heading', { name: 'For you' }).waitFor();
      await row.scrollIntoViewIfNeeded();
      assert.match(await row.innerText(), /Because you bought /);
      await stage.shot(page, 'recommended-shopper', true);
    },
  },
];

const TRAINING_LIMIT_MS = 150_000;

/** Until the first model, which the demo shop trains by itself, answers. */
async function trained(origin: string): Promise<void> {
  const ask = async (path: string, body: unknown, headers: Record<string, string> = {}): Promise<any> =>
    (await fetch(`${origin}${path}`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) })).json();
  const { accessToken } = await ask('/auth/login', { email: 'ops@gomall.example', password: 'gomall-demo' });
  const untilMs = Date.now() + TRAINING_LIMIT_MS;
  for (;;) {
    const { data } = await ask('/graphql', { query: '{ recommendationModels(first: 5) { served state reason } }' }, { authorization: `Bearer ${accessToken}` });
    if (data.recommendationModels.some((model: { served: boolean }) => model.served)) return;
    if (Date.now() > untilMs) assert.fail(`no model after ${TRAINING_LIMIT_MS / 1000} s: ${JSON.stringify(data)}`);
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}
