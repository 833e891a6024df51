import type { Department } from './shapes.ts';

export const wellbeing: Department = {
  name: ['Beauty & health', '美妆健康'],
  icon: 'lotion-bottle',
  shelves: [
    {
      name: ['Beauty', '美妆个护'],
      icon: 'lipstick',
      brands: ['Petal Post', 'Clean Slate', 'Atelier Mira'],
      reviews: 'beauty',
      about: [
        ['Not tested on animals; tested on our cousins.', '不做动物测试，在表姐妹身上试过。'],
        ['Small, honest, and pleasant to use every morning.', '小巧实在，每天早晨用着都愉快。'],
      ],
      rows: [
        ['Velvet lipstick', '丝绒口红', 'lipstick', 1900, 'Matt without drying, stays through lunch.', '雾面不拔干，吃完午饭还在。', { colours: 'red pink coral brown', facts: 'vegan' }],
        ['Nail polish', '指甲油', 'nail-polish', 900, 'Two coats, one minute, seven days.', '两层、一分钟、七天。', { colours: 'pink red lilac teal', facts: 'vegan' }],
        ['Body lotion', '身体乳', 'lotion-bottle', 1700, 'Oat and almond, sinks in before you are dressed.', '燕麦与杏仁，穿衣前就吸收。', { kinds: ['Capacity', '200 ml', '500 ml+1400'], facts: 'vegan' }],
        ['Safety razor', '安全剃须刀', 'razor', 3900, 'One good blade at a time, a handle for life.', '一次一片好刀，一柄用一生。', { facts: 'steel men' }],
        ['Hair pick', '梳发叉', 'hair-pick', 900, 'Rounded teeth that lift curls without breaking them.', '圆头齿，撑起卷发不伤发。', { facts: 'wood' }],
        ['Vanity hand mirror', '手持化妆镜', 'mirror', 2900, 'One honest side and one that magnifies five times.', '一面诚实，一面放大五倍。', { tint: 'pink', facts: 'glass women' }],
        ['Rose face mist', '玫瑰喷雾', 'rose', 2200, 'Steam-distilled petals, nothing else in the bottle.', '蒸馏玫瑰花瓣，瓶里别无他物。', { tint: 'pink', facts: 'vegan organic' }],
        ['Lavender bath salts', '薰衣草浴盐', 'hyacinth', 1600, 'Half an hour of doing nothing, in a jar.', '一罐“什么都不做的半小时”。', { facts: 'vegan' }],
        ['Kiss lip balm', '润唇膏', 'kiss-mark', 600, 'Beeswax, shea and a little cherry.', '蜂蜡、乳木果和一点樱桃。', { facts: 'wax' }],
        ['Perfume, Night Garden', '夜花园香水', 'sparkles', 6900, 'Jasmine, fig leaf and the air after rain.', '茉莉、无花果叶，和雨后的空气。', { kinds: ['Capacity', '30 ml', '50 ml+3000', '100 ml+7000'], facts: 'vegan everyone', was: 7900 }],
      ],
    },
    {
      name: ['Health & rest', '健康休憩'],
      icon: 'hot-springs',
      brands: ['Clean Slate', 'Quiet Room', 'Fixwell'],
      reviews: 'health',
      about: [
        ['Checked by a pharmacist, explained in plain words.', '经药剂师审核，用大白话说明。'],
        ['Delivered in a plain parcel.', '低调包装发货。'],
      ],
      rows: [
        ['Fever thermometer', '体温计', 'thermometer', 1400, 'Ten seconds, and it whispers the result.', '十秒出结果，提示音轻轻的。', { facts: 'battery' }],
        ['Plasters, forty', '创可贴四十片', 'adhesive-bandage', 500, 'Stretchy cotton that bends with knuckles.', '弹力棉布，跟着关节弯。', { facts: 'cotton' }],
        ['Vitamin D3', '维生素 D3', 'pill', 1200, 'One a day from October to April.', '十月到四月，每天一粒。', { kinds: ['Capsules', '90', '180+900'], facts: 'vegetarian' }],
        ['Stethoscope', '听诊器', 'stethoscope', 5900, 'Clear heart sounds for students, vets and curious parents.', '心音清晰，适合学生、兽医和好奇的父母。', { facts: 'steel', colours: 'navy teal' }],
        ['Walking stick', '手杖', 'white-cane', 3900, 'Folds into four, light as an umbrella.', '四折收纳，轻如一把伞。', { facts: 'aluminium' }],
        ['Forearm crutch', '肘杖', 'crutch', 4400, 'Soft grip, quiet foot, adjusts by the centimetre.', '软握把、静音脚，按厘米调节。', { facts: 'aluminium', stock: 'low' }],
        ['Foot bath', '足浴盆', 'hot-springs', 6900, 'Keeps the water at forty degrees for half an hour.', '恒温四十度，整整半小时。', { facts: 'wood mains' }],
        ['Sleep sounds machine', '助眠白噪音机', 'zzz', 4900, 'Rain, fan or surf, without any screen.', '雨声、风扇或海浪，没有屏幕。', { facts: 'battery bedroom' }],
        ['Incense and holder', '线香与香座', 'hamsa', 1800, 'Sandalwood sticks and a brass hand to hold them.', '檀香线香，配一只黄铜手。', { facts: 'copper living' }],
      ],
    },
  ],
};
