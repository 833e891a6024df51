import { Fault } from '#platform/errors.ts';
import { requireIdentity, type RequestContext } from '#platform/subgraph/context.ts';
import { MAX_NAME_LENGTH, isLanguage, oneLine } from './account.ts';
import { AccountEntity } from './entities.ts';
import type { Parts } from './parts.ts';
import { findAccount, person } from './people.ts';

export interface UpdateProfileInput {
  displayName?: string | null;
  language?: string | null;
}

/** Changes what is given; absent and null fields stay. */
export async function updateProfile({ deps }: Parts, input: UpdateProfileInput, context: RequestContext) {
  const { userId } = requireIdentity(context);
  const fields: Record<string, string> = {};
  const displayName = input.displayName == null ? undefined : oneLine(input.displayName, MAX_NAME_LENGTH);
  if (displayName === null) fields['input.displayName'] = `must be one line of 1 to ${MAX_NAME_LENGTH} characters`;
  const language = input.language ?? undefined;
  if (language !== undefined && !isLanguage(language)) fields['input.language'] = 'must be en or zh';
  if (Object.keys(fields).length > 0) throw new Fault('INVALID_INPUT', undefined, { fields });

  await deps.database.transaction(async (tx) => {
    const account = await tx.em.findOne(AccountEntity, { id: userId });
    if (!account) throw new Fault('NOT_FOUND');
    if (displayName) account.displayName = displayName;
    if (language) account.language = language;
  });
  return person((await findAccount(deps.database, 'id', userId))!);
}
