/** Puts the pictures of a batch in place: fetched ones where wanted and possible, drawn ones otherwise. */
import { mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import type { ImageInput, ProductInput } from '#subgraphs/products/product-input.ts';
import { COLOURS } from '../seed/catalogue/colours.ts';
import { writeWhole } from '../seed/draw-pictures.ts';
import { drawLetter, drawPicture } from '../seed/pictures/draw.ts';
import { readIcons } from '../seed/pictures/icons.ts';
import { localized } from './cells.ts';
import { chooseDrawing, DRAWING_ICONS, type Drawing } from './choose-drawing.ts';
import { PictureRefused, type PictureFetcher } from './fetch-picture.ts';
import type { PlannedProduct } from './plan-product.ts';

/** Pictures fetched of one product, and at a time. */
export const PICTURES_PER_PRODUCT = 12;
const FETCHES_AT_ONCE = 4;

export interface PictureSettings {
  /** Where `/media/` is served from; null: on another machine, and goods come without pictures. */
  mediaDir: string | null;
  /** Null: none is fetched. What an earlier import fetched is used all the same. */
  fetcher: PictureFetcher | null;
  /** Told of every picture that could not be fetched. */
  warn(line: string): void;
}

export interface Pictures {
  /** The batch with `media` and `imageUrl` filled in; the files are there when it answers. */
  place(products: readonly PlannedProduct[]): Promise<ProductInput[]>;
}

export async function openPictures({ mediaDir, fetcher, warn }: PictureSettings): Promise<Pictures> {
  if (mediaDir === null) return { place: async (products) => products.map(({ input }) => input) };
  await Promise.all(['drawn', 'fetched'].map((folder) => mkdir(join(mediaDir, folder), { recursive: true })));
  const there = new Set((await readdir(mediaDir, { recursive: true })).map((file) => file.replaceAll('\\', '/')));
  /** Fetched files by the hash of their address, whatever their type. */
  const fetched = new Map([...there].filter((file) => file.startsWith('fetched/') && !file.endsWith('.part')).map((file) => [file.slice(8).split('.')[0]!, file]));
  let icons: Map<string, string> | null = null;

  async function draw(drawing: Drawing): Promise<void> {
    if (there.has(drawing.file)) return;
    if (drawing.icon) icons ??= await readIcons(DRAWING_ICONS);
    const svg = drawing.icon
      ? drawPicture({ body: icons!.get(drawing.icon)!, turn: drawing.turn, ...(drawing.colour && { colour: COLOURS[drawing.colour] }) })
      : drawLetter(drawing.letter, drawing.turn);
    await writeWhole(join(mediaDir!, drawing.file), svg);
    there.add(drawing.file);
  }

  /** The file of a remote picture below /media/, or null when it cannot be had. */
  async function fetchOne(url: string): Promise<string | null> {
    const key = createHash('sha256').update(url).digest('hex').slice(0, 32);
    const known = fetched.get(key);
    if (known || !fetcher) return known ?? null;
    try {
      const { content, extension } = await fetcher.fetch(url);
      const file = `fetched/${key}.${extension}`;
      await mkdir(dirname(join(mediaDir!, file)), { recursive: true });
      await writeWhole(join(mediaDir!, file), content);
      fetched.set(key, file);
      return file;
    } catch (error) {
      if (!(error instanceof PictureRefused)) throw error;
      warn(error.message);
      return null;
    }
  }

  async function fetchAll(urls: readonly string[]): Promise<Map<string, string>> {
    const files = new Map<string, string>();
    const queue = new Set(urls).values();
    const work = async () => {
      for (const url of queue) {
        const file = await fetchOne(url);
        if (file) files.set(url, `/media/${file}`);
      }
    };
    await Promise.all(Array.from({ length: FETCHES_AT_ONCE }, work));
    return files;
  }

  async function placeOne({ input, pictures, variants }: PlannedProduct, files: ReadonlyMap<string, string>): Promise<ProductInput> {
    const media: ImageInput[] = pictures.flatMap(({ url, alt }) => (files.has(url) ? [{ url: files.get(url)!, alt: alt ? localized(alt) : null }] : []));
    if (media.length === 0) {
      const title = input.name.en ?? input.name.zh ?? '';
      const drawing = chooseDrawing(title, [...input.categoryPaths.flat(), ...(input.attributes ?? []).map(({ value }) => value.en ?? value.zh ?? '')]);
      await draw(drawing);
      media.push({ url: `/media/${drawing.file}`, alt: null });
    }
    const withPictures = variants.map((variant) => ({ ...variant.input, imageUrl: (variant.picture && files.get(variant.picture)) ?? null }));
    return { ...input, media, variants: withPictures };
  }

  return {
    async place(products) {
      const urls = products.flatMap(({ pictures, variants }) => [...pictures.map(({ url }) => url), ...variants.flatMap(({ picture }) => picture ?? [])].slice(0, PICTURES_PER_PRODUCT));
      const files = await fetchAll(urls);
      const placed: ProductInput[] = [];
      for (const product of products) placed.push(await placeOne(product, files));
      return placed;
    },
  };
}
