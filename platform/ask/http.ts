/** Asks between processes: signed JSON over HTTP to an instance of the room that the ask's name begins with. */
import { z } from 'zod';
import type { Clock } from '#platform/clock/clock.ts';
import type { Fleet } from '#platform/discovery/fleet.ts';
import { FAULTS, Fault, type FaultCode } from '#platform/errors.ts';
import type { Received } from '#platform/http/send.ts';
import type { Ids } from '#platform/ids/ids.ts';
import { SIGNED_HEADER, type SignedParts, type Signer } from '#platform/subgraph/signed-context.ts';
import { ASK_TIMEOUT_MS } from './ask.ts';
import type { AskRegistry } from './embedded.ts';

export interface HttpAskOptions {
  /** Rooms of this process answer by a direct call. */
  local: AskRegistry;
  /** Their names. */
  here: ReadonlySet<string>;
  fleet: Fleet;
  signer: Signer;
  clock: Clock;
  ids: Ids;
}

const faultSchema = z.object({
  code: z.enum(Object.keys(FAULTS) as [FaultCode]),
  message: z.string(),
  fields: z.record(z.string(), z.string()).optional(),
  retryAfterMs: z.number().optional(),
});
const answerSchema = z.union([z.object({ fault: faultSchema }), z.object({ output: z.unknown() })]);
const SHOWN = 300;

export function createHttpAsks({ local, here, fleet, signer, clock, ids }: HttpAskOptions): AskRegistry {
  async function askElsewhere(name: string, room: string, input: unknown): Promise<unknown> {
    const path = `/asks/${name}`;
    const body = JSON.stringify(input);
    const parts: SignedParts = { identity: null, language: 'en', traceId: ids.uuid().replaceAll('-', ''), clientAddress: '' };
    const late = new Fault('UNAVAILABLE', `${name} was not answered within ${ASK_TIMEOUT_MS} ms.`);
    const stop = new AbortController();
    const cancel = clock.after(ASK_TIMEOUT_MS, () => stop.abort(late));
    try {
      const headers = { 'content-type': 'application/json', [SIGNED_HEADER]: signer.sign(`POST ${path}`, parts, body) };
      // An ask only reads, so it may be sent again when a connection broke.
      return read(name, await fleet.call(room, { method: 'POST', path, headers, body, signal: stop.signal, repeatable: true }));
    } catch (error) {
      if (error instanceof Fault) throw error;
      throw new Fault('UNAVAILABLE', `${name} was not answered.`, { cause: error });
    } finally {
      cancel();
    }
  }

  return {
    answer: (answers) => local.answer(answers),
    find: (name) => local.find(name),
    async ask(contract, input) {
      const { name } = contract;
      const room = name.slice(0, name.indexOf('.'));
      if (here.has(room)) return local.ask(contract, input);
      const question = contract.input.safeParse(input);
      if (!question.success) throw new Fault('INTERNAL', `${name} was asked wrongly.`, { cause: question.error });
      const output = contract.output.safeParse(await askElsewhere(name, room, question.data));
      if (!output.success) throw new Fault('INTERNAL', `${name} was answered wrongly.`, { cause: output.error });
      return output.data;
    },
  };
}

/** @throws the fault that the answer tells of, UNAVAILABLE when it is no answer of ours. */
function read(name: string, { status, text }: Received): unknown {
  const parsed = answerSchema.safeParse(parseJson(text));
  if (!parsed.success) throw new Fault('UNAVAILABLE', `${name} was not answered.`, { cause: new Error(`HTTP status ${status}: ${text.slice(0, SHOWN)}`) });
  if (!('fault' in parsed.data)) return parsed.data.output;
  const { code, message, ...details } = parsed.data.fault;
  throw new Fault(code, message, details as { fields?: Record<string, string>; retryAfterMs?: number });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
