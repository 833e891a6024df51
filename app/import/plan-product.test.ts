import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { faultText, FileFault } from './faults.ts';
import { countProducts, groupRows } from './group-rows.ts';
import { addressOf, plainText, planProduct, type Planned, type PlannedProduct } from './plan-product.ts';
import { readRows } from './read-rows.ts';

let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'gomall-csv-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const HEADER = ['Handle', 'Title', 'Body (HTML)', 'Vendor', 'Product Category', 'Type', 'Tags', 'Published', 'Option1 Name', 'Option1 Value', 'Option2 Name', 'Option2 Value', 'Variant SKU', 'Variant Inventory Tracker', 'Variant Inventory Qty', 'Variant Price', 'Variant Compare At Price', 'Image Src', 'Image Position', 'Image Alt Text', 'Gift Card', 'Variant Image', 'Status'];
type Cells = Record<string, string>;
const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csv = (...rows: Cells[]) => [HEADER, ...rows.map((row) => HEADER.map((name) => row[name] ?? ''))].map((cells) => cells.map(quoted).join(',')).join('\n');
const cup: Cells = { Handle: 'cup', Title: 'Cup', 'Variant Price': '4.50' };

async function plan(text: string, exponent = 2): Promise<Planned[]> {
  const file = join(folder, 'products.csv');
  writeFileSync(file, text);
  const { pieces } = await countProducts(file);
  const { columns, rows } = await readRows(file);
  const planned: Planned[] = [];
  for await (const group of groupRows(rows, pieces)) planned.push(planProduct(group, { columns, exponent }));
  return planned;
}
async function one(...rows: Cells[]): Promise<PlannedProduct> {
  const [planned] = await plan(csv(...rows));
  if (planned?.kind !== 'product') throw new Error(JSON.stringify(planned));
  return planned;
}
async function faults(...rows: Cells[]): Promise<string[]> {
  const planned = await plan(csv(...rows));
  return planned.flatMap((each) => (each.kind === 'faulty' ? each.faults.map(faultText) : []));
}

