/** Discovery without a registry: the addresses stand in the configuration, or are told by whoever started the processes. */
import type { Discovery, Registration } from './discovery.ts';
import { HEALTH_PATH } from './discovery.ts';
import { createRoster, type RosterOptions } from './roster.ts';

export interface TableOptions extends RosterOptions {
  /** Addresses by module: `{ orders: ['http://10.0.0.7:8090'] }`. */
  addresses: Readonly<Record<string, readonly string[]>>;
}

export interface DiscoveryTable extends Discovery {
  /** Where everybody is from now on, by module. */
  place(addresses: TableOptions['addresses']): void;
}

export function createDiscoveryTable({ addresses, ...options }: TableOptions): DiscoveryTable {
  const roster = createRoster(options);
  const known = new Map<string, Registration[]>();

  function change(module: string, to: Registration[]): void {
    known.set(module, to);
    roster.set(module, to);
  }

  function place(all: TableOptions['addresses']): void {
    for (const module of new Set([...known.keys(), ...Object.keys(all)])) {
      change(module, (all[module] ?? []).map((address) => ({ id: `${module}@${address}`, module, address, healthPath: HEALTH_PATH })));
    }
  }

  place(addresses);
  return {
    place,
    async register(registration) {
      const others = () => (known.get(registration.module) ?? []).filter(({ id }) => id !== registration.id);
      change(registration.module, [...others(), registration]);
      return async () => change(registration.module, others());
    },
    watch: (module) => roster.watch(module),
    ailments: () => roster.ailments(),
    async close() {
      roster.close();
    },
  };
}
