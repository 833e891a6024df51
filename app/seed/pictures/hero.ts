/** The picture at the top of the storefront: a shelf of goods in evening light. */
import { recolour } from './hues.ts';
import { ICON_UNITS } from './icons.ts';
import { tidy } from './tidy.ts';

export const HERO_WIDTH = 1440;
export const HERO_HEIGHT = 960;

/** Drawing, centre and foot in pixels, side in pixels. */
const SCENE: readonly { icon: string; x: number; foot: number; side: number; hue?: number }[] = [
  { icon: 'potted-plant', x: 250, foot: 742, side: 400 },
  { icon: 'couch-and-lamp', x: 600, foot: 752, side: 500, hue: 178 },
  { icon: 'guitar', x: 950, foot: 742, side: 390 },
  { icon: 'backpack', x: 1190, foot: 758, side: 330, hue: 218 },
  { icon: 'teapot', x: 400, foot: 884, side: 220, hue: 12 },
  { icon: 'books', x: 660, foot: 888, side: 210 },
  { icon: 'headphone', x: 870, foot: 880, side: 200, hue: 268 },
  { icon: 'running-shoe', x: 1080, foot: 876, side: 220 },
];

export const HERO_ICONS: readonly string[] = SCENE.map(({ icon }) => icon);

/** @param icons The drawings of HERO_ICONS (`readIcons`). */
export function drawHero(icons: ReadonlyMap<string, string>): string {
  const things = SCENE.map(({ icon, x, foot, side, hue }, index) => {
    const body = tidy(hue === undefined ? icons.get(icon)! : recolour(icons.get(icon)!, { name: ['', ''], hue }));
    // Ids of several drawings in one file must not meet.
    const own = body.replace(/(id="|#)i(\w+)/g, `$1h${index}$2`);
    const shadow = `<ellipse cx="${x}" cy="${foot - side * 0.045}" rx="${side * 0.4}" ry="${side * 0.055}" fill="url(#S)"/>`;
    return `${shadow}<g transform="translate(${x - side / 2} ${foot - side})scale(${side / ICON_UNITS})">${own}</g>`;
  });
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${HERO_WIDTH}" height="${HERO_HEIGHT}" viewBox="0 0 ${HERO_WIDTH} ${HERO_HEIGHT}"><defs>` +
    '<linearGradient id="W" x2=".4" y2="1"><stop stop-color="#eef3fb"/><stop offset=".55" stop-color="#fbeee6"/><stop offset="1" stop-color="#f8dcc9"/></linearGradient>' +
    '<linearGradient id="F" y2="1" x2="0"><stop stop-color="#f4d9c6"/><stop offset="1" stop-color="#e9c4ad"/></linearGradient>' +
    '<radialGradient id="S"><stop stop-color="#6b3f2c" stop-opacity=".36"/><stop offset=".6" stop-color="#6b3f2c" stop-opacity=".12"/><stop offset="1" stop-color="#6b3f2c" stop-opacity="0"/></radialGradient>' +
    '</defs><path fill="url(#W)" d="M0 0h1440v960H0z"/><circle cx="1120" cy="300" r="230" fill="#fff" opacity=".55"/><circle cx="1120" cy="300" r="150" fill="#fdf3e3"/>' +
    '<path d="M170 690V330a190 190 0 0 1 380 0V690z" fill="#fff" opacity=".5"/><path fill="url(#F)" d="M0 690h1440v270H0z"/>' +
    `${things.join('')}</svg>\n`
  );
}
