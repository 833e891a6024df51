/** The budgets that only a browser can measure, on a machine four times as slow. */
import { assert, DESKTOP, PHONE, type Walk } from '../walk.ts';
import { samples } from './reading.ts';

const SLOWER = 4;
const LCP_LIMIT_MS = 1_200;
const CLS_LIMIT = 0.05;
/** Other work on the machine only ever makes it slower: the quickest of a few loads is nearest to the truth. */
const ATTEMPTS = 4;

export const speedWalks: readonly Walk[] = [
  {
    name: `at ${SLOWER} times slower the largest picture is there within ${LCP_LIMIT_MS} ms and nothing jumps`,
    async run(stage) {
      const { product, category } = await samples(stage);
      for (const look of [DESKTOP, PHONE]) {
        for (const path of ['/', `/categories/${category}`, `/products/${product}`, '/search?q=lamp']) {
          let best = Infinity;
          let what = '';
          for (let attempt = 0; attempt < ATTEMPTS && best > LCP_LIMIT_MS; attempt++) {
            const page = await stage.page(look);
            const cdp = await page.context().newCDPSession(page);
            await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
            await page.addInitScript(() => {
              const seen = { lcp: 0, cls: 0, what: '', moved: [] as string[] };
              (window as any).seen = seen;
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries() as any[])
                  Object.assign(seen, { lcp: entry.startTime, what: entry.element?.outerHTML?.slice(0, 100) ?? '' });
              }).observe({ type: 'largest-contentful-paint', buffered: true });
              new PerformanceObserver((list) => {
                for (const entry of list.getEntries() as any[])
                  if (!entry.hadRecentInput) {
                    seen.cls += entry.value;
                    seen.moved.push(...entry.sources.map((source: any) => source.node?.outerHTML?.slice(0, 80) ?? '?'));
                  }
              }).observe({ type: 'layout-shift', buffered: true });
            });
            await page.goto(stage.origin + path);
            await page.waitForLoadState('networkidle');
            const seen = (await page.evaluate(() => (window as any).seen)) as { lcp: number; cls: number; what: string; moved: string[] };
            assert.ok(seen.cls < CLS_LIMIT, `${path} moves by ${seen.cls.toFixed(3)}: ${seen.moved.join(' | ')}`);
            if (seen.lcp < best) ({ lcp: best, what } = seen);
            await page.context().close();
          }
          process.stdout.write(`      ${look.width} px ${path}: largest paint after ${Math.round(best)} ms\n`);
          assert.ok(best <= LCP_LIMIT_MS, `${path} takes ${Math.round(best)} ms for ${what}`);
        }
      }
    },
  },
];
