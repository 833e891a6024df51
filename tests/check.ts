/** `npm run check`: types of servers and clients. Prints one closing line, as the test commands do. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const projects = ['.', 'clients'].filter((project) => existsSync(`${project}/tsconfig.json`));
const failed = projects.filter((project) => spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project], { stdio: 'inherit' }).status !== 0);
console.log(`${projects.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length > 0 ? 1 : 0;
