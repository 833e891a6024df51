/**
 * Imports a product CSV: reads it as a stream, a product at a time, and loads a hundred at once. A faulty product is
 * named and left out whole, the others are loaded; the same file again changes nothing.
 */
import { countProducts, groupRows } from './group-rows.ts';
import type { RowFault } from './faults.ts';
import type { Pictures } from './pictures.ts';
import { planProduct, type PlannedProduct } from './plan-product.ts';
import { readRows } from './read-rows.ts';
import { BATCH_MAX, type SendBatch } from './send.ts';

export interface ImportSettings {
  file: string;
  /** Digits after the point of the shop's currency (`exponentOf`). */
  exponent: number;
  pictures: Pictures;
  send: SendBatch;
  /** Told after every batch. */
  progress(done: number, all: number): void;
  /** Told of every fault as it is found. */
  fault(fault: RowFault, handle: string): void;
}

export interface ImportSummary {
  created: number;
  updated: number;
  unchanged: number;
  /** Products that were not loaded because of faults. */
  refused: number;
  /** Products that are not for sale: unpublished, drafts, archived, gift cards. */
  leftOut: number;
}

/** @throws FileFault or SendFault when it cannot go on; what was loaded until then stays, and the import can be repeated. */
export async function importProducts(settings: ImportSettings): Promise<ImportSummary> {
  const { file, exponent, fault } = settings;
  const { products: all, pieces } = await countProducts(file);
  const { columns, rows } = await readRows(file);
  const summary: ImportSummary = { created: 0, updated: 0, unchanged: 0, refused: 0, leftOut: 0 };
  const taken = new Taken();
  let batch: PlannedProduct[] = [];
  let done = 0;
  let reported = -1;

  const flush = async () => {
    if (batch.length > 0) await sendBatch(batch, settings, summary);
    batch = [];
    if (done > reported) settings.progress(done, all);
    reported = done;
  };

  for await (const group of groupRows(rows, pieces)) {
    done++;
    const planned = planProduct(group, { columns, exponent });
    if (planned.kind === 'left-out') {
      summary.leftOut++;
      continue;
    }
    const faults = planned.kind === 'faulty' ? planned.faults : taken.conflicts(planned);
    if (planned.kind === 'faulty' || faults.length > 0) {
      summary.refused++;
      for (const one of faults) fault(one, group[0]!.handle);
      continue;
    }
    batch.push(planned);
    if (batch.length === BATCH_MAX) await flush();
  }
  await flush();
  return summary;
}

async function sendBatch(batch: readonly PlannedProduct[], { pictures, send, fault }: ImportSettings, summary: ImportSummary): Promise<void> {
  const report = await send(await pictures.place(batch));
  summary.created += report.created;
  summary.updated += report.updated;
  summary.unchanged += report.unchanged;
  summary.refused += new Set(report.refused.map(({ slug }) => slug)).size;
  const bySlug = new Map(batch.map((product) => [product.input.slug, product]));
  for (const { slug, field, message } of report.refused) {
    const product = bySlug.get(slug);
    fault({ ...(product?.origin(field) ?? { line: 0, column: field }), message }, slug);
  }
}

/** Addresses and SKUs of the file so far: two products cannot have the same. */
class Taken {
  readonly #slugs = new Map<string, number>();
  readonly #skus = new Map<string, number>();

  conflicts(product: PlannedProduct): RowFault[] {
    const { slug } = product.input;
    const before = this.#slugs.get(slug);
    if (before !== undefined) return [{ ...product.origin('slug'), message: `comes to the same address ${slug} as the product on line ${before}` }];
    const faults: RowFault[] = [];
    product.variants.forEach(({ input }, index) => {
      const line = this.#skus.get(input.sku.toLowerCase());
      if (line !== undefined) faults.push({ ...product.origin(`variants.${index}.sku`), message: `${input.sku} is the SKU of another product, on line ${line}` });
    });
    if (faults.length > 0) return faults;
    this.#slugs.set(slug, product.line);
    for (const { input, row } of product.variants) this.#skus.set(input.sku.toLowerCase(), row.line);
    return [];
  }
}
