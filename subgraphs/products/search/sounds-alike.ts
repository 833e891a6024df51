/**
 * Whether two Chinese characters sound alike, without a dictionary of sounds: the 3,755 common characters of GB/T 2312
 * level 1 are encoded in the order of their pinyin, so that characters of one syllable stand side by side. Most Chinese
 * typing mistakes are another character of the same sound.
 */

/** First and last row and column of level 1 (GB/T 2312-1980; each byte with its high bit set). */
const ROWS = { first: 0xb0, last: 0xd7 };
const COLUMNS = { first: 0xa1, last: 0xfe };
/** The commonest syllables have some fifty characters; half of that keeps strangers out and most homophones in. */
const NEAR = 25;

let ranks: Map<string, number> | null = null;

function pinyinRanks(): Map<string, number> {
  const bytes: number[] = [];
  for (let row = ROWS.first; row <= ROWS.last; row++) {
    for (let column = COLUMNS.first; column <= COLUMNS.last; column++) bytes.push(row, column);
  }
  const characters = [...new TextDecoder('gbk').decode(Uint8Array.from(bytes))].filter((character) => /\p{Script=Han}/u.test(character));
  return new Map(characters.map((character, rank) => [character, rank]));
}

/** Same length, and every character that differs sounds like its counterpart. */
export function soundsAlike(a: string, b: string): boolean {
  const [left, right] = [[...a], [...b]];
  return left.length === right.length && left.every((character, index) => character === right[index] || near(character, right[index]!));
}

function near(a: string, b: string): boolean {
  ranks ??= pinyinRanks();
  const [left, right] = [ranks.get(a), ranks.get(b)];
  return left !== undefined && right !== undefined && Math.abs(left - right) <= NEAR;
}
