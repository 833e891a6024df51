/** Colours a shopper can choose: their names, and how a drawing takes them on. */
import type { Pair } from './shapes.ts';

export interface Colour {
  name: Pair;
  /** Degrees on the colour wheel (HSL) that the drawing's main hue is turned to. */
  hue: number;
  /** Factors; 1 where absent. */
  saturation?: number;
  lightness?: number;
}

export const COLOURS = {
  red: { name: ['Red', '红色'], hue: 355 },
  coral: { name: ['Coral', '珊瑚色'], hue: 12, saturation: 0.9, lightness: 1.1 },
  orange: { name: ['Orange', '橙色'], hue: 28 },
  mustard: { name: ['Mustard', '芥末黄'], hue: 43, saturation: 0.85 },
  yellow: { name: ['Yellow', '黄色'], hue: 50, lightness: 1.08 },
  sage: { name: ['Sage', '鼠尾草绿'], hue: 130, saturation: 0.38, lightness: 1.05 },
  green: { name: ['Green', '绿色'], hue: 145, saturation: 0.85 },
  teal: { name: ['Teal', '青色'], hue: 178, saturation: 0.8 },
  sky: { name: ['Sky blue', '天蓝'], hue: 202, lightness: 1.12 },
  blue: { name: ['Blue', '蓝色'], hue: 218 },
  navy: { name: ['Navy', '藏青'], hue: 222, saturation: 0.6, lightness: 0.62 },
  lilac: { name: ['Lilac', '丁香紫'], hue: 268, saturation: 0.65, lightness: 1.15 },
  purple: { name: ['Purple', '紫色'], hue: 276, saturation: 0.85 },
  pink: { name: ['Pink', '粉色'], hue: 338, lightness: 1.1 },
  brown: { name: ['Brown', '棕色'], hue: 22, saturation: 0.5, lightness: 0.72 },
  sand: { name: ['Sand', '沙色'], hue: 36, saturation: 0.42, lightness: 1.16 },
  white: { name: ['White', '白色'], hue: 40, saturation: 0.12, lightness: 1.42 },
  grey: { name: ['Grey', '灰色'], hue: 215, saturation: 0.1 },
  black: { name: ['Black', '黑色'], hue: 225, saturation: 0.14, lightness: 0.45 },
} as const satisfies Record<string, Colour>;

export type ColourName = keyof typeof COLOURS;
