/** A large product file in Shopify's form, plausible enough to exercise the import: options, stock, prices, categories. */
import { closeSync, openSync, writeSync } from 'node:fs';

const HEADER = 'Handle,Title,Body (HTML),Vendor,Product Category,Tags,Published,Option1 Name,Option1 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src';
const THINGS = ['Mug', 'Lamp', 'Shirt', 'Rug', 'Kettle', 'Chair', 'Scarf', 'Notebook', 'Backpack', 'Vase'];
const MATERIALS = ['Cotton', 'Oak', 'Steel', 'Glass', 'Linen', 'Clay', 'Wool'];
const SIZES = ['S', 'M', 'L'];

export function writeCatalogue(file: string, products: number): void {
  const handle = openSync(file, 'w');
  writeSync(handle, `${HEADER}\n`);
  for (let index = 0; index < products; index++) {
    const thing = THINGS[index % THINGS.length]!;
    const material = MATERIALS[index % MATERIALS.length]!;
    const rows = SIZES.map((size, row) =>
      [
        `bench-${thing.toLowerCase()}-${index}`,
        row === 0 ? `${material} ${thing} ${index}` : '',
        row === 0 ? `<p>A ${material.toLowerCase()} ${thing.toLowerCase()} with the number ${index}.</p>` : '',
        row === 0 ? 'Bench Works' : '',
        row === 0 ? `Bench > ${thing}s` : '',
        row === 0 ? `material:${material}` : '',
        row === 0 ? 'true' : '',
        row === 0 ? 'Size' : '',
        size,
        `BENCH-${index}-${size}`,
        String(10 + (index % 90)),
        `${5 + (index % 200)}.${row}9`,
        '',
      ].join(','),
    );
    writeSync(handle, `${rows.join('\n')}\n`);
  }
  closeSync(handle);
}
