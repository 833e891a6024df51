/**
 * `npm run test:browser`: walks through the real mall in headless Chromium. `npm run test:browser -- cart "a guest"`
 * runs the walks whose name has one of these. Screenshots of every state are put into `output/`, to be looked at.
 */
import { mkdir, rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from './chromium.ts';
import { startMall } from './mall.ts';
import { DESKTOP, type Look, type Stage, type Walk } from './walk.ts';
import { accessWalks } from './walks/access.ts';
import { accountWalks } from './walks/account.ts';
import { adminWalks } from './walks/admin.ts';
import { browsingWalks } from './walks/browsing.ts';
import { buyingWalks } from './walks/buying.ts';
import { notifiedWalks } from './walks/notified.ts';
import { readingWalks } from './walks/reading.ts';
import { recommendedWalks } from './walks/recommended.ts';
import { speedWalks } from './walks/speed.ts';
import { stateWalks } from './walks/states.ts';

const OUTPUT = fileURLToPath(new URL('output/', import.meta.url));
const WALK_LIMIT_MS = 180_000;
const STEP_LIMIT_MS = 10_000;
const WALKS: readonly Walk[] = [...readingWalks, ...browsingWalks, ...buyingWalks, ...accountWalks, ...stateWalks, ...recommendedWalks, ...notifiedWalks, ...accessWalks, ...adminWalks, ...speedWalks];

const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const chosen = WALKS.filter((walk) => wanted.length === 0 || wanted.some((word) => walk.name.toLowerCase().includes(word.toLowerCase())));
process.exitCode = await main();

async function main(): Promise<number> {
  await rm(OUTPUT, { recursive: true, force: true });
  await mkdir(OUTPUT, { recursive: true });
  const browser = await launchChromium();
  const mall = await startMall();
  let failed = 0;
  try {
    for (const walk of chosen) {
      const contexts: BrowserContext[] = [];
      const errors: string[] = [];
      const startedMs = Date.now();
      try {
        await bounded(walk.run(stageOf(contexts, errors)), walk.name);
        if (errors.length > 0) throw new Error(`errors in the page:\n${errors.join('\n')}`);
        process.stdout.write(`  ✓ ${walk.name} (${((Date.now() - startedMs) / 1000).toFixed(1)} s)\n`);
      } catch (error) {
        failed++;
        process.stdout.write(`  ✗ ${walk.name}\n${indent(String((error as Error).stack ?? error))}\n${indent(errors.join('\n'))}\n`);
        const page = contexts.at(-1)?.pages().at(-1);
        await page?.screenshot({ path: `${OUTPUT}failed-${failed}.png` }).catch((problem: Error) => process.stdout.write(indent(problem.message)));
      }
      for (const context of contexts) await context.close();
    }
  } finally {
    await browser.close();
    await mall.stop();
  }
  process.stdout.write(`\n${chosen.length - failed} passed, ${failed} failed; screenshots in tests/browser/output/\n`);
  return failed === 0 ? 0 : 1;

  function stageOf(contexts: BrowserContext[], errors: string[]): Stage {
    const visitor = async (look: Look = {}): Promise<BrowserContext> => {
      const context = await browser.newContext({
        viewport: { width: look.width ?? DESKTOP.width, height: look.height ?? DESKTOP.height }, colorScheme: look.dark ? 'dark' : 'light',
        javaScriptEnabled: look.scripts ?? true, locale: look.locale ?? 'en-US', reducedMotion: 'reduce', hasTouch: (look.width ?? DESKTOP.width) < 700,
      });
      context.setDefaultTimeout(STEP_LIMIT_MS);
      contexts.push(context);
      return context;
    };
    return {
      origin: mall.origin, browser, visitor,
      async page(look) {
        const context = look && 'newPage' in look ? look : await visitor(look);
        const page = await context.newPage();
        page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
        page.on('console', (message) => {
          // A refused policy or a broken hydration is said here only; failed requests are the walks' own doing.
          if (message.type() === 'error' && !message.text().startsWith('Failed to load resource') && !/WebSocket connection|ERR_/.test(message.text())) errors.push(`${page.url()}: ${message.text()}`);
        });
        return page;
      },
      async shot(page: Page, name: string, full = false) {
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        await page.screenshot({ path: `${OUTPUT}${name}.png`, fullPage: full, animations: 'disabled' });
      },
    };
  }
}

async function bounded(work: Promise<void>, name: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`took longer than ${WALK_LIMIT_MS / 1000} s: ${name}`)), WALK_LIMIT_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function indent(text: string): string {
  return text ? text.split('\n').slice(0, 25).map((line) => `      ${line}`).join('\n') : '';
}
