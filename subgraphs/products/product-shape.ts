/** The shape of a ProductInput that did not come through GraphQL: a catalogue file can hold anything. */
import { z } from 'zod';
import type { ProductInput } from './product-input.ts';

const text = z.object({ en: z.string().nullish(), zh: z.string().nullish() });

const shape = z.object({
  slug: z.string(),
  name: text,
  description: text.nullish(),
  brand: z.string().nullish(),
  categoryPaths: z.array(z.array(z.string())),
  categoryNamesZh: z.array(z.object({ en: z.string(), zh: z.string() })).nullish(),
  categoryImages: z.array(z.object({ path: z.array(z.string()), url: z.string() })).nullish(),
  attributes: z.array(z.object({ name: z.string(), nameZh: z.string().nullish(), value: text })).nullish(),
  variants: z.array(
    z.object({
      sku: z.string(),
      priceMinor: z.number(),
      compareAtPriceMinor: z.number().nullish(),
      options: z.array(z.object({ name: z.string(), value: z.string(), nameZh: z.string().nullish(), valueZh: z.string().nullish() })),
      imageUrl: z.string().nullish(),
      initialStock: z.number().nullish(),
    }),
  ),
  media: z.array(z.object({ url: z.string(), alt: text.nullish() })).nullish(),
}) satisfies z.ZodType<ProductInput>;

/** The first thing of the wrong kind, or null. */
export function shapeProblem(input: unknown): { field: string; problem: string } | null {
  const parsed = shape.safeParse(input);
  if (parsed.success) return null;
  const issue = parsed.error.issues[0]!;
  return { field: issue.path.join('.'), problem: issue.message };
}
