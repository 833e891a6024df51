/** Asks the running mall for a copy of its databases. */
import type { Holder } from '../data-dir.ts';
import { BackupFault } from './faults.ts';
import { BACKUP_PATH, lineSchema, type BackupLine } from './route.ts';

/** A line is a few words. */
const MAX_LINE = 64 * 1024;

export interface AskParts {
  /** Empty, absolute. */
  into: string;
  signal: AbortSignal;
  progress(done: number, all: number): void;
}

/** @throws BackupFault in the mall's own words, or when it goes away before the end. */
export async function askMall({ port, token, pid }: Holder, { into, signal, progress }: AskParts): Promise<{ atMs: number; secretMark: string | null }> {
  const gone = (error: unknown) => (signal.aborted ? error : new BackupFault(`The mall (process ${pid}, port ${port}) went away before the copy was whole.`, error));
  let response: Response;
  try {
    response = await fetch(`http://127.0.0.1:${port}${BACKUP_PATH}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ into }),
      signal,
    });
  } catch (error) {
    throw gone(error);
  }
  if (!response.ok || !response.body) throw new BackupFault(await refusalOf(response));
  try {
    for await (const line of linesOf(response.body)) {
      if ('done' in line) progress(line.done, line.all);
      else if ('fault' in line) throw new BackupFault(line.fault);
      else return line;
    }
  } catch (error) {
    throw error instanceof BackupFault ? error : gone(error);
  }
  throw gone(null);
}

async function refusalOf(response: Response): Promise<string> {
  const text = await response.text();
  // Rooms without a router answer so, and versions that cannot do it yet.
  if (response.status === 404 || response.headers.get('content-type') !== 'application/json') {
    return `The process on DATA_DIR takes no backup while it runs (HTTP ${response.status}): it has no router, or is of an older version. Stop it, and run the backup again.`;
  }
  return (JSON.parse(text) as { message?: string }).message ?? text;
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<BackupLine> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of body) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    if (rest.length > MAX_LINE) throw new BackupFault('The mall answers something that is no answer to a backup.');
    for (const line of lines) {
      const parsed = lineSchema.safeParse(JSON.parse(line));
      if (!parsed.success) throw new BackupFault('The mall answers something that is no answer to a backup.', parsed.error);
      yield parsed.data;
    }
  }
}