describe('what a product becomes', () => {
  test('the least there can be: handle, title, price', async () => {
    const { input } = await one(cup);
    expect(input).toMatchObject({ slug: 'cup', name: { en: 'Cup', zh: null }, description: null, brand: null, categoryPaths: [], attributes: [] });
    expect(input.variants).toEqual([{ sku: 'cup', priceMinor: 450, compareAtPriceMinor: null, options: [], imageUrl: null, initialStock: 100 }]);
  });

  test('Title with Default Title is no option', async () => {
    expect((await one({ ...cup, 'Option1 Name': 'Title', 'Option1 Value': 'Default Title' })).input.variants[0]!.options).toEqual([]);
  });

  test('an option that is really called Title stays one', async () => {
    const { input } = await one({ ...cup, 'Option1 Name': 'Title', 'Option1 Value': 'Dr' }, { Handle: 'cup', 'Option1 Value': 'Prof', 'Variant Price': '5' });
    expect(input.variants.map(({ options }) => options)).toEqual([[{ name: 'Title', value: 'Dr' }], [{ name: 'Title', value: 'Prof' }]]);
  });

  test('variants span rows, names of options stand on the first; an empty SKU is made from handle and options', async () => {
    const { input } = await one(
      { ...cup, 'Option1 Name': 'Size', 'Option1 Value': 'S/M', 'Option2 Name': 'Colour', 'Option2 Value': 'Sea Blue' },
      { Handle: 'cup', 'Option1 Value': 'L', 'Option2 Value': '红', 'Variant Price': '5', 'Variant SKU': 'CUP-L' },
    );
    expect(input.variants.map(({ sku }) => sku)).toEqual(['cup_s-m-sea-blue', 'CUP-L']);
    expect(input.variants[1]!.options).toEqual([{ name: 'Size', value: 'L' }, { name: 'Colour', value: '红' }]);
  });

  test('made SKUs of one product never meet, nor those of another', async () => {
    const { input } = await one({ ...cup, 'Option1 Name': 'Size', 'Option1 Value': 'a b' }, { Handle: 'cup', 'Option1 Value': 'a-b', 'Variant Price': '5' });
    expect(input.variants.map(({ sku }) => sku)).toEqual(['cup_a-b', 'cup_a-b_2']);
  });

  test('pictures by position, each once; a row with a picture only is no variant', async () => {
    const { input, pictures, variants } = await one(
      { ...cup, 'Image Src': 'https://cdn.example/2.jpg', 'Image Position': '2', 'Variant Image': 'https://cdn.example/v.jpg' },
      { Handle: 'cup', 'Image Src': 'https://cdn.example/1.jpg', 'Image Position': '1', 'Image Alt Text': 'From above' },
      { Handle: 'cup', 'Image Src': 'https://cdn.example/2.jpg', 'Image Position': '3' },
      { Handle: 'cup', 'Image Src': 'https://cdn.example/9.jpg' },
    );
    expect(input.variants.length).toBe(1);
    expect(pictures.map(({ url, alt }) => [url.slice(-5), alt])).toEqual([['1.jpg', 'From above'], ['2.jpg', ''], ['9.jpg', '']]);
    expect(variants[0]!.picture).toBe('https://cdn.example/v.jpg');
  });

  test.each<[Cells, string[][]]>([
    [{ 'Product Category': 'Home & Garden > Kitchen > Cups', Type: 'Mug', Tags: 'new' }, [['Home & Garden', 'Kitchen', 'Cups']]],
    [{ Type: 'Mug', Tags: 'new' }, [['Mug']]],
    [{ Tags: 'material:Clay, new, sale' }, [['new']]],
    [{ 'Product Category': '3105', Type: 'Mug' }, [['Mug']]],
    [{ Tags: 'material:Clay' }, []],
  ])('the category of %j is %j', async (cells, paths) => {
    expect((await one({ ...cup, ...cells })).input.categoryPaths).toEqual(paths);
  });

  test('a tag with a colon is an attribute, vendor is the brand', async () => {
    const { input } = await one({ ...cup, Vendor: 'Kiln Street', Tags: 'Material: Clay, season:Winter:late, new, 颜色:红' });
    expect(input.brand).toBe('Kiln Street');
    expect(input.attributes).toEqual([
      { name: 'material', value: { en: 'Clay', zh: null } },
      { name: 'season', value: { en: 'Winter:late', zh: null } },
      { name: '颜色', value: { en: null, zh: '红' } },
    ]);
  });

  test('a Chinese title is a Chinese text', async () => {
    const { input } = await one({ ...cup, Title: '陶瓷杯', 'Body (HTML)': '<p>手工制作</p>', Type: '杯子' });
    expect(input).toMatchObject({ name: { en: null, zh: '陶瓷杯' }, description: { en: null, zh: '手工制作' }, categoryNamesZh: [{ en: '杯子', zh: '杯子' }] });
  });

  test('a price before counts when it is higher; stock: counted, uncounted, oversold', async () => {
    const variant = async (cells: Cells) => (await one({ ...cup, ...cells })).input.variants[0]!;
    expect((await variant({ 'Variant Compare At Price': '6' })).compareAtPriceMinor).toBe(600);
    expect((await variant({ 'Variant Compare At Price': '0' })).compareAtPriceMinor).toBe(null);
    expect((await variant({ 'Variant Compare At Price': '4.50' })).compareAtPriceMinor).toBe(null);
    expect((await variant({ 'Variant Inventory Qty': '7' })).initialStock).toBe(7);
    expect((await variant({ 'Variant Inventory Qty': '-3' })).initialStock).toBe(0);
    expect((await variant({ 'Variant Inventory Tracker': 'shopify' })).initialStock).toBe(0);
    expect((await variant({})).initialStock).toBe(100);
  });

  test.each<[Cells, string]>([
    [{ Published: 'false' }, 'not published'], [{ Published: 'FALSE' }, 'not published'], [{ Status: 'archived' }, 'archived'], [{ Status: 'Draft' }, 'draft'], [{ 'Gift Card': 'true' }, 'a gift card'],
  ])('%j is left out: %s', async (cells, why) => {
    expect(await plan(csv({ ...cup, ...cells }))).toEqual([{ kind: 'left-out', handle: 'cup', line: 2, why }]);
  });

  test('the new header names of Shopify are the same columns', async () => {
    const text = 'Title,URL handle,Description,Vendor,Product category,Published on online store,Status,SKU,Option1 name,Option1 value,Price,Compare-at price,Inventory quantity,Product image URL,Image alt text,Variant image URL\nCup,cup,<b>Good</b>,Kiln,Home > Cups,TRUE,Active,C-1,Size,S,4.5,6,3,https://cdn.example/a.png,A cup,https://cdn.example/b.png';
    const [planned] = await plan(text);
    expect(planned).toMatchObject({ kind: 'product', input: { slug: 'cup', description: { en: 'Good' }, brand: 'Kiln', categoryPaths: [['Home', 'Cups']], variants: [{ sku: 'C-1', priceMinor: 450, compareAtPriceMinor: 600, initialStock: 3, options: [{ name: 'Size', value: 'S' }] }] } });
  });

  test('currencies without and with three digits', async () => {
    const priceOf = async (price: string, exponent: number) => ((await plan(csv({ ...cup, 'Variant Price': price }), exponent))[0] as PlannedProduct).input.variants[0]!.priceMinor;
    expect(await priceOf('1500.00', 0)).toBe(1500);
    expect(await priceOf('1.234', 3)).toBe(1234);
    expect(await priceOf('0.1', 2)).toBe(10);
    expect(await priceOf('21474836.47', 2)).toBe(2_147_483_647);
  });

  test('HTML becomes text a person would write', () => {
    const html = '<h2>Good &amp; warm</h2><p>Knit <a href="https://x.example">by hand</a>.<br>Wash cold.</p><ul><li>Wool</li><li>Silk</li></ul><script>alert(1)</script><img src="x.png">';
    expect(plainText(html)).toBe('Good & warm\n\nKnit by hand.\nWash cold.\n\n• Wool\n• Silk');
    expect(plainText('Just text, 5 cm')).toBe('Just text, 5 cm');
  });

  test('every handle has an address of its own', () => {
    expect(addressOf('ocean-blue-shirt')).toBe('ocean-blue-shirt');
    expect(addressOf('café crème')).toBe('cafe-creme');
    expect(addressOf('水壶-2')).toMatch(/^2-[a-z0-9]+$/);
    expect(addressOf('水壶-2')).not.toBe(addressOf('茶杯-2'));
  });
});

