/** A picture for goods that have none: quiet colours from the name, so that the same goods always look the same. */
import { fnv1a } from './slug.ts';

/** An SVG of 600 by 600, without text, scripts or references. */
export function drawnPicture(name: string): string {
  const seed = fnv1a(name);
  const hue = seed % 360;
  const tilt = (seed >>> 9) % 40;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 600" width="600" height="600">
<defs><linearGradient id="g" gradientTransform="rotate(${25 + tilt})"><stop offset="0" stop-color="hsl(${hue} 45% 94%)"/><stop offset="1" stop-color="hsl(${(hue + 40) % 360} 40% 84%)"/></linearGradient></defs>
<rect width="600" height="600" fill="url(#g)"/>
<circle cx="${150 + (seed % 90)}" cy="${470 - ((seed >>> 5) % 80)}" r="210" fill="hsl(${(hue + 20) % 360} 45% 80%)" opacity=".35"/>
<g fill="none" stroke="hsl(${hue} 28% 42%)" stroke-width="14" stroke-linecap="round" stroke-linejoin="round">
<path d="M205 250h190l22 190a18 18 0 0 1-18 20H201a18 18 0 0 1-18-20z" fill="hsl(${hue} 40% 97%)"/>
<path d="M248 290v-62a52 52 0 0 1 104 0v62"/>
</g>
</svg>
`;
}
