/** Which processes of this machine listen at an address: what an engine costs is the CPU of its process. Linux only (proc(5)). */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const LISTENING = '0A';

/** The inodes of the sockets that listen at a TCP port. */
function listeningSockets(port: number): Set<string> {
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  const rows = ['tcp', 'tcp6'].flatMap((table) => readFileSync(`/proc/net/${table}`, 'latin1').trim().split('\n').slice(1));
  const fields = rows.map((row) => row.trim().split(/\s+/));
  return new Set(fields.filter((row) => row[3] === LISTENING && row[1]!.endsWith(`:${hex}`)).map((row) => `socket:[${row[9]}]`));
}

/** Process ids that listen at `port`; none when it is another machine's, or another user's process. */
export function pidsListeningAt(port: number): number[] {
  const sockets = listeningSockets(port);
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => openFiles(pid).some((file) => sockets.has(file)));
}

function openFiles(pid: number): string[] {
  return readable(() => readdirSync(`/proc/${pid}/fd`))?.map((fd) => readable(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? '') ?? [];
}

/** Null for what has ended meanwhile, or is not ours to read. */
function readable<Value>(read: () => Value): Value | null {
  try {
    return read();
  } catch (error) {
    if (['ENOENT', 'EACCES', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}
