/**
 * Reading another room's facts: typed, batched by its input, bounded in time. A direct call in one process, signed HTTP
 * between processes. Never for effects: those go over the bus. The table of asks stands in schema/asks.ts.
 */
import type { z } from 'zod';

export interface AskContract<Input, Output> {
  /** `products.quote` */
  name: string;
  input: z.ZodType<Input>;
  output: z.ZodType<Output>;
}

export type AskHandler<Input, Output> = (input: Input) => Promise<Output>;

export interface AskAnswer<Input = any, Output = any> {
  contract: AskContract<Input, Output>;
  handle: AskHandler<Input, Output>;
}

export interface Asker {
  /** Throws the fault UNAVAILABLE when the room does not answer within `ASK_TIMEOUT_MS`. */
  ask<Input, Output>(contract: AskContract<Input, Output>, input: Input): Promise<Output>;
}

export const ASK_TIMEOUT_MS = 2_000;
