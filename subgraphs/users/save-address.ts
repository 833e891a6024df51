/** The address book: at most `MAX_ADDRESSES`, and while there is one, exactly one is the default. */
import type { Transaction } from '#platform/database/database.ts';
import { Fault } from '#platform/errors.ts';
import { requireIdentity, type RequestContext } from '#platform/subgraph/context.ts';
import { MAX_ADDRESSES, checkedAddress, type AddressInput } from './address.ts';
import { AddressEntity } from './entities.ts';
import type { Parts } from './parts.ts';
import { findAccount, person } from './people.ts';
import { addressLimit } from './refusals.ts';

export type SaveAddressInput = AddressInput & { id?: string | null; isDefault?: boolean | null };

/** `isDefault: false` on the default changes nothing: another one must be chosen instead. */
export async function saveAddress({ deps }: Parts, input: SaveAddressInput, context: RequestContext) {
  const { userId } = requireIdentity(context);
  const fields = checkedAddress(input, 'input');
  return deps.database.transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    const book = await tx.em.find(AddressEntity, { userId }, { orderBy: { id: 'asc' } });
    let address = input.id ? book.find((one) => one.id === input.id) : undefined;
    if (input.id && !address) throw new Fault('NOT_FOUND');
    if (!address && book.length >= MAX_ADDRESSES) return addressLimit(context.language, MAX_ADDRESSES);
    if (address) tx.em.assign(address, fields);
    else {
      address = tx.em.create(AddressEntity, { id: deps.ids.uuid(), userId, ...fields, isDefault: 0, createdAtMs: deps.clock.nowMs() });
      book.push(address);
    }
    const chosen = input.isDefault || book.length === 1 ? address : undefined;
    if (chosen) for (const one of book) one.isDefault = one === chosen ? 1 : 0;
    return person(account);
  });
}

/** The default passes to the one added last. */
export async function removeAddress({ deps }: Parts, id: string, context: RequestContext) {
  const { userId } = requireIdentity(context);
  return deps.database.transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    const book = await tx.em.find(AddressEntity, { userId }, { orderBy: { id: 'asc' } });
    const gone = book.find((one) => one.id === id);
    if (!gone) throw new Fault('NOT_FOUND');
    tx.em.remove(gone);
    const heir = book.filter((one) => one !== gone).at(-1);
    if (gone.isDefault && heir) heir.isDefault = 1;
    return person(account);
  });
}

/** Puts two changes of one address book in a row, on every engine. */
async function lockAccount(tx: Transaction, userId: string) {
  if (tx.forUpdate) await tx.query(`select id from accounts where id = ?${tx.forUpdate}`, [userId]);
  const account = await findAccount(tx, 'id', userId);
  if (!account) throw new Fault('NOT_FOUND');
  return account;
}
