/** From a category up to its root, as breadcrumbs; shared with the server-rendered documents. */
import { address } from '../places.ts';

interface Step { slug: string; name: string; parent?: Step | null }

export function categoryTrail(category: Step | null | undefined): { name: string; to: string }[] {
  const trail: { name: string; to: string }[] = [];
  for (let step = category; step; step = step.parent) trail.unshift({ name: step.name, to: address.category(step.slug) });
  return trail;
}
