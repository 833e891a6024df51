import { expect, test } from 'vitest';
import { soundsAlike } from './sounds-alike.ts';

test.each([['儿机', '耳机'], ['手鸡', '手机'], ['衬杉', '衬衫'], ['蓝呀', '蓝牙'], ['咖非', '咖啡'], ['运东', '运动'], ['台等', '台灯']])('%s sounds like %s', (a, b) => {
  expect(soundsAlike(a, b)).toBe(true);
});

test.each([['无线', '毛线'], ['飞机', '手机'], ['耳机', '耳机套'], ['耳机', '耳A']])('%s does not sound like %s', (a, b) => {
  expect(soundsAlike(a, b)).toBe(false);
});