describe('what is wrong is named by line and column, and the product stays out whole', () => {
  test.each<[string, Cells[], string[]]>([
    ['no title', [{ ...cup, Title: '' }], ['line 2, Title: is empty: the first row of a product needs one']],
    ['no handle', [{ ...cup, Handle: '' }], ['line 2, Handle: is empty, so the row belongs to no product']],
    ['no price', [{ ...cup, 'Variant Price': '' }], ['line 2, Variant Price: is empty: every variant needs a price']],
    ['a price in words', [{ ...cup, 'Variant Price': '$4' }], ['line 2, Variant Price: "$4" is not a price: digits with a point, without currency or thousands separators, e.g. 1299.00']],
    ['thousands', [{ ...cup, 'Variant Price': '1,299.00' }], ['line 2, Variant Price: "1,299.00" is not a price: digits with a point, without currency or thousands separators, e.g. 1299.00']],
    ['a negative price', [{ ...cup, 'Variant Price': '-4' }], ['line 2, Variant Price: -4 is negative']],
    ['half a cent', [{ ...cup, 'Variant Price': '4.505' }], ['line 2, Variant Price: 4.505 has more than 2 digits after the point']],
    ['beyond all totals', [{ ...cup, 'Variant Price': '21474836.48' }], ['line 2, Variant Price: 21474836.48 is too large']],
    ['a price before in words', [{ ...cup, 'Variant Compare At Price': 'x' }], ['line 2, Variant Compare At Price: "x" is not a price: digits with a point, without currency or thousands separators, e.g. 1299.00']],
    ['half a cup in stock', [{ ...cup, 'Variant Inventory Qty': '1.5' }], ['line 2, Variant Inventory Qty: "1.5" is not a whole number']],
    ['a strange flag', [{ ...cup, Published: 'maybe' }], ['line 2, Published: "maybe" is neither true nor false']],
    ['a strange status', [{ ...cup, Status: 'sleeping' }], ['line 2, Status: "sleeping" is none of active, draft, archived, unlisted']],
    ['a picture that is no address', [{ ...cup, 'Image Src': 'cup.jpg' }], ['line 2, Image Src: "cup.jpg" is not an http(s) address']],
    ['a variant picture from a file', [{ ...cup, 'Variant Image': 'file:///etc/passwd' }], ['line 2, Variant Image: "file:///etc/passwd" is not an http(s) address']],
    ['a position in words', [{ ...cup, 'Image Position': 'first' }], ['line 2, Image Position: "first" is not a whole number']],
    ['a value without a name', [{ ...cup, 'Option2 Value': 'Blue' }], ['line 2, Option2 Name: is empty, but Blue is given as a value of it']],
    ['a name without a value', [{ ...cup, 'Option1 Name': 'Size', 'Option1 Value': 'S' }, { Handle: 'cup', 'Variant Price': '5' }], ['line 3, Option1 Value: is empty, but the product has the option Size']],
    ['the same options twice', [{ ...cup, 'Option1 Name': 'Size', 'Option1 Value': 'S' }, { Handle: 'cup', 'Option1 Value': 'S', 'Variant Price': '5' }], ['line 3, Option1 Value: the same options as on line 2']],
    ['an option that changes its name', [{ ...cup, 'Option1 Name': 'Size', 'Option1 Value': 'S' }, { Handle: 'cup', 'Option1 Name': 'Length', 'Option1 Value': 'M', 'Variant Price': '5' }], ['line 3, Option1 Name: is Length here and Size on line 2']],
    ['one SKU for two', [{ ...cup, 'Option1 Name': 'Size', 'Option1 Value': 'S', 'Variant SKU': 'A' }, { Handle: 'cup', 'Option1 Value': 'M', 'Variant SKU': 'a', 'Variant Price': '5' }], ['line 3, Variant SKU: a is the SKU of another variant of this product']],
    ['a row for nothing', [cup, { Handle: 'cup' }], ['line 3, Option1 Value: the row has neither a variant (options, SKU, price) nor a picture']],
    ['two faults at once', [{ ...cup, 'Variant Price': 'x', 'Variant Inventory Qty': 'y' }], ['line 2, Variant Price: "x" is not a price: digits with a point, without currency or thousands separators, e.g. 1299.00', 'line 2, Variant Inventory Qty: "y" is not a whole number']],
  ])('%s', async (_, rows, expected) => {
    expect(await faults(...rows)).toEqual(expected);
  });

  test('more variants than the shop takes', async () => {
    const rows = Array.from({ length: 101 }, (_, index): Cells => ({ Handle: 'cup', 'Option1 Value': `${index}`, 'Variant Price': '1', ...(index === 0 && { Title: 'Cup', 'Option1 Name': 'No' }) }));
    expect(await faults(...rows)).toEqual(['line 102, Option1 Value: more than 100 variants of one product']);
  });

  test('lines count as an editor counts them: texts over several lines, empty lines, CRLF and a byte order mark', async () => {
    const text = '\ufeff' + 'Handle,Title,Body (HTML),Variant Price\na,A,"one\ntwo\n\nfour",1\n\nb,B,x,oops\n'.replaceAll('\n', '\r\n');
    const planned = await plan(text);
    expect(planned.map(({ kind }) => kind)).toEqual(['product', 'faulty']);
    expect((planned[1] as Planned & { kind: 'faulty' }).faults[0]).toMatchObject({ line: 7, column: 'Variant Price' });
  });

  test('a row with too many cells is named, its neighbours are read', async () => {
    const planned = await plan('Handle,Title,Variant Price\na,A,1\nb,B, and more,2\nc,C,3');
    expect(planned.map(({ kind }) => kind)).toEqual(['product', 'faulty', 'product']);
    expect((planned[1] as Planned & { kind: 'faulty' }).faults[0]).toMatchObject({ line: 3, column: null });
  });

  test('a quotation mark that is never closed: what stands before it is read, its row is named', async () => {
    const planned = await plan('Handle,Title,Variant Price\na,A,1\nb,"B,2\nc,C,3\n');
    expect(planned.map(({ kind }) => kind)).toEqual(['product', 'faulty']);
    expect((planned[1] as Planned & { kind: 'faulty' }).faults.map(faultText)).toContain('line 3: a quotation mark is opened and never closed; nothing from here on was loaded.');
  });

  test('a file that is none of ours says so', async () => {
    await expect(plan('')).rejects.toThrow(/is empty/);
    await expect(plan('Name;Price\nCup;4')).rejects.toThrow(/no column "Handle" or "URL Handle".*commas, not by semicolons/);
    await expect(plan('Handle,Title,Price,price\na,A,1,2')).rejects.toThrow(/"price" is there twice/);
    await expect(readRows(join(folder, 'nowhere.csv'))).rejects.toThrow(FileFault);
  });
});

describe('rows of one product that are scattered over the file', () => {
  test('come together, in the order of the file', async () => {
    const row = (handle: string, size: string, title = ''): Cells => ({ Handle: handle, Title: title, 'Option1 Name': title && 'Size', 'Option1 Value': size, 'Variant Price': '1' });
    const planned = await plan(csv(row('a', 'S', 'A'), row('b', 'S', 'B'), row('a', 'M'), row('c', 'S', 'C'), row('A', 'L'), row('b', 'M')));
    const sizes = planned.map((each) => (each.kind === 'product' ? [each.input.slug, ...each.input.variants.map(({ options }) => options[0]!.value)] : each));
    expect(sizes).toEqual([['c', 'S'], ['a', 'S', 'M', 'L'], ['b', 'S', 'M']]);
  });
});
