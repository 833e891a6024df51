/** Facts for filters: the word used in the catalogue, the attribute it belongs to, its value in both languages. */
import type { Pair } from './shapes.ts';

const material = (en: string, zh: string) => ({ attribute: 'material', value: [en, zh] as Pair });
const season = (en: string, zh: string) => ({ attribute: 'season', value: [en, zh] as Pair });
const room = (en: string, zh: string) => ({ attribute: 'room', value: [en, zh] as Pair });
const audience = (en: string, zh: string) => ({ attribute: 'audience', value: [en, zh] as Pair });
const power = (en: string, zh: string) => ({ attribute: 'power', value: [en, zh] as Pair });
const diet = (en: string, zh: string) => ({ attribute: 'diet', value: [en, zh] as Pair });

/** What facts are about, in Chinese. */
export const ATTRIBUTE_NAMES_ZH: Record<string, string> = {
  material: '材质', season: '季节', room: '空间', audience: '适用人群', power: '供电方式', diet: '饮食', colour: '颜色',
};

export const FACTS: Record<string, { attribute: string; value: Pair }> = {
  cotton: material('Cotton', '棉'),
  linen: material('Linen', '亚麻'),
  wool: material('Wool', '羊毛'),
  silk: material('Silk', '丝绸'),
  denim: material('Denim', '牛仔布'),
  leather: material('Leather', '皮革'),
  canvas: material('Canvas', '帆布'),
  recycled: material('Recycled polyester', '再生涤纶'),
  rubber: material('Natural rubber', '天然橡胶'),
  wood: material('Wood', '木'),
  bamboo: material('Bamboo', '竹'),
  steel: material('Steel', '钢'),
  iron: material('Cast iron', '铸铁'),
  copper: material('Copper', '铜'),
  silver: material('Silver', '银'),
  gold: material('Gold-plated', '镀金'),
  aluminium: material('Aluminium', '铝'),
  glass: material('Glass', '玻璃'),
  ceramic: material('Ceramic', '陶瓷'),
  paper: material('Paper', '纸'),
  plastic: material('Recycled plastic', '再生塑料'),
  silicone: material('Silicone', '硅胶'),
  wax: material('Beeswax', '蜂蜡'),
  plush: material('Plush', '毛绒'),
  summer: season('Summer', '夏季'),
  winter: season('Winter', '冬季'),
  spring: season('Spring', '春季'),
  allyear: season('All year', '四季'),
  living: room('Living room', '客厅'),
  bedroom: room('Bedroom', '卧室'),
  kitchen: room('Kitchen', '厨房'),
  bathroom: room('Bathroom', '浴室'),
  study: room('Study', '书房'),
  garden: room('Garden', '花园'),
  women: audience('Women', '女士'),
  men: audience('Men', '男士'),
  everyone: audience('Everyone', '通用'),
  children: audience('Children', '儿童'),
  battery: power('Rechargeable', '可充电'),
  mains: power('Mains', '插电'),
  hand: power('By hand', '手动'),
  vegan: diet('Vegan', '纯素'),
  vegetarian: diet('Vegetarian', '蛋奶素'),
  fish: diet('With fish', '含鱼类'),
  organic: diet('Organic', '有机'),
};
