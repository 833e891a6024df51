/** The table by which a router passes on routes of rooms it has not built, held against the rooms themselves. */
import { expect, test } from 'vitest';
import { ROOM_ROUTES } from '#app/modules.ts';
import { openShop } from '../journeys/shop.ts';

test('every route of every room is in the table, and every row of the table has a route', async () => {
  const shop = await openShop();
  const routes = [...shop.mall.rooms].flatMap(([room, hosted]) => (hosted.room.routes ?? []).map(({ method, path }) => ({ room, method, path })));
  await shop.close();
  const covers = (row: (typeof ROOM_ROUTES)[number], route: (typeof routes)[number]) => row.room === route.room && row.method === route.method && route.path.startsWith(row.path);
  expect(routes.filter((route) => !ROOM_ROUTES.some((row) => covers(row, route)))).toEqual([]);
  expect(ROOM_ROUTES.filter((row) => !routes.some((route) => covers(row, route)))).toEqual([]);
});
