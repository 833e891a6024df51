import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { BrokenModel, readModel, writeModel } from './model-file.ts';
import { smallModel } from '../tests/small-model.ts';

const model = smallModel();
const bytes = writeModel(model);

test('a model is read as it was written', () => {
  expect(readModel(bytes)).toEqual(model);
  // Also from the middle of other bytes, where no array would be aligned.
  const around = new Uint8Array(bytes.length + 3);
  around.set(bytes, 3);
  expect(readModel(around.subarray(3))).toEqual(model);
});

test('any change of a byte, and any cut, is noticed', () => {
  for (let at = 0; at < bytes.length; at += 7) {
    const changed = Uint8Array.from(bytes);
    changed[at]! ^= 1;
    expect(() => readModel(changed), `byte ${at}`).toThrow(BrokenModel);
  }
  for (const length of [0, 10, 40, bytes.length - 1]) expect(() => readModel(bytes.subarray(0, length)), `${length} bytes`).toThrow(BrokenModel);
});

test('a file whose checksum is right but whose parts do not fit is refused too', () => {
  const broken = writeModel({ ...model, neighbours: { ...model.neighbours, items: model.neighbours.items.map(() => 99) } });
  expect(() => readModel(broken)).toThrow('its neighbours do not fit its items');
  const body = Uint8Array.from([...bytes.subarray(0, bytes.length - 40)]);
  expect(() => readModel(Buffer.concat([body, createHash('sha256').update(body).digest()]))).toThrow('it ends too early');
});
