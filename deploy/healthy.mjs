/**
 * The container's own health check: asks the process that holds DATA_DIR whether it is ready, at the port it has written
 * down there. One check for every target: the router listens on PORT, rooms alone on ROOMS_PORT. Plain JavaScript, as it
 * runs every few seconds.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const WITHIN_MS = 8_000;
const file = join(process.env.DATA_DIR ?? '.data', 'mall.lock');
try {
  const { port } = JSON.parse(readFileSync(file, 'utf8'));
  const answer = await fetch(`http://127.0.0.1:${port}/health/ready`, { signal: AbortSignal.timeout(WITHIN_MS) });
  console.log(answer.status, await answer.text());
  process.exitCode = answer.ok ? 0 : 1;
} catch (error) {
  console.log(`not ready: ${error.message}`);
  process.exitCode = 1;
}
