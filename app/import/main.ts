/** `npm run import -- products <file>`: loads goods into the mall that runs on DATA_DIR, or opens its rooms for it. */
import { systemClock } from '#platform/clock/system.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { importBatch } from '#subgraphs/products/index.ts';
import { ConfigError, readConfig, type Config } from '../config.ts';
import type { DataDir } from '../data-dir.ts';
import { chooseEngines } from '../engines.ts';
import { Mall } from '../mall.ts';
import { ROOM_NAMES } from '../modules.ts';
import { runImport, type OpenedMall } from './run-import.ts';

const shell = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
  isTerminal: process.stderr.isTTY === true,
};

// The mall's own timers never keep a process alive, so something else must while a closed mall is filled.
const untilDone = setInterval(() => undefined, 60_000);
try {
  process.exitCode = await runImport(process.argv.slice(2), { ...shell, config: readConfig([]), openMall });
} catch (error) {
  shell.err(`${error instanceof ConfigError ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
} finally {
  clearInterval(untilDone);
}

/** All rooms and the bus, without router and clients: stock is opened by inventory as it hears of the new variants. */
async function openMall(config: Config, dataDir: DataDir): Promise<OpenedMall> {
  const log = createLogger(config.logLevel);
  const mall = new Mall({ config, log, dataDir, engines: (kept) => chooseEngines({ config, clock: systemClock, ids: systemIds, log }, kept) });
  await mall.start([...ROOM_NAMES, 'bus']);
  const { deps } = mall.room('products');
  return { send: (products) => importBatch(deps, products), close: () => mall.stop() };
}
