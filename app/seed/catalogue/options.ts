/** What shoppers pick, in Chinese: names of options, and values that are words or measures. */

const NAMES: Record<string, string> = {
  Bars: '块数', Binding: '装帧', Bottles: '瓶数', Bristles: '刷毛', Capacity: '容量', Capsules: '粒数', Colour: '颜色', Diameter: '直径', Frame: '车架',
  Grip: '握把', Height: '高度', Key: '调', Layout: '键位', Length: '长度', Memory: '内存', Nib: '笔尖', Opening: '开口', People: '人数', Pieces: '件数',
  Pot: '花盆口径', 'Ring size': '戒指圈号', Scent: '香味', Serves: '人份', Size: '尺寸', Storage: '存储', Strength: '度数', Tins: '罐数', Tip: '批头',
  Weight: '重量', Width: '宽度',
};

const WORDS: Record<string, string> = {
  Soft: '软毛', Medium: '中毛', Paperback: '平装', Hardcover: '精装', Plain: '无香', Lavender: '薰衣草', Cedar: '雪松',
};

const UNITS: Record<string, string> = { g: '克', kg: '公斤', l: '升', ml: '毫升', m: '米', cm: '厘米', mm: '毫米', oz: '盎司' };

/** What people wear has another word for its size. */
const WORN = /^(X?[SML]|XL|\d\d)$/;

/** The option's name in Chinese; `value` is one of its values. @throws when the catalogue has a name that is not here. */
export function optionNameZh(name: string, value: string): string {
  if (name === 'Size' && WORN.test(value)) return '尺码';
  const zh = NAMES[name];
  if (zh === undefined) throw new Error(`The option ${name} has no Chinese name in options.ts.`);
  return zh;
}

/** The value in Chinese; null where both languages write it alike: S, 42, ISO, 16 GB. */
export function optionValueZh(value: string): string | null {
  const word = WORDS[value];
  if (word !== undefined) return word;
  const measure = /^([\d.]+) (\w+)$/.exec(value);
  if (measure && UNITS[measure[2]!]) return `${measure[1]} ${UNITS[measure[2]!]}`;
  const inches = /^([\d.]+)"$/.exec(value);
  return inches ? `${inches[1]} 英寸` : null;
}
