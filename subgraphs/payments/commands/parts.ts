import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { Provider } from '../providers/provider.ts';
import type { Worker } from '../worker.ts';

/** What the commands of this room are made from. */
export interface CommandParts {
  deps: RoomDeps;
  providers: ReadonlyMap<string, Provider>;
  worker: Worker;
}
