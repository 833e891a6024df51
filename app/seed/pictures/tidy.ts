/** Fewer bytes for the same look: short ids, and hundredths of a unit (a fifth of a pixel) in paths. */

/** The drawing's SVG content, smaller by about a quarter; ids are short and start with `i`. */
export function tidy(body: string): string {
  const ids = new Map<string, string>();
  for (const [, id] of body.matchAll(/ id="([^"]+)"/g)) if (!ids.has(id!)) ids.set(id!, `i${ids.size.toString(36)}`);
  return body
    .replace(/ id="([^"]+)"/g, (_, id: string) => ` id="${ids.get(id)}"`)
    .replace(/url\(#([^)]+)\)/g, (whole, id: string) => (ids.has(id) ? `url(#${ids.get(id)})` : whole))
    .replace(/href="#([^"]+)"/g, (whole, id: string) => (ids.has(id) ? `href="#${ids.get(id)}"` : whole))
    .replace(/ result="effect\d+_[^"]+"/g, (whole) => (body.includes(`in2="${whole.slice(9, -1)}"`) ? whole : ''))
    .replace(/ d="([^"]+)"/g, (_, path: string) => ` d="${shortPath(path)}"`);
}

const NUMBER = /^[\s,]*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)/i;
const FLAG = /^[\s,]*([01])/;

/** SVG path data (SVG 1.1, 8.3) written again with two decimals; what is not understood is left as it was. */
export function shortPath(path: string): string {
  let written = '';
  for (const [, command, parameters] of path.matchAll(/([a-z])([^a-df-z]*)/gi)) {
    written += command;
    let rest = parameters!;
    let last = '';
    for (let index = 0; rest.trim() !== ''; index++) {
      const isFlag = /a/i.test(command!) && (index % 7 === 3 || index % 7 === 4);
      const match = (isFlag ? FLAG : NUMBER).exec(rest);
      if (!match) return path;
      const text = isFlag ? match[1]! : shortNumber(match[1]!);
      const joins = last === '' || text.startsWith('-') || (text.startsWith('.') && last.includes('.'));
      written += joins ? text : ` ${text}`;
      last = text;
      rest = rest.slice(match[0].length);
    }
  }
  return written;
}

const shortNumber = (text: string): string => String(Number(Number(text).toFixed(2))).replace(/^(-?)0\./, '$1.').replace(/^-0$/, '0');
