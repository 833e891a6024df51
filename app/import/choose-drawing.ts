/** A drawing for goods without a picture, by words of their title, type, category and tags; the same words, the same drawing. */
import { fnv1a } from '#subgraphs/products/slug.ts';
import { COLOURS, type ColourName } from '../seed/catalogue/colours.ts';

export interface Drawing {
  /** Name below `/media/`; goods of one kind and colour share a few files. */
  file: string;
  /** Null: a tile with `letter`. */
  icon: string | null;
  letter: string;
  colour: ColourName | null;
  turn: number;
}

/** Different grounds a drawing is put on. */
const TURNS = 6;

/** Words of titles (whole words, a plural s apart) or Chinese characters → drawing. */
const WORDS: readonly (readonly [string, string])[] = [
  ['watering can|bucket|洒水壶|水桶', 'bucket'], ['bean ?bag|recliner|懒人沙发|躺椅', 'seat'], ['sofa|couch|settee|沙发', 'couch-and-lamp'],
  ['armchair|chair|stool|bench|椅|凳', 'chair'], ['candle|蜡烛', 'candle'], ['lamp|light|bulb|lantern|灯', 'light-bulb'],
  ['pillow|cushion|bed|bedding|bed clothes|duvet|mattress|blanket|枕|床|被', 'bed'], ['drawer|dresser|cabinet|wardrobe|柜', 'file-cabinet'],
  ['mirror|镜子', 'mirror'], ['rug|carpet|curtain|窗', 'window'], ['clock|钟', 'mantelpiece-clock'], ['vase|amphora|花瓶', 'amphora'],
  ['pot|planter|plant|monstera|盆|绿植', 'potted-plant'], ['cactus|succulent|仙人掌', 'cactus'], ['bouquet|flower|花束|鲜花', 'bouquet'], ['seed|seedling|种子', 'seedling'],
  ['trowel|spade|shovel|hoe|铲', 'pick'], ['fence|slat|timber|plank|table|desk|shelf|木|桌', 'wood'], ['hammer|锤', 'hammer'], ['wrench|spanner|扳手', 'wrench'],
  ['screwdriver|螺丝刀', 'screwdriver'], ['saw|锯', 'carpentry-saw'], ['tool|工具', 'toolbox'], ['print|poster|frame|painting|art|画', 'framed-picture'],
  ['dress|gown|连衣裙', 'dress'], ['skirt|半身裙', 'dress'], ['jean|denim|牛仔', 'jeans'], ['short|短裤', 'shorts'], ['trouser|pant|legging|chino|裤', 'jeans'],
  ['blouse|blus|女衬衫', 'womans-clothes'], ['swimsuit|泳衣', 'one-piece-swimsuit'], ['bikini|比基尼', 'bikini'], ['underwear|brief|boxer|内裤', 'briefs'],
  ['tuxedo|tie|suit|领带|西装', 'necktie'], ['jacket|coat|parka|blazer|cardigan|hoodie|jumper|sweater|pullover|外套|大衣|毛衣', 'coat'], ['vest|gilet|马甲', 'safety-vest'],
  ['kimono|robe|和服', 'kimono'], ['tank|singlet|背心', 'running-shirt'], ['shirt|t-?shirt|tee|top|polo|上衣|衬衫|恤', 't-shirt'],
  ['boot|靴', 'hiking-boot'], ['sandal|凉鞋', 'womans-sandal'], ['heel|pump|高跟', 'high-heeled-shoe'], ['flip[- ]?flop|slipper|拖鞋', 'thong-sandal'],
  ['shoe|sneaker|trainer|high top|runner|鞋', 'running-shoe'], ['sock|袜', 'socks'], ['glove|mitten|手套', 'gloves'], ['scarf|shawl|围巾', 'scarf'],
  ['cap|beanie|帽', 'billed-cap'], ['hat|礼帽', 'womans-hat'], ['sunglass|太阳镜', 'sunglasses'], ['glasses|spectacle|眼镜', 'glasses'], ['umbrella|伞', 'umbrella-with-rain-drops'],
  ['backpack|rucksack|双肩包|书包', 'backpack'], ['suitcase|luggage|行李', 'luggage'], ['briefcase|公文包', 'briefcase'], ['wallet|purse|clutch|钱包', 'purse'], ['bag|tote|handbag|包', 'handbag'],
  ['ring|戒指', 'ring'], ['necklace|pendant|earring|jewel|gem|项链|首饰', 'gem-stone'], ['bracelet|bead|手链', 'prayer-beads'], ['watch|手表|腕表', 'watch'],
  ['headphone|earphone|earbud|耳机', 'headphone'], ['speaker|音箱', 'speaker-high-volume'], ['microphone|话筒', 'studio-microphone'], ['camera|相机', 'camera'],
  ['laptop|notebook computer|笔记本电脑', 'laptop'], ['computer|monitor|电脑|显示器', 'desktop-computer'], ['keyboard|键盘', 'keyboard'], ['mouse|鼠标', 'computer-mouse'],
  ['phone|smartphone|手机', 'mobile-phone'], ['tv|television|电视', 'television'], ['console|controller|手柄', 'video-game'], ['battery|charger|power bank|电池|充电', 'battery'],
  ['snowboard|单板', 'snowboarder'], ['ski|滑雪', 'skis'], ['skateboard|滑板', 'skateboard'], ['bike|bicycle|自行车', 'bicycle'], ['scooter|滑板车', 'kick-scooter'],
  ['football|soccer|足球', 'soccer-ball'], ['basketball|篮球', 'basketball'], ['tennis|网球', 'tennis'], ['yoga|fitness|gym|瑜伽', 'sports-medal'], ['tent|帐篷', 'tent'], ['surf|冲浪', 'water-wave'],
  ['teddy|plush|soft toy|毛绒|玩偶', 'teddy-bear'], ['puzzle|拼图', 'puzzle-piece'], ['toy|玩具', 'yo-yo'], ['game|游戏', 'game-die'], ['baby|婴儿', 'baby-bottle'],
  ['notebook|journal|diary|笔记本|手账', 'notebook'], ['pen|钢笔|笔', 'fountain-pen'], ['pencil|铅笔', 'pencil'], ['book|novel|书', 'closed-book'], ['card|卡', 'love-letter'],
  ['guitar|吉他', 'guitar'], ['violin|小提琴', 'violin'], ['drum|鼓', 'drum'], ['piano|钢琴', 'musical-keyboard'],
  ['teapot|茶壶', 'teapot'], ['tea|茶', 'teacup-without-handle'], ['coffee|espresso|mug|cup|咖啡|杯', 'hot-beverage'], ['wine|葡萄酒', 'wine-glass'], ['beer|啤酒', 'beer-mug'], ['juice|果汁', 'beverage-box'],
  ['knife|刀', 'kitchen-knife'], ['pan|skillet|锅', 'cooking'], ['plate|cutlery|fork|餐具|盘', 'fork-and-knife-with-plate'], ['spoon|勺', 'spoon'], ['bowl|碗', 'bowl-with-spoon'], ['bottle|jar|瓶|罐', 'jar'],
  ['chocolate|巧克力', 'chocolate-bar'], ['cake|蛋糕', 'shortcake'], ['cookie|biscuit|饼干', 'cookie'], ['candy|sweet|糖果', 'candy'], ['bread|面包', 'bread'], ['cheese|奶酪', 'cheese-wedge'], ['honey|蜂蜜', 'honey-pot'], ['fruit|apple|水果|苹果', 'red-apple'],
  ['soap|皂', 'soap'], ['lotion|cream|shampoo|serum|乳|霜|洗发', 'lotion-bottle'], ['lipstick|口红', 'lipstick'], ['nail|指甲', 'nail-polish'], ['perfume|fragrance|香水', 'sparkles'], ['toothbrush|牙刷', 'toothbrush'], ['towel|毛巾', 'basket'],
  ['dog|犬|狗', 'guide-dog'], ['cat|猫', 'cat'], ['pet|宠物', 'paw-prints'], ['yarn|wool|毛线', 'yarn'], ['gift|present|礼品|礼物', 'wrapped-gift'],
];

