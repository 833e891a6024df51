/** The entities and the migrations describe the same tables. */
import { expect, test } from 'vitest';
import { entities } from '../entities/entities.ts';
import { openShop, importProducts, SHOP } from './fixtures.ts';
import { Product } from '../entities/product.ts';
import { Variant } from '../entities/variant.ts';

test('every entity has the columns that the migrations make, and reads what the room writes', async () => {
  const mall = await openShop();
  await importProducts(mall, SHOP);
  const database = mall.database('products');
  for (const entity of entities) {
    const meta = entity.init().meta;
    const columns = await database.query<{ name: string; notnull: number; pk: number }>(`select name, "notnull", pk from pragma_table_info('${meta.tableName}')`);
    const expected = Object.values(meta.properties).map((property: any) => ({
      name: property.fieldNames?.[0] ?? property.fieldName ?? property.name.replace(/[A-Z]/g, (letter: string) => `_${letter.toLowerCase()}`),
      optional: property.nullable === true,
      key: property.primary === true,
    }));
    const actual = columns.map(({ name, notnull, pk }) => ({ name, optional: notnull === 0, key: pk > 0 }));
    expect(actual, meta.tableName).toEqual(expected);
  }
  const em = database.em();
  const product = await em.findOneOrFail(Product, { slug: 'linen-shirt' });
  expect(product).toMatchObject({ version: 1, rating5: 0, currency: 'USD' });
  expect(await em.count(Variant, { productId: product.id })).toBe(4);
  await mall.close();
});
