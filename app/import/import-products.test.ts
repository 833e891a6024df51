import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openMall, type Mall } from '#platform/subgraph/testing.ts';
import { inventory } from '#subgraphs/inventory/index.ts';
import { products } from '#subgraphs/products/index.ts';
import type { ProductInput } from '#subgraphs/products/product-input.ts';
import { readIcons } from '../seed/pictures/icons.ts';
import { chooseDrawing, DRAWING_ICONS } from './choose-drawing.ts';
import { faultText } from './faults.ts';
import { PictureRefused, type PictureFetcher } from './fetch-picture.ts';
import { importProducts, type ImportSummary } from './import-products.ts';
import { openPictures } from './pictures.ts';
import { runOverHttp, sendThrough, type RunOperation } from './send.ts';

const example = (name: string) => fileURLToPath(new URL(`./examples/${name}.csv`, import.meta.url));
const STAFF = { userId: 'staff', roles: ['admin'] };

// Whole catalogues through real rooms: seconds, and more on a busy machine.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 60_000 });

let folder: string;
let mall: Mall;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gomall-import-'));
  mall = await openMall({ rooms: [products, inventory] });
});
afterEach(async () => {
  await mall.close();
  rmSync(folder, { recursive: true, force: true });
});

const inProcess: RunOperation = (query, variables) => mall.execute('products', query, variables, STAFF);

async function load(file: string, options: { run?: RunOperation; fetcher?: PictureFetcher } = {}): Promise<ImportSummary & { faults: string[]; warnings: string[]; progress: number[] }> {
  const [faults, warnings, progress]: [string[], string[], number[]] = [[], [], []];
  const summary = await importProducts({
    file,
    exponent: 2,
    pictures: await openPictures({ mediaDir: join(folder, 'media'), fetcher: options.fetcher ?? null, warn: (line) => warnings.push(line) }),
    send: sendThrough(options.run ?? inProcess),
    progress: (done) => progress.push(done),
    fault: (fault) => faults.push(faultText(fault)),
  });
  await mall.settle();
  return { ...summary, faults, warnings, progress };
}

const product = async (slug: string) =>
  (await mall.execute('products', '{ product(slug: "' + slug + '") { id slug name description brand version categories { name } priceRange { min { amountMinor } max { amountMinor } } image { url } media { url alt } variants { id sku price { amountMinor } compareAtPrice { amountMinor } options { name value } } } }')).data.product;
const stock = async (): Promise<Record<string, number>> => {
  const rows = await mall.database('inventory').query<{ variant_id: string; on_hand: number }>('select variant_id, on_hand from stock_levels');
  return Object.fromEntries(rows.map((row) => [row.variant_id, row.on_hand]));
};
const write = (text: string) => {
  const file = join(folder, 'goods.csv');
  writeFileSync(file, text);
  return file;
};

