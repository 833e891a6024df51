/** One import from arguments to exit code, whether the mall runs or not. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '../config.ts';
import { DataDirHeld, holdDataDir, type Holder } from '../data-dir.ts';
import { systemIds } from '#platform/ids/system.ts';
import { readArguments, USAGE, UsageFault, type ImportArguments } from './arguments.ts';
import { exponentOf } from './cells.ts';
import { faultText, FileFault } from './faults.ts';
import { createPictureFetcher } from './fetch-picture.ts';
import { importProducts, type ImportSummary } from './import-products.ts';
import { openPictures } from './pictures.ts';
import { runOverHttp, SendFault, sendThrough, type SendBatch } from './send.ts';

/** Where the products room keeps what it serves under /media/. */
export const mediaDirOf = (dataDir: string): string => join(dataDir, 'products', 'media');

/** Faults printed; the others are counted. */
const FAULTS_SHOWN = 100;
const WARNINGS_SHOWN = 20;

/** A mall opened for this import alone. */
export interface OpenedMall {
  send: SendBatch;
  close(): Promise<void>;
}

export interface ImportShell {
  config: Config;
  /** Opens the rooms of a mall that does not run; the data folder is held already. */
  openMall(config: Config, dataDir: ReturnType<typeof holdDataDir>): Promise<OpenedMall>;
  /** Lines for people: what happened, and what is wrong or under way. */
  out(text: string): void;
  err(text: string): void;
  /** Whether `err` is a terminal, where progress stays on one line. */
  isTerminal: boolean;
}

/** @returns The exit code: 0 when all was loaded, 1 when anything was refused or it could not go on, 2 for wrong arguments. */
export async function runImport(argv: readonly string[], shell: ImportShell): Promise<0 | 1 | 2> {
  try {
    const parsed = readArguments(argv);
    if (parsed === 'help') {
      shell.out(USAGE);
      return 0;
    }
    const summary = await load(parsed, shell);
    return summary.refused > 0 ? 1 : 0;
  } catch (error) {
    if (error instanceof UsageFault) {
      shell.err(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    if (!(error instanceof FileFault || error instanceof SendFault)) throw error;
    shell.err(`${error.message}\nWhat was loaded until then stays; the import can be repeated.\n`);
    return 1;
  }
}

async function load(parsed: ImportArguments, shell: ImportShell): Promise<ImportSummary> {
  const { config } = shell;
  const { currency } = config.shop;
  if (parsed.currency !== null && parsed.currency !== currency && !parsed.remote) {
    throw new UsageFault(`The shop sells in ${currency} (SHOP_CURRENCY), so prices in ${parsed.currency} cannot be taken over as they are.`);
  }
  const target = await openTarget(parsed, shell);
  const fetcher = parsed.images ? createPictureFetcher() : null;
  const notes = new Notes(shell);
  try {
    const summary = await importProducts({
      file: resolve(parsed.file),
      exponent: exponentOf(parsed.currency ?? currency),
      pictures: await openPictures({ mediaDir: parsed.remote ? null : mediaDirOf(config.dataDir), fetcher, warn: (line) => notes.warn(line) }),
      send: target.send,
      progress: (done, all) => notes.progress(done, all),
      fault: (fault, handle) => notes.fault(`${faultText(fault)} (${handle || 'no handle'})`),
    });
    notes.end();
    shell.out(summaryText(summary));
    return summary;
  } finally {
    await fetcher?.close();
    await target.close();
  }
}

/** The mall to load into: the given one, else the running one, else our own. */
async function openTarget({ remote }: ImportArguments, { config, openMall }: ImportShell): Promise<OpenedMall> {
  const over = (url: string, token: string): OpenedMall => ({ send: sendThrough(runOverHttp(url, token)), close: async () => {} });
  if (remote) return over(remote.url, (await readFile(remote.tokenFile, 'utf8')).trim());
  const held = hold(config.dataDir);
  if (!('holder' in held)) return over(`http://127.0.0.1:${held.port}`, held.token);
  const mall = await openMall(config, held).catch((error: unknown) => {
    held.release();
    throw error;
  });
  return {
    send: mall.send,
    async close() {
      await mall.close();
      held.release();
    },
  };
}

/** The data folder, or who has it. */
function hold(dataDir: string): ReturnType<typeof holdDataDir> | Holder {
  try {
    return holdDataDir(dataDir, systemIds);
  } catch (error) {
    if (!(error instanceof DataDirHeld)) throw error;
    if (error.holder && error.holder.port > 0) return error.holder;
    throw new SendFault('The mall is just starting or another import runs; try again in a moment.', error);
  }
}

/** What is shown while it runs. */
class Notes {
  readonly #shell: ImportShell;
  #faults = 0;
  #warnings = 0;
  #isLineOpen = false;

  constructor(shell: ImportShell) {
    this.#shell = shell;
  }

  progress(done: number, all: number): void {
    const { isTerminal, err } = this.#shell;
    const share = all === 0 ? 100 : Math.floor((done * 100) / all);
    err(`${isTerminal ? '\r' : ''}${done} of ${all} products (${share} %)${isTerminal ? ' ' : '\n'}`);
    this.#isLineOpen = isTerminal;
  }

  fault(line: string): void {
    if (++this.#faults <= FAULTS_SHOWN) this.#line(line);
  }

  warn(line: string): void {
    if (++this.#warnings <= WARNINGS_SHOWN) this.#line(`picture not fetched, a drawn one stands in: ${line}`);
  }

  end(): void {
    if (this.#faults > FAULTS_SHOWN) this.#line(`… and ${this.#faults - FAULTS_SHOWN} more faults.`);
    if (this.#warnings > WARNINGS_SHOWN) this.#line(`… and ${this.#warnings - WARNINGS_SHOWN} more pictures not fetched.`);
    if (this.#isLineOpen) this.#shell.err('\n');
    this.#isLineOpen = false;
  }

  #line(text: string): void {
    this.#shell.err(`${this.#isLineOpen ? '\n' : ''}${text}\n`);
    this.#isLineOpen = false;
  }
}

function summaryText({ created, updated, unchanged, refused, leftOut }: ImportSummary): string {
  const parts = [`${created} created`, `${updated} updated`, `${unchanged} unchanged`, `${refused} refused`];
  if (leftOut > 0) parts.push(`${leftOut} left out (not published, drafts, archived, gift cards)`);
  return `${parts.join(', ')}\n`;
}
