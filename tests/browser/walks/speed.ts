/** The budgets that only a browser can measure, on a machine four times as slow. */
import { assert, DESKTOP, PHONE, type Walk } from '../walk.ts';
import { samples } from './reading.ts';

const SLOWER = 4;
const LCP_LIMIT_MS = 1_200;
const CLS_LIMIT = 0.05;

export const speedWalks: readonly Walk[] = [
  {
    name: `at ${SLOWER} times slower the largest picture is there within ${LCP_LIMIT_MS} ms and nothing jumps`,
    async run(stage) {
      const { product, category } = await samples(stage);
      for (const look of [DESKTOP, PHONE]) {
        for (const path of ['/', `/categories/${category}`, `/products/${product}`, '/search?q=lamp']) {
          const page = await stage.page(look);
          const cdp = await page.context().newCDPSession(page);
          await cdp.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
          await page.addInitScript(() => {
            const seen = { lcp: 0, cls: 0, what: '', moved: [] as string[] };
            (window as any).seen = seen;
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries() as any[]) Object.assign(seen, { lcp: entry.startTime, what: entry.element?.outerHTML?.slice(0, 100) ?? '' });
            }).observe({ type: 'largest-contentful-paint', buffered: true });
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries() as any[]) if (!entry.hadRecentInput) {
                seen.cls += entry.value;
                seen.moved.push(...entry.sources.map((source: any) => source.node?.outerHTML?.slice(0, 80) ?? '?'));
              }
            }).observe({ type: 'layout-shift', buffered: true });
          });
          await page.goto(stage.origin + path);
          await page.waitForLoadState('networkidle');
          const seen = (await page.evaluate(() => (window as any).seen)) as { lcp: number; cls: number; what: string; moved: string[] };
          process.stdout.write(`      ${look.width} px ${path}: LCP ${Math.round(seen.lcp)} ms, CLS ${seen.cls.toFixed(3)}\n`);
          assert.ok(seen.cls < CLS_LIMIT, `${path} moves by ${seen.cls.toFixed(3)}: ${seen.moved.join(' | ')}`);
          assert.ok(seen.lcp <= LCP_LIMIT_MS, `${path} takes ${Math.round(seen.lcp)} ms for ${seen.what}`);
          await page.close();
        }
      }
    },
  },
];