describe('the example files of Shopify', () => {
  test('apparel: twenty products with prices, options, categories and stock', async () => {
    expect(await load(example('apparel'))).toMatchObject({ created: 20, updated: 0, unchanged: 0, refused: 0, leftOut: 0, faults: [], progress: [20] });
    expect(await product('classic-varsity-top')).toMatchObject({
      name: 'Classic Varsity Top', brand: 'partners-demo', categories: [{ name: 'women' }], priceRange: { min: { amountMinor: 6000 } },
      variants: ['Small', 'Medium', 'Large'].map((value) => ({ sku: `classic-varsity-top_${value.toLowerCase()}`, options: [{ name: 'Size', value }] })),
    });
    expect((await product('ocean-blue-shirt')).variants).toMatchObject([{ sku: 'ocean-blue-shirt', price: { amountMinor: 5000 }, options: [] }]);
  });

  test('home and garden: HTML is text, prices before are kept, what is out of stock is out', async () => {
    expect(await load(example('home-and-garden'))).toMatchObject({ created: 20, refused: 0, faults: [] });
    const pot = await product('clay-plant-pot');
    expect(pot).toMatchObject({ description: 'Classic blown clay pot for plants', priceRange: { min: { amountMinor: 999 }, max: { amountMinor: 1599 } } });
    expect((await product('copper-light')).variants[0]).toMatchObject({ price: { amountMinor: 5999 }, compareAtPrice: { amountMinor: 7500 } });
    const levels = await stock();
    expect(pot.variants.map(({ id }: { id: string }) => levels[id])).toEqual([1, 3]);
    expect(levels[(await product('pink-armchair')).variants[0].id]).toBe(0);
  });

  test('twice changes nothing: no product, no picture, and not the stock that was sold from since', async () => {
    await load(example('home-and-garden'));
    const { id } = (await product('copper-light')).variants[0];
    const sold = await mall.execute('inventory', 'mutation ($input: AdjustStockInput!) { adjustStock(input: $input) { __typename } }', { input: { variantId: id, delta: -1, reason: 'SOLD', idempotencyKey: 'sold-one-light' } }, STAFF);
    expect(sold.data.adjustStock.__typename).toBe('StockLevel');
    await mall.settle();
    const [levels, light, files] = [await stock(), await product('copper-light'), pictureFiles()];
    expect(await load(example('home-and-garden'))).toMatchObject({ created: 0, updated: 0, unchanged: 20, refused: 0 });
    expect(await stock()).toEqual(levels);
    expect(await product('copper-light')).toEqual(light);
    expect(pictureFiles()).toEqual(files);
  });

  test('every product has a picture that is there', async () => {
    await load(example('apparel'));
    await load(example('home-and-garden'));
    const { edges } = (await mall.execute('products', '{ products(first: 100) { edges { node { media { url } } } } }')).data.products;
    const urls: string[] = edges.flatMap(({ node }: any) => node.media.map(({ url }: { url: string }) => url));
    expect(urls.length).toBe(40);
    expect(urls.filter((url) => !existsSync(join(folder, url)))).toEqual([]);
  });
});

const pictureFiles = () =>
  readdirSync(join(folder, 'media'), { recursive: true }).map(String).sort().map((file) => `${file} ${statSync(join(folder, 'media', file)).mtimeMs}`);

describe('faults', () => {
  test('a faulty product stays out whole, the others come in, a second import of the mended file adds it', async () => {
    const bad = 'Handle,Title,Option1 Name,Option1 Value,Variant Price\ncup,Cup,Size,S,1\ncup,,,M,oops\njug,Jug,,,2\n';
    expect(await load(write(bad))).toMatchObject({
      created: 1, refused: 1,
      faults: ['line 3, Variant Price: "oops" is not a price: digits with a point, without currency or thousands separators, e.g. 1299.00'],
    });
    expect(await product('cup')).toBe(null);
    expect(await load(write(bad.replace('oops', '3')))).toMatchObject({ created: 1, unchanged: 1, refused: 0 });
    expect((await product('cup')).variants.length).toBe(2);
  });

  test('a changed price is an update; what the shop itself refuses is named by line and column too', async () => {
    await load(write('Handle,Title,Variant SKU,Variant Price\ncup,Cup,C-1,1\n'));
    expect(await load(write('Handle,Title,Variant SKU,Variant Price\ncup,Cup,C-1,1.50\n'))).toMatchObject({ updated: 1 });
    expect(await load(write('Handle,Title,Variant SKU,Variant Price\n\nmug,Mug,c-1,2\n'))).toMatchObject({ created: 0, refused: 1, faults: ['line 3, Variant SKU: Another product has the SKU c-1.'] });
    expect((await product('cup')).priceRange.min.amountMinor).toBe(150);
  });

  test('two products of a file with one SKU or one address: the first comes in, the second is named', async () => {
    const file = write('Handle,Title,Variant SKU,Variant Price\ncup,Cup,X,1\nmug,Mug,x,1\ncafé,A,,1\ncafe,B,,1\n');
    expect(await load(file)).toMatchObject({
      created: 2, refused: 2,
      faults: ['line 3, Variant SKU: x is the SKU of another product, on line 2', 'line 5, Handle: comes to the same address cafe as the product on line 4'],
    });
  });

  test('a mall that says no to everything ends the import with its reason', async () => {
    await expect(load(example('apparel'), { run: (query, variables) => mall.execute('products', query, variables, { userId: 'u', roles: ['customer'] }) })).rejects.toThrow(/permission|may not/);
  });
});

