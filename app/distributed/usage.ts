/** What a process uses, as Linux tells it (proc(5)); elsewhere nothing is known. */
import { existsSync, readFileSync } from 'node:fs';

export interface Usage {
  memoryBytes: number;
  /** Of all it has run, on all cores. */
  cpuMs: number;
}

/** USER_HZ, 100 on every Linux that Node runs on. */
const TICK_MS = 10;
const PAGE_BYTES = 4_096;
const IS_LINUX = existsSync('/proc/self/stat');

export function usageOf(pid: number): Usage | null {
  if (!IS_LINUX) return null;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1');
    // The name of the program stands in parentheses and may hold anything.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return { cpuMs: (Number(fields[11]) + Number(fields[12])) * TICK_MS, memoryBytes: Number(fields[21]) * PAGE_BYTES };
  } catch (error) {
    // It has just ended.
    if (['ENOENT', 'ESRCH'].includes(String((error as NodeJS.ErrnoException).code))) return null;
    throw error;
  }
}
