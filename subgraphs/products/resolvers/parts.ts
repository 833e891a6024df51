import type { RoomDeps } from '#platform/subgraph/room.ts';
import type { Catalogue } from '../catalogue.ts';
import type { CategoryShelf } from '../category-views.ts';
import type { Lists } from '../lists.ts';
import type { ProductLinks } from '../product-links.ts';

/** What the resolvers of this room share. */
export interface Parts {
  deps: RoomDeps;
  catalogue: Catalogue;
  lists: Lists;
  links: ProductLinks;
  categories: CategoryShelf;
}
