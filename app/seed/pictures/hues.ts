/** Colours of a drawing as numbers: reading them, turning them. HSL, degrees and fractions. */
import type { Colour } from '../catalogue/colours.ts';

export interface Hsl {
  hue: number;
  saturation: number;
  lightness: number;
}

const HEX = /#([0-9a-f]{6}|[0-9a-f]{3})\b/gi;
/** The row constants of a filter's colour: `0 0 0 0 R 0 0 0 0 G 0 0 0 0 B 0 0 0 A 0`. */
const FLOOD = /values="0 0 0 0 ([\d.]+) 0 0 0 0 ([\d.]+) 0 0 0 0 ([\d.]+) (0 0 0 [\d.]+ 0)"/g;
/** Below this saturation a colour counts as grey and has no hue worth speaking of. */
const GREY = 0.12;
/** Hues are counted in so many steps around the wheel. */
const HUE_BINS = 36;
/** With less colour than this in all a drawing counts as grey. */
const WORTH_SPEAKING_OF = 0.5;
/** What is farther than this from the main hue keeps its colour: leaves stay green, brass stays brass. */
const BELONGS_DEGREES = 62;
/** Saturation that grey drawings are dyed with. */
const DYE = 0.55;

export function toHsl(red: number, green: number, blue: number): Hsl {
  const max = Math.max(red, green, blue);
  const min = Math.min(red, green, blue);
  const spread = max - min;
  const lightness = (max + min) / 2;
  if (spread === 0) return { hue: 0, saturation: 0, lightness };
  const saturation = spread / (1 - Math.abs(2 * lightness - 1));
  const sextant = max === red ? ((green - blue) / spread + 6) % 6 : max === green ? (blue - red) / spread + 2 : (red - green) / spread + 4;
  return { hue: sextant * 60, saturation, lightness };
}

export function toRgb({ hue, saturation, lightness }: Hsl): [red: number, green: number, blue: number] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (offset: number) => {
    const position = (offset + hue / 30) % 12;
    return lightness - reach * Math.max(-1, Math.min(position - 3, 9 - position, 1));
  };
  return [channel(0), channel(8), channel(4)];
}

const parse = (hex: string): [number, number, number] => {
  const six = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex;
  return [0, 2, 4].map((at) => Number.parseInt(six.slice(at, at + 2), 16) / 255) as [number, number, number];
};
const byte = (part: number) => Math.round(Math.min(1, Math.max(0, part)) * 255).toString(16).padStart(2, '0');
export const toHex = (colour: Hsl): string => `#${toRgb(colour).map(byte).join('')}`;

/** The hue that most of a drawing's colours lie around, weighted by how strong they are; null for a grey drawing. */
export function mainHue(body: string): number | null {
  const weights = new Array<number>(HUE_BINS).fill(0);
  for (const [, hex] of body.matchAll(HEX)) {
    const colour = toHsl(...parse(hex!));
    if (colour.saturation < GREY) continue;
    weights[Math.floor((colour.hue / 360) * HUE_BINS) % HUE_BINS]! += colour.saturation * (1 - Math.abs(2 * colour.lightness - 1));
  }
  const around = (bin: number) => [-2, -1, 0, 1, 2].map((by) => [by, weights[(bin + by + HUE_BINS) % HUE_BINS]!] as const);
  const sums = weights.map((_, bin) => around(bin).reduce((sum, [, weight]) => sum + weight, 0));
  const best = sums.indexOf(Math.max(...sums));
  if (sums[best]! < WORTH_SPEAKING_OF) return null;
  const offset = around(best).reduce((sum, [by, weight]) => sum + by * weight, 0) / sums[best]!;
  return (((best + 0.5 + offset) / HUE_BINS) * 360 + 360) % 360;
}

export const hueDistance = (a: number, b: number): number => Math.min(Math.abs(a - b), 360 - Math.abs(a - b));

/** The drawing in another colour: its main hue and what lies near it are turned to the wanted one; a grey drawing is dyed. */
export function recolour(body: string, colour: Colour): string {
  const wanted = colour.hue;
  const main = mainHue(body);
  const turned = (red: number, green: number, blue: number): Hsl => {
    const from = toHsl(red, green, blue);
    if (main !== null && (from.saturation < GREY || hueDistance(from.hue, main) > BELONGS_DEGREES)) return from;
    const hue = main === null ? wanted : (from.hue - main + wanted + 360) % 360;
    const saturation = Math.min(1, (main === null ? DYE : from.saturation) * (colour.saturation ?? 1));
    return { hue, saturation, lightness: shade(from.lightness, colour.lightness ?? 1) };
  };
  return body
    .replace(HEX, (_, hex: string) => toHex(turned(...parse(hex))))
    .replace(FLOOD, (_, red: string, green: string, blue: string, alpha: string) => {
      const [r, g, b] = toRgb(turned(Number(red), Number(green), Number(blue))).map((part) => Number(part.toFixed(3)));
      return `values="0 0 0 0 ${r} 0 0 0 0 ${g} 0 0 0 0 ${b} ${alpha}"`;
    });
}

/** Darker below 1, lighter above, without losing the drawing's shading. */
const shade = (lightness: number, factor: number): number => (factor >= 1 ? 1 - (1 - lightness) / factor ** 2 : lightness * factor);
