/** docker-compose.yml as it is: up, fenced in, bought from, hurt, healed, down and up again. */
import { ROOM_NAMES } from '#app/modules.ts';
import { roomVariable } from '#platform/database/mysql-address.ts';
import type { Stage, Step } from './stage.ts';
import { buy, confirmed, pause, type Bought } from './shopper.ts';

const UP_WITHIN_S = 600;
const HEAL_WITHIN_MS = 180_000;
const OURS = [...ROOM_NAMES, 'router'];
const ENGINES = ['mysql', 'redis', 'kafka', 'consul'];

interface Listed {
  Service: string;
  State: string;
  Health: string;
  ExitCode: number;
  Publishers: { URL: string; PublishedPort: number }[] | null;
}

export function mallSteps({ docker, compose, project, origin }: Stage): Step[] {
  const bought: Bought[] = [];
  const up = (...more: string[]) => compose(['up', '--detach', ...more, '--wait', '--wait-timeout', String(UP_WITHIN_S)], { withinMs: (UP_WITHIN_S + 60) * 1_000 });
  const purchase = async () => {
    const order = await buy(origin);
    bought.push(order);
    return `${Math.round(order.tookMs)} ms from the list to CONFIRMED`;
  };
  const inside = (service: string, script: string) => compose(['exec', '-T', service, 'node', '-e', script]);
  const list = async (): Promise<Listed[]> => {
    const text = await compose(['ps', '--all', '--format', 'json']);
    return text.trim().startsWith('[') ? (JSON.parse(text) as Listed[]) : text.trim().split('\n').map((line) => JSON.parse(line) as Listed);
  };
  const inspect = async (service: string, format: string) => {
    const id = (await compose(['ps', '--all', '--quiet', service])).trim();
    return (await docker.run(['inspect', '--format', format, id])).trim();
  };
  const startedAt = (service: string) => inspect(service, '{{.State.StartedAt}}');

  return [
    {
      name: 'the file comes up unchanged: engines, then accounts, then rooms, then the router, all of them well',
      async run() {
        await up();
        const services = await list();
        const unwell = services.filter(({ Service, Health, ExitCode }) => (Service === 'accounts' ? ExitCode !== 0 : Health !== 'healthy'));
        if (unwell.length > 0 || services.length !== OURS.length + ENGINES.length + 1) throw new Error(JSON.stringify(services, null, 1));
        for (const service of ENGINES) {
          const restarts = await inspect(service, '{{.RestartCount}}');
          if (restarts !== '0') throw new Error(`${service} was started ${restarts} times again: is its mem_limit too low?`);
        }
      },
    },
    { name: 'a guest buys through it', run: purchase },
    {
      name: 'the pages are there, and what they need',
      async run() {
        for (const path of ['/', '/admin/', '/sitemap.xml', '/.well-known/jwks.json', '/health/ready']) {
          const { status } = await fetch(origin + path);
          if (status !== 200) throw new Error(`${path} answers ${status}`);
        }
        const picture = /\/media\/[\w./-]+/.exec(await (await fetch(`${origin}/`)).text())?.[0];
        if (!picture || !(await fetch(origin + picture)).ok) throw new Error(`the picture ${picture} is not there`);
      },
    },
    {
      name: 'every container of ours runs without rights, on a root that cannot be written',
      async run() {
        for (const service of OURS) {
          const told = await inside(service, `
            const { readFileSync, writeFileSync } = require('node:fs');
            let written = 'yes'; try { writeFileSync('/gomall/app/x', ''); } catch (error) { written = error.code; }
            const status = readFileSync('/proc/self/status', 'utf8');
            console.log(process.getuid(), written, /CapEff:\\s+(\\w+)/.exec(status)[1], /NoNewPrivs:\\s+(\\d)/.exec(status)[1]);
          `);
          if (told.trim() !== '1000 EROFS 0000000000000000 1') throw new Error(`${service}: uid, writing, capabilities, no new privileges: ${told}`);
        }
      },
    },
    {
      name: 'one door: nothing else is published, and the router reaches neither databases nor Kafka',
      async run() {
        const published = (await list()).filter(({ Publishers }) => Publishers?.some(({ PublishedPort }) => PublishedPort > 0)).map(({ Service }) => Service);
        if (published.join() !== 'router') throw new Error(`published: ${published.join()}`);
        const told = await inside('router', `
          const { connect } = require('node:net');
          for (const [host, port] of [['mysql', 3306], ['kafka', 9092]]) connect({ host, port, timeout: 3000 }).on('connect', () => console.log('reached', host)).on('error', () => {}).on('timeout', function () { this.destroy(); });
        `);
        if (told.trim()) throw new Error(told);
      },
    },
    {
      name: 'a room reads its own database, and none of another room',
      async run() {
        const told = await inside('cart', `
          const { createConnection } = require('mysql2/promise');
          const { readdirSync } = require('node:fs');
          (async () => {
            const db = await createConnection(process.env.${roomVariable('cart')});
            const [own] = await db.query('select count(*) as tables_there from information_schema.tables where table_schema = database()');
            const others = await Promise.all(${JSON.stringify(ROOM_NAMES.filter((room) => room !== 'cart'))}.map((room) => db.query('show tables from gomall_' + room).then(() => room, (error) => error.code)));
            console.log(own[0].tables_there > 3, [...new Set(others)].join());
            await db.end();
          })();
        `);
        if (told.trim() !== 'true ER_DBACCESS_DENIED_ERROR') throw new Error(`its tables are there, and what others answer: ${told}`);
      },
    },
    {
      name: 'nothing that nobody foresaw is in the logs of the rooms and the router',
      async run() {
        const said = await compose(['logs', '--no-color', '--no-log-prefix', ...OURS]);
        // pino: 60 is fatal, 50 is an error; one without a cause is a state that is told, such as a Kafka that is slow to begin.
        const complaints = said.split('\n').filter((line) => /"level":60\b/.test(line) || (/"level":50\b/.test(line) && line.includes('"err":')));
        if (complaints.length > 0) throw new Error(complaints.slice(0, 20).join('\n'));
      },
    },
    {
      // Not by `docker kill`: Docker takes that for a wish, and starts nothing again.
      name: 'a process of orders is killed with -9: its container is started again by itself, and a guest buys',
      async run() {
        const before = await startedAt('orders');
        const begunMs = performance.now();
        await inside('orders', "process.kill(JSON.parse(require('node:fs').readFileSync('/data/mall.lock', 'utf8')).pid, 'SIGKILL')").catch((error: Error) => {
          // The command may be cut off together with the container it runs in.
          if (!/ended with/.test(error.message)) throw error;
        });
        await healed(list, async () => (await startedAt('orders')) !== before);
        const figure = `well after ${((performance.now() - begunMs) / 1_000).toFixed(1)} s`;
        return `${figure}, ${await purchase()}`;
      },
    },
    {
      name: 'a container is killed with `docker kill`, and Compose brings it back',
      async run() {
        const id = (await compose(['ps', '--quiet', 'payments'])).trim();
        await docker.run(['kill', id]);
        // What runs goes on: not every engine knows that nothing has changed.
        await up('--no-recreate');
        return purchase();
      },
    },
    {
      name: 'everything is taken down and brought up again: every order is still there, and a guest buys',
      async run() {
        await compose(['down'], { withinMs: HEAL_WITHIN_MS });
        await up();
        for (const order of bought) await confirmed(origin, order);
        return purchase();
      },
    },
    {
      name: 'taken down with its volumes, nothing is left',
      async run() {
        await compose(['down', '--volumes'], { withinMs: HEAL_WITHIN_MS });
        const left = await compose(['ps', '--all', '--quiet']);
        const volumes = await docker.run(['volume', 'ls', '--quiet', '--filter', `label=com.docker.compose.project=${project}`]);
        if (left.trim() || volumes.trim()) throw new Error(`left: ${left}${volumes}`);
      },
    },
  ];
}

/** Resolves when this is so and every container is well. */
async function healed(list: () => Promise<Listed[]>, condition: () => Promise<boolean>): Promise<void> {
  const untilMs = performance.now() + HEAL_WITHIN_MS;
  for (;;) {
    const unwell = (await list()).filter(({ Service, Health }) => Service !== 'accounts' && Health !== 'healthy');
    if (unwell.length === 0 && (await condition())) return;
    if (performance.now() > untilMs) throw new Error(`not healed: ${JSON.stringify(unwell)}`);
    await pause(250);
  }
}
