import { mutationResolvers } from './mutation.ts';
import type { Parts } from './parts.ts';
import { productResolvers, variantResolvers } from './product.ts';
import { queryResolvers } from './query.ts';

export const createResolvers = (parts: Parts): Record<string, unknown> => ({
  Query: queryResolvers(parts),
  Mutation: mutationResolvers(parts),
  Product: productResolvers(parts),
  Variant: variantResolvers(parts),
});
