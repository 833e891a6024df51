/** Reads the configuration, holds the data folder, opens the mall, and closes it on a signal. */
import { systemClock } from '#platform/clock/system.ts';
import { Fault } from '#platform/errors.ts';
import { systemIds } from '#platform/ids/system.ts';
import { createLogger } from '#platform/telemetry/log.ts';
import { watchProcess } from '#platform/telemetry/metrics.ts';
import type { FromProcess } from './distributed/line.ts';
import { ConfigError, readConfig } from './config.ts';
import { DataDirHeld, holdDataDir, sharedDataDir } from './data-dir.ts';
import { chooseEngines } from './engines.ts';
import { Mall } from './mall.ts';
import type { Others } from './modules.ts';

/** Says what is wrong and sets the exit code; never rejects. */
export async function start(): Promise<void> {
  try {
    await open();
  } catch (error) {
    const expected = error instanceof ConfigError || error instanceof DataDirHeld || error instanceof Fault;
    process.stderr.write(`\n${expected ? error.message : (error as Error).stack}\n`);
    process.exitCode = 1;
    // The channel to a supervisor would keep it alive, and the supervisor waits for its end to start another one.
    if (process.connected) process.exit();
  }
}

async function open(): Promise<void> {
  const config = readConfig();
  const log = createLogger(config.logLevel);
  const dataDir = config.supervised ? sharedDataDir(config.dataDir) : holdDataDir(config.dataDir, systemIds);
  watchProcess();
  const mall = new Mall({ config, log, dataDir, engines: (kept, roomless) => chooseEngines({ config, clock: systemClock, ids: systemIds, log, ...(roomless && { roomless }) }, kept) });
  const close = closeOnSignal(mall, () => dataDir.release());
  const tell = config.supervised ? await obey(mall, close) : null;
  try {
    await mall.start();
  } catch (error) {
    dataDir.release();
    throw error;
  }
  tell?.({ kind: 'open', port: mall.roomsPort ?? mall.port, appendOnly: Object.fromEntries([...mall.rooms.values()].map(({ name, definition }) => [name, [...(definition.appendOnly ?? [])]])) });
  if (!mall.hasRouter) return void process.stdout.write(roomsBanner(mall, performance.now()));
  const url = config.publicUrl.endsWith(':0') ? `http://localhost:${mall.port}` : config.publicUrl;
  process.stdout.write(banner(url, config.seed === 'demo', performance.now()));
}

type Close = (why: string, others: Others) => void;

function closeOnSignal(mall: Mall, release: () => void): Close {
  let closing = false;
  const close = async (why: string, others: Others) => {
    closing = true;
    mall.log.info({ why }, 'closing');
    await mall.stop(others);
    release();
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    // A second signal means now.
    process.on(signal, () => (closing ? process.exit(1) : void close(signal, 'unknown')));
  }
  return (why, others) => void (closing || void close(why, others));
}

async function obey(mall: Mall, close: Close): Promise<(message: FromProcess) => void> {
  const { listenToSupervisor } = await import('./distributed/line.ts');
  return listenToSupervisor({
    addresses: (addresses) => mall.place(addresses),
    connection: (socket) => mall.takeConnection(socket),
    stop: (others) => close('told to', others),
  });
}

function roomsBanner(mall: Mall, startMs: number): string {
  return `\n  GoMall's ${[...mall.rooms.keys()].join(', ')} ${mall.rooms.size === 1 ? 'is' : 'are'} open at port ${mall.roomsPort} (${(startMs / 1000).toFixed(1)} s)\n\n`;
}

function banner(url: string, demo: boolean, startMs: number): string {
  const accounts = demo ? `\n  Sign in     shopper@gomall.example, merchant@, ops@, partner@, admin@ · password gomall-demo` : '';
  return `
  GoMall is open (${(startMs / 1000).toFixed(1)} s)

  Shop        ${url}/
  Admin       ${url}/admin
  GraphQL     ${url}/graphql${accounts}
\n`;
}
