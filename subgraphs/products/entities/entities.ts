import { Category } from './category.ts';
import { CoPurchase, ProductSales, Review } from './popularity.ts';
import { Product, ProductAttribute, ProductCategory, ProductMedia, ProductText } from './product.ts';
import { Variant, VariantOption } from './variant.ts';

export const entities = [
  Product, ProductText, ProductCategory, ProductAttribute, ProductMedia, Variant, VariantOption, Category, Review, ProductSales, CoPurchase,
];
