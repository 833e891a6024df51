/** The tensors engines that this machine has: WASM everywhere, the native one where it is built. */
import { openTensors, type TensorsBackend } from './tensors.ts';

const found = await openTensors('auto');
export const ENGINES: readonly TensorsBackend[] = found.engine === 'native' ? ['wasm', 'native'] : ['wasm'];

