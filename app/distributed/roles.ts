/** The mall as processes: what each of them runs. */

export interface Role {
  name: string;
  /** For --target. */
  targets: string;
  /** Whose accounts it gets. */
  rooms: readonly string[];
  /** Of several processes of this role, only the first is given these. */
  onlyFirst?: string;
}

const room = (name: string): Role => ({ name, targets: name, rooms: [name] });

/** In the order of their start: who takes longest comes first. */
export const ROLES: readonly Role[] = [
  { ...room('products'), onlyFirst: 'goods' },
  { ...room('users'), onlyFirst: 'goods' },
  room('orders'),
  room('payments'),
  room('inventory'),
  room('cart'),
  room('recommendations'),
  room('notifications'),
  { name: 'router', targets: 'router,web', rooms: [] },
];

export interface Place {
  /** `orders`, or `orders-2` where there are several. */
  name: string;
  role: Role;
  targets: string;
}

/** @throws RangeError for a role that there is none of, or a number that is none. */
export function placesFor(replicas: Readonly<Record<string, number>>): Place[] {
  for (const [name, count] of Object.entries(replicas)) {
    if (!ROLES.some((role) => role.name === name)) throw new RangeError(`there is no ${name}; there are ${ROLES.map((role) => role.name).join(', ')}`);
    if (!Number.isInteger(count) || count < 1 || count > MAX_REPLICAS) throw new RangeError(`${name}=${count}: 1 to ${MAX_REPLICAS} processes`);
  }
  return ROLES.flatMap((role) => {
    const count = replicas[role.name] ?? 1;
    return Array.from({ length: count }, (_, index) => ({
      name: count === 1 ? role.name : `${role.name}-${index + 1}`,
      role,
      targets: index === 0 && role.onlyFirst ? `${role.targets},${role.onlyFirst}` : role.targets,
    }));
  });
}

const MAX_REPLICAS = 16;
