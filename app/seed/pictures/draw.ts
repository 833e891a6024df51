/**
 * Pictures of goods as SVG: a Fluent Emoji drawing standing on a soft generated ground. All share one composition
 * (square, drawing in the middle, shadow below), while ground and palette change, so that a page of them looks alive.
 */
import type { Colour } from '../catalogue/colours.ts';
import { ICON_UNITS } from './icons.ts';
import { hueDistance, mainHue, recolour } from './hues.ts';
import { tidy } from './tidy.ts';

/** Pixels of a side. */
export const PICTURE_SIZE = 640;

interface Palette {
  hue: number;
  /** Ground above and below, and the shapes on it. */
  top: string;
  bottom: string;
  shape: string;
  shadow: string;
}

const PALETTES: readonly Palette[] = [
  { hue: 12, top: '#fdf1ec', bottom: '#f8d9cc', shape: '#fbe6dd', shadow: '#8a4b35' },
  { hue: 34, top: '#fdf5e8', bottom: '#f6e0bf', shape: '#fbebd3', shadow: '#7d5a2b' },
  { hue: 50, top: '#fdf9e6', bottom: '#f4e9b8', shape: '#faf2cf', shadow: '#756325' },
  { hue: 95, top: '#f4f8ec', bottom: '#dbe8c8', shape: '#e8f0da', shadow: '#4f6238' },
  { hue: 150, top: '#edf8f2', bottom: '#c9e7d8', shape: '#dcf1e6', shadow: '#2f6650' },
  { hue: 180, top: '#ecf8f8', bottom: '#c6e6e8', shape: '#daf0f1', shadow: '#2d6166' },
  { hue: 205, top: '#eef6fc', bottom: '#cbe1f3', shape: '#deecf8', shadow: '#34587a' },
  { hue: 232, top: '#f1f3fc', bottom: '#d3d9f2', shape: '#e3e7f8', shadow: '#414b7d' },
  { hue: 265, top: '#f6f2fb', bottom: '#dfd3f0', shape: '#ebe3f6', shadow: '#5a4580' },
  { hue: 335, top: '#fdf0f4', bottom: '#f5d3df', shape: '#fae2ea', shadow: '#853f5c' },
  { hue: 40, top: '#f8f5f0', bottom: '#e6ded1', shape: '#f0eae0', shadow: '#5f5443' },
  { hue: 220, top: '#f4f5f7', bottom: '#dcdfe5', shape: '#e9ebef', shadow: '#454c5a' },
];

/** What stands behind the drawing, each on the whole square. */
const GROUNDS: readonly ((palette: Palette) => string)[] = [
  ({ shape }) => `<circle cx="320" cy="318" r="236" fill="${shape}"/>`,
  ({ shape }) => `<path d="M120 640V330a200 200 0 0 1 400 0V640z" fill="${shape}"/>`,
  ({ shape }) => `<path d="M0 452h640v188H0z" fill="${shape}"/><circle cx="496" cy="150" r="74" fill="#fff" opacity=".55"/>`,
  ({ shape }) => `<path d="M0 440Q160 350 320 420T640 392V640H0z" fill="${shape}"/><path d="M0 520Q200 450 400 512T640 494V640H0z" fill="#fff" opacity=".4"/>`,
  ({ shape }) => `<circle cx="206" cy="232" r="208" fill="${shape}"/><circle cx="498" cy="468" r="112" fill="#fff" opacity=".45"/>`,
  ({ shape }) => `<path d="M0 560L560 0H640V180L180 640H0z" fill="${shape}"/>`,
];

export interface Picture {
  /** The drawing's SVG content (`readIcons`). */
  body: string;
  /** Where in the row of grounds and palettes this picture stands; neighbours get different ones. */
  turn: number;
  colour?: Colour;
}

/** The whole SVG file, some 4 to 25 KB. The same input gives the same bytes. */
export function drawPicture({ body, turn, colour }: Picture): string {
  const drawing = tidy(colour ? recolour(body, colour) : body);
  const palette = choosePalette(mainHue(drawing), turn);
  const scale = 12.6;
  const left = (PICTURE_SIZE - ICON_UNITS * scale) / 2;
  return frame(
    palette,
    GROUNDS[turn % GROUNDS.length]!(palette) + shadowUnder(524, 150) + `<g transform="translate(${left} ${left + 4})scale(${scale})">${drawing}</g>`,
  );
}

/** A letter on a tile, for goods that no drawing fits. */
export function drawLetter(letter: string, turn: number): string {
  const palette = PALETTES[turn % PALETTES.length]!;
  const safe = letter.replace(/[<>&"']/g, '·');
  const tile = '<rect x="170" y="162" width="300" height="300" rx="72" fill="#fff" opacity=".82"/>';
  const font = 'font-family="system-ui,-apple-system,\'Segoe UI\',\'Noto Sans\',\'Noto Sans CJK SC\',sans-serif"';
  const text = `<text x="320" y="318" ${font} font-size="168" font-weight="650" text-anchor="middle" dominant-baseline="central" fill="${palette.shadow}">${safe}</text>`;
  return frame(palette, GROUNDS[turn % GROUNDS.length]!(palette) + shadowUnder(486, 140) + tile + text);
}

function frame(palette: Palette, content: string): string {
  const size = PICTURE_SIZE;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}" viewBox="0 0 ${size} ${size}"><defs>` +
    `<linearGradient id="G" x2=".35" y2="1"><stop stop-color="${palette.top}"/><stop offset="1" stop-color="${palette.bottom}"/></linearGradient>` +
    `<radialGradient id="S"><stop stop-color="${palette.shadow}" stop-opacity=".34"/><stop offset=".6" stop-color="${palette.shadow}" stop-opacity=".12"/>` +
    `<stop offset="1" stop-color="${palette.shadow}" stop-opacity="0"/></radialGradient></defs><path fill="url(#G)" d="M0 0h${size}v${size}H0z"/>${content}</svg>\n`
  );
}

const shadowUnder = (y: number, radius: number) => `<ellipse cx="320" cy="${y}" rx="${radius}" ry="22" fill="url(#S)"/>`;

/** A palette away from the drawing's own hue, so that it stands out; among those, the turn decides. */
function choosePalette(hue: number | null, turn: number): Palette {
  const fitting = PALETTES.filter((palette) => hue === null || hueDistance(palette.hue, hue) > 45);
  return fitting[(turn * 5) % fitting.length]!;
}