const RULES = WORDS.map(([words, icon]) => {
  const [latin, han] = [words.split('|').filter((word) => /^[\x20-\x7e]+$/.test(word)), words.split('|').filter((word) => !/^[\x20-\x7e]+$/.test(word))];
  return { icon, pattern: new RegExp([...(latin.length ? [`\\b(?:${latin.join('|')})(?:e?s)?\\b`] : []), ...han].join('|'), 'i') };
});

/** All drawings that can be chosen. */
export const DRAWING_ICONS: readonly string[] = [...new Set(WORDS.map(([, icon]) => icon))];

const COLOUR_WORDS: readonly (readonly [ColourName, RegExp])[] = (Object.keys(COLOURS) as ColourName[]).map((colour) => {
  const [en, zh] = COLOURS[colour].name;
  const also = { sand: '|cream|beige', grey: '|gray', brown: '|tan', sage: '|olive', coral: '|copper', purple: '|violet' }[colour as string] ?? '';
  return [colour, new RegExp(`\\b(?:${colour}|${en}${also})\\b|${zh.replace(/色$/, '')}`, 'i')];
});

/** @param words Title first, then type, category and tags: the title decides if it can. */
export function chooseDrawing(title: string, words: readonly string[]): Drawing {
  const icon = iconFor(title) ?? iconFor(words.join(' '));
  const letter = /[\p{L}\p{N}]/u.exec(title)?.[0].toUpperCase() ?? '·';
  const colour = icon ? (COLOUR_WORDS.find(([, pattern]) => pattern.test(title))?.[0] ?? null) : null;
  const turn = fnv1a(title) % TURNS;
  const stem = icon ? [icon, colour].filter(Boolean).join('-') : `letter-${letter.codePointAt(0)!.toString(16)}`;
  return { file: `drawn/${stem}-${turn}.svg`, icon, letter, colour, turn };
}

const iconFor = (text: string): string | null => {
  // The last noun of an English title says what the thing is: "Brown Throw Pillows", "Copper Light".
  const hits = RULES.flatMap(({ icon, pattern }) => {
    const match = pattern.exec(text);
    return match ? [{ icon, start: match.index, end: match.index + match[0].length }] : [];
  });
  return hits.sort((a, b) => b.end - a.end || a.start - b.start)[0]?.icon ?? null;
};
