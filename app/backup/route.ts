/**
 * `POST /local/backup` of a running mall, for `npm run backup` on the same machine: only the process that writes the
 * databases can take them all at one instant. It asks for the token of the lock file in DATA_DIR, which only its owner can
 * read, and answers lines of JSON while it copies. A client that goes away ends the copy.
 */
import { timingSafeEqual } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { z } from 'zod';
import type { Clock } from '#platform/clock/clock.ts';
import type { Route } from '#platform/subgraph/room.ts';
import type { Logger } from '#platform/telemetry/log.ts';
import type { Config } from '../config.ts';
import { copyCut } from './cut.ts';
import { elsewhere } from './elsewhere.ts';
import { BackupFault, diskFault } from './faults.ts';
import { secretMark } from './secret.ts';

export const BACKUP_PATH = '/local/backup';

const requestSchema = z.object({ into: z.string().min(1).max(4_096).refine(isAbsolute, 'has to be absolute') });

/** A line of the answer: how far it is, then how it ended. */
export const lineSchema = z.union([
  z.object({ done: z.int(), all: z.int() }),
  z.object({ atMs: z.int(), secretMark: z.string().nullable() }),
  z.object({ fault: z.string() }),
]);
export type BackupLine = z.infer<typeof lineSchema>;

export interface BackupRouteParts {
  config: Config;
  token: string;
  clock: Clock;
  log: Logger;
}

export function backupRoute({ config, token, clock, log }: BackupRouteParts): Route {
  const { dataDir, sessionSecret } = config;
  let busy = false;

  function copy(into: string): ReadableStream<Uint8Array> {
    const ending = new AbortController();
    const encoder = new TextEncoder();
    return new ReadableStream({
      async start(stream) {
        const tell = (line: BackupLine) => stream.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        try {
          const { atMs } = await copyCut({ dataDir, into, clock, signal: ending.signal, progress: (done, all) => tell({ done, all }) });
          tell({ atMs, secretMark: secretMark(sessionSecret, dataDir) });
          log.info({ into, ms: clock.nowMs() - atMs }, 'the databases were copied for a backup');
        } catch (error) {
          if (ending.signal.aborted) return;
          const fault = diskFault(error, into);
          if (!(fault instanceof BackupFault)) log.error({ err: error, into }, 'the databases could not be copied for a backup');
          tell({ fault: fault instanceof BackupFault ? fault.message : `The databases could not be copied: ${(error as Error).message}` });
        } finally {
          busy = false;
        }
        stream.close();
      },
      cancel: (reason) => ending.abort(reason),
    });
  }

  return {
    method: 'POST',
    path: BACKUP_PATH,
    async handle(request) {
      if (!sameSecret(request.headers.get('authorization') ?? '', `Bearer ${token}`)) return refusal(401, 'Only with the token of the lock file in DATA_DIR.');
      const parsed = requestSchema.safeParse(await request.json().catch((error: unknown) => error));
      if (!parsed.success) return refusal(400, `into: ${parsed.error.issues[0]!.message}`);
      const engines = elsewhere(config);
      if (engines) return refusal(409, engines);
      if (busy) return refusal(409, 'Another backup is being made; try again when it has ended.');
      busy = true;
      const problem = await problemOf(parsed.data.into);
      if (problem) {
        busy = false;
        return refusal(400, problem);
      }
      return new Response(copy(parsed.data.into), { headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' } });
    },
  };
}

/** What keeps the mall's own process from writing there. */
async function problemOf(folder: string): Promise<string | null> {
  try {
    return (await readdir(folder)).length === 0 ? null : `${folder} is not empty.`;
  } catch (error) {
    return `The process of the mall cannot use ${folder}: ${(error as Error).message}. Run the backup as the user the mall runs as.`;
  }
}

const refusal = (status: number, message: string): Response => Response.json({ message }, { status, headers: { 'cache-control': 'no-store' } });

/** In a time that tells nothing of where they differ. */
function sameSecret(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
