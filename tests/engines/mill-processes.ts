/** Starts processes of the mill, gives them orders and keeps what they tell. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Order, Told } from './mill-process.ts';

const START_WITHIN_MS = 30_000;

export class MillProcess {
  readonly heard: { subject: string; number: number; atMs: number }[] = [];
  readonly #child: ChildProcess;
  readonly #told = new EventTarget();

  private constructor(place: string) {
    this.#child = fork(new URL('./mill-process.ts', import.meta.url), [place], { execArgv: ['--disable-warning=ExperimentalWarning'] });
    this.#child.on('message', (told: Told) => {
      if ('heard' in told) this.heard.push({ subject: told.heard, number: told.number, atMs: told.atMs });
      else this.#told.dispatchEvent(new CustomEvent(Object.keys(told)[0]!, { detail: told }));
    });
  }

  static async start(place: string): Promise<MillProcess> {
    const started = new MillProcess(place);
    await Promise.race([
      started.#next('ready'),
      once(started.#child, 'exit').then(() => Promise.reject(new Error('the mill has not opened'))),
      new Promise((_, reject) => setTimeout(() => reject(new Error('the mill has not opened in time')), START_WITHIN_MS).unref()),
    ]);
    return started;
  }

  get pid(): number {
    return this.#child.pid!;
  }

  async grind(subject: string): Promise<{ number: number; atMs: number }> {
    const ground = this.#next('ground');
    this.#order({ grind: subject });
    return (await ground) as Extract<Told, { ground: string }>;
  }

  async bake(id: string): Promise<void> {
    const baking = this.#next('baking');
    this.#order({ bake: id });
    await baking;
  }

  pause(): void {
    this.#child.kill('SIGSTOP');
  }

  resume(): void {
    this.#child.kill('SIGCONT');
  }

  /** As `kill -9` does. */
  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await exited;
  }

  #order(order: Order): void {
    this.#child.send(order);
  }

  #next(kind: string): Promise<Told> {
    return new Promise((resolve) => this.#told.addEventListener(kind, (event) => resolve((event as CustomEvent<Told>).detail), { once: true }));
  }
}
