/** Finds Chromium, or installs Debian's where that is allowed; says what to do otherwise. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function launchChromium(): Promise<Browser> {
  const executablePath = PLACES.find(existsSync) ?? install();
  return await chromium.launch({ executablePath, args: FLAGS });
}

function install(): string {
  const root = process.getuid?.() === 0;
  const sudo = !root && spawnSync('sudo', ['-n', 'true']).status === 0;
  if (existsSync('/usr/bin/apt-get') && (root || sudo)) {
    process.stdout.write('Installing chromium by apt-get, once …\n');
    const run = (...argv: string[]): number | null => spawnSync(root ? argv[0]! : 'sudo', root ? argv.slice(1) : argv, { stdio: ['ignore', 'ignore', 'inherit'] }).status;
    run('apt-get', 'update', '-qq');
    if (run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk') === 0 && existsSync(PLACES[0]!)) return PLACES[0]!;
  }
  throw new Error(`No Chromium. Install it (Debian: apt-get install chromium fonts-noto-cjk) at one of: ${PLACES.join(', ')}`);
}