describe('pictures', () => {
  const PNG = Buffer.from('\x89PNG\r\n\x1a\nrest', 'latin1');
  const file = () => write('Handle,Title,Variant Price,Image Src,Image Position,Image Alt Text\ncup,Tea Cup,1,https://cdn.example/a.png,1,From above\ncup,,,https://cdn.example/gone.png,2,\njug,Jug,2,https://cdn.example/gone.png,1,\n');

  test('fetched where it can be, drawn where not, and not fetched again', async () => {
    const asked: string[] = [];
    const fetcher: PictureFetcher = {
      async fetch(url) {
        asked.push(url);
        if (url.includes('gone')) throw new PictureRefused(`${url}: answered 404`);
        return { extension: 'png', content: PNG };
      },
      close: async () => undefined,
    };
    const first = await load(file(), { fetcher });
    expect(first).toMatchObject({ created: 2, warnings: ['https://cdn.example/gone.png: answered 404'] });
    const { media } = await product('cup');
    expect(media).toEqual([{ url: expect.stringMatching(/^\/media\/fetched\/[0-9a-f]{32}\.png$/), alt: 'From above' }]);
    expect(readFileSync(join(folder, media[0].url)).equals(PNG)).toBe(true);
    expect((await product('jug')).image.url).toMatch(/^\/media\/drawn\//);
    expect(await load(file())).toMatchObject({ unchanged: 2, warnings: [] });
    expect(asked.filter((url) => url.includes('a.png')).length).toBe(1);
  });

  test('the drawing is chosen by the words of the title, in its colour; a letter where none fits', async () => {
    await readIcons(DRAWING_ICONS);
    const stem = (title: string, words: string[] = []) => chooseDrawing(title, words).file.replace(/^drawn\/|-\d\.svg$/g, '');
    expect(stem('Yellow Sofa')).toBe('couch-and-lamp-yellow');
    expect(stem('Brown Throw Pillows')).toBe('bed-brown');
    expect(stem('LED High Tops')).toBe('running-shoe');
    expect(stem('Copper Light')).toBe('light-bulb-coral');
    expect(stem('白色陶瓷茶壶')).toBe('teapot-white');
    expect(stem('Model 7', ['Kitchen', 'Teapots'])).toBe('teapot');
    expect(stem('Übertopf X')).toBe('letter-dc');
    expect(chooseDrawing('Yellow Sofa', [])).toEqual(chooseDrawing('Yellow Sofa', []));
  });
});

describe('over HTTP', () => {
  test('a batch goes to the running mall with its token, whatever the port', async () => {
    const seen: string[] = [];
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString());
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(await inProcess(query, variables)));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await load(example('apparel'), { run: runOverHttp(url, 'secret') })).toMatchObject({ created: 20 });
    expect(seen).toEqual(['POST /graphql Bearer secret']);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(load(example('apparel'), { run: runOverHttp(url, 'secret') })).rejects.toThrow('does not answer');
  });
});

test('a large file goes in batches of a hundred, and no batch is larger', async () => {
  const file = write('Handle,Title,Variant Price\n');
  for (let index = 0; index < 1050; index++) appendFileSync(file, `p-${index},Cup ${index},${index}.99\n`);
  const sizes: number[] = [];
  const counting: RunOperation = async (_, variables) => {
    const batch = (variables.input as { products: ProductInput[] }).products;
    sizes.push(batch.length);
    return { data: { importProducts: { __typename: 'ImportReport', created: batch.length, updated: 0, unchanged: 0, refused: [], variants: [] } } };
  };
  expect(await load(file, { run: counting })).toMatchObject({ created: 1050 });
  expect(sizes).toEqual([...Array<number>(10).fill(100), 50]);
});
