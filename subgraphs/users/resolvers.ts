/** schema.graphql, field by field. */
import type { RequestContext } from '#platform/subgraph/context.ts';
import { addressesOf, sessionsOf, type AddressRow, type SessionRow } from './belongings.ts';
import { changePassword, requestPasswordReset, resetPassword } from './change-password.ts';
import { endOwnSession, logout } from './end-session.ts';
import { listUsers } from './list-users.ts';
import { login, type LoginInput } from './login.ts';
import type { Parts } from './parts.ts';
import { accountLoader, maySee, person, type Person } from './people.ts';
import { refreshSession } from './refresh-session.ts';
import { register, type RegisterInput } from './register.ts';
import { removeAddress, saveAddress, type SaveAddressInput } from './save-address.ts';
import { setUserRoles } from './set-user-roles.ts';
import { updateProfile, type UpdateProfileInput } from './update-profile.ts';
import { requestEmailVerification, verifyEmail } from './verify-email.ts';

type Context = RequestContext;
type Input<T> = { input: T };

export function createResolvers(parts: Parts): Record<string, unknown> {
  const { deps } = parts;

  async function find(id: string, context: Context): Promise<Person | null> {
    const account = await accountLoader(context, deps.database).load(id);
    return account && person(account);
  }

  return {
    Query: {
      viewer: (_: unknown, __: unknown, context: Context) => (context.identity ? find(context.identity.userId, context) : null),
      users: (_: unknown, args: Parameters<typeof listUsers>[1], context: Context) => listUsers(parts, args, context),
    },
    Mutation: {
      register: (_: unknown, { input }: Input<RegisterInput>, context: Context) => register(parts, input, context),
      login: (_: unknown, { input }: Input<LoginInput>, context: Context) => login(parts, input, context),
      refreshSession: (_: unknown, args: { refreshToken: string }, context: Context) => refreshSession(parts, args.refreshToken, context),
      logout: (_: unknown, args: { refreshToken: string }, context: Context) => logout(parts, args.refreshToken, context),
      requestEmailVerification: (_: unknown, __: unknown, context: Context) => requestEmailVerification(parts, context),
      verifyEmail: (_: unknown, args: { token: string }, context: Context) => verifyEmail(parts, args.token, context),
      changePassword: (_: unknown, { input }: Input<Parameters<typeof changePassword>[1]>, context: Context) =>
        changePassword(parts, input, context),
      requestPasswordReset: (_: unknown, args: { email: string }, context: Context) => requestPasswordReset(parts, args.email, context),
      resetPassword: (_: unknown, { input }: Input<Parameters<typeof resetPassword>[1]>, context: Context) =>
        resetPassword(parts, input, context),
      updateProfile: (_: unknown, { input }: Input<UpdateProfileInput>, context: Context) => updateProfile(parts, input, context),
      saveAddress: (_: unknown, { input }: Input<SaveAddressInput>, context: Context) => saveAddress(parts, input, context),
      removeAddress: (_: unknown, args: { id: string }, context: Context) => removeAddress(parts, args.id, context),
      endSession: (_: unknown, args: { id: string }, context: Context) => endOwnSession(parts, args.id, context),
      setUserRoles: (_: unknown, { input }: Input<Parameters<typeof setUserRoles>[1]>, context: Context) =>
        setUserRoles(parts, input, context),
    },
    User: {
      __resolveReference: (reference: { id: string }, context: Context) => find(reference.id, context),
      ...userFields(parts),
    },
    Address: addressFields,
    SignedInSession: sessionFields,
  };
}

/** `displayName` stands under reviews for all to see; everything else is for the person and for staff. */
function userFields({ deps }: Parts) {
  const guarded =
    <T>(read: (one: Person, context: Context) => T) =>
    (one: Person, _: unknown, context: Context): T | null =>
      maySee(context, one) ? read(one, context) : null;
  return {
    id: ({ account }: Person) => account.id,
    displayName: ({ account }: Person) => account.displayName,
    email: guarded(({ account }) => account.email),
    roles: guarded(({ account }) => account.roles),
    emailVerified: guarded(({ account }) => account.emailVerifiedAtMs !== null),
    language: guarded(({ account }) => account.language),
    createdAt: guarded(({ account }) => rfc3339(account.createdAtMs)),
    addresses: guarded(({ account }, context) => addressesOf(context, deps.database).load(account.id)),
    sessions: guarded(({ account }, context) => sessionsOf(context, deps.database, deps.clock.nowMs()).load(account.id)),
  };
}

const addressFields = {
  fullName: (row: AddressRow) => row.full_name,
  postalCode: (row: AddressRow) => row.postal_code,
  countryCode: (row: AddressRow) => row.country_code,
  isDefault: (row: AddressRow) => row.is_default === 1,
};

const sessionFields = {
  createdAt: (row: SessionRow) => rfc3339(row.created_at_ms),
  lastUsedAt: (row: SessionRow) => rfc3339(row.last_used_at_ms),
  current: (row: SessionRow, _: unknown, context: Context) => context.identity?.sessionId === row.id,
};

const rfc3339 = (ms: number): string => new Date(ms).toISOString();
