import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { Catalogue } from '../catalogue.ts';
import type { CategoryShelf } from '../category-views.ts';
import type { Lists } from '../lists.ts';

/** What the resolvers of this room share. */
export interface Parts {
  deps: RoomDeps;
  catalogue: Catalogue;
  lists: Lists;
  categories: CategoryShelf;
}
