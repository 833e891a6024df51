/** Idempotency keys as rows in the room's own database. */
import type { Clock } from '#platform/clock/clock.ts';
import type { Database } from '#platform/database/database.ts';
import { Fault, invalidInput } from '#platform/errors.ts';
import { canonicalJson, digest } from './canonical.ts';
import type { IdempotentCall, Idempotency } from './idempotency.ts';

const FIELD = 'input.idempotencyKey';
const MIN_LENGTH = 8;
const MAX_LENGTH = 128;
/** RFC 9562, any version. */
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function createIdempotency(database: Database, clock: Clock): Idempotency {
  return {
    async run(call, work) {
      checkKey(call);
      const id = digest(`${call.operation}\n${call.scope}\n${call.key}`);
      const inputHash = digest(canonicalJson(call.input));
      return database.transaction(async (tx) => {
        // Where rows are locked one by one, a concurrent repeat waits here for the first to end.
        const first = await tx.insertIfAbsent('platform_idempotency', { id, operation: call.operation, input_hash: inputHash, outcome: null, at_ms: clock.nowMs() });
        if (first) {
          const outcome = await work(tx);
          await tx.execute('update platform_idempotency set outcome = ? where id = ?', [JSON.stringify(outcome ?? null), id]);
          return { outcome, replayed: false };
        }
        const [known] = await tx.query<{ input_hash: string; outcome: string }>(`select input_hash, outcome from platform_idempotency where id = ?${tx.forUpdate}`, [id]);
        if (known!.input_hash !== inputHash) throw new Fault('CONFLICT', 'This idempotency key was used with another input; make a new key for a new request.');
        return { outcome: JSON.parse(known!.outcome), replayed: true };
      });
    },
  };
}

function checkKey({ key, scope }: IdempotentCall): void {
  if (typeof key !== 'string' || key.length < MIN_LENGTH || key.length > MAX_LENGTH) {
    throw invalidInput(FIELD, `must have ${MIN_LENGTH} to ${MAX_LENGTH} characters`);
  }
  if (scope === 'anonymous' && !UUID.test(key)) throw invalidInput(FIELD, 'must be a UUID when nobody is signed in and there is no cart');
}
