/** The users room as a client meets it: signed in by its access token, which is verified by the published keys as the router does. */
import { createLocalJWKSet, jwtVerify, type JWTPayload } from 'jose';
import { execute, parse } from 'graphql';
import { adoptCart, jsonWebKeySet } from '#schema/asks.ts';
import type { AskAnswer } from '#platform/ask/ask.ts';
import { LetterRefused, type Letter, type Mail } from '#platform/mail/mail.ts';
import { createContext, type Language } from '#platform/subgraph/context.ts';
import { scopesOf } from '#platform/subgraph/permissions.ts';
import type { RoomDeps } from '#platform/subgraph/room.ts';
import { openMall, type Answer, type Mall } from '#platform/subgraph/testing.ts';
import { users } from '../index.ts';

export interface Caller {
  accessToken?: string;
  language?: Language;
  clientAddress?: string;
}

export interface SignedIn {
  accessToken: string;
  refreshToken: string;
  expiresInSeconds: number;
  user: { id: string; email: string; displayName: string; roles: string[] };
}

export interface PeopleMall {
  mall: Mall;
  deps: () => RoomDeps;
  /** Letters handed to the mail port, which really writes them. */
  letters: Letter[];
  /** What the mail port does with the next letters: send them, refuse them, or think for ever. */
  mail: { mode: 'works' | 'refuses' | 'refuses-for-good' | 'hangs'; /** Letters it is thinking about. */ hanging: number };
  ask(query: string, variables?: Record<string, unknown>, caller?: Caller): Promise<Answer>;
  verify(accessToken: string): Promise<JWTPayload>;
  register(name: string, more?: Record<string, unknown>, caller?: Caller): Promise<SignedIn>;
  login(email: string, password: string, caller?: Caller, cartId?: string): Promise<any>;
  refresh(refreshToken: string): Promise<any>;
  /** Resolves when letters and messages are out. */
  settle(): Promise<void>;
  /** The statements of `work` itself, without what the room does in the background. */
  statements(work: () => Promise<unknown>): Promise<string[]>;
  close(): Promise<void>;
}

/** Transactions' brackets, the relay, letters on their way, and the keys that the caller of a test reads. */
const BACKGROUND = /^(begin|commit|rollback)|platform_|account_letters|signing_keys/;

export const PASSWORD = 'vexing-otter-42';

const SESSION = `accessToken refreshToken expiresInSeconds user { id email displayName roles }`;

export const REGISTER = `mutation ($input: RegisterInput!) { register(input: $input) { __typename ... on Session { ${SESSION} } ... on Refusal { code message } } }`;

export async function openPeopleMall(more: { asks?: AskAnswer<any, any>[] } = {}): Promise<PeopleMall> {
  const letters: Letter[] = [];
  const mail: PeopleMall['mail'] = { mode: 'works', hanging: 0 };
  const hanging = Promise.withResolvers<void>();
  hanging.promise.catch((error: Error) => error);
  const watched = (real: Mail): Mail => ({
    async send(letter) {
      if (mail.mode === 'refuses-for-good') throw new LetterRefused('no such recipient');
      if (mail.mode === 'refuses') throw new Error('the mail server is away');
      if (mail.mode === 'hangs') {
        mail.hanging++;
        await hanging.promise;
      }
      await real.send(letter);
      letters.push(letter);
    },
    close: () => real.close(),
  });
  const room = { ...users, build: (deps: RoomDeps) => users.build({ ...deps, mail: watched(deps.mail) }) };
  const mall = await openMall({ rooms: [room], asks: more.asks ?? [{ contract: adoptCart, handle: async ({ cartId }) => ({ cartId }) }] });
  const deps = () => mall.room('users').deps;

  async function settle(): Promise<void> {
    await mall.runTask('users', 'users.send-letters');
    await mall.settle();
  }

  async function verify(accessToken: string): Promise<JWTPayload> {
    const keys = await deps().asker.ask(jsonWebKeySet, {});
    const { payload } = await jwtVerify(accessToken, createLocalJWKSet(keys as never), {
      issuer: 'gomall',
      algorithms: ['EdDSA'],
      currentDate: new Date(mall.clock.nowMs()),
    });
    return payload;
  }

  async function ask(query: string, variables: Record<string, unknown> = {}, caller: Caller = {}): Promise<Answer> {
    const claims = caller.accessToken ? await verify(caller.accessToken) : null;
    const roles = (claims?.roles ?? []) as string[];
    const contextValue = createContext({
      identity: claims && { userId: claims.sub!, roles, scopes: scopesOf(roles), sessionId: claims.sid as string },
      language: caller.language ?? 'en',
      traceId: 'test',
      clientAddress: caller.clientAddress ?? '127.0.0.1',
    });
    const { schema } = mall.room('users');
    const { data, errors } = await execute({ schema, document: parse(query), variableValues: variables, contextValue });
    // Faults as resolvers throw them: the edge that dresses them has tests of its own.
    const dressed = errors?.map((error) => ({
      message: error.message,
      path: error.path,
      extensions: { ...(error.originalError as object | undefined) },
    }));
    return JSON.parse(JSON.stringify({ data, errors: dressed }));
  }

  return {
    mall,
    deps,
    letters,
    mail,
    ask,
    verify,
    settle,
    async statements(work) {
      await settle();
      const { sql } = await mall.statements(work);
      return sql.map((one) => one.sql).filter((text) => !BACKGROUND.test(text));
    },
    async register(name, input = {}, caller = {}) {
      const { data } = await ask(
        REGISTER,
        { input: { email: `${name}@example.com`, password: PASSWORD, displayName: name, ...input } },
        caller,
      );
      if (data.register.__typename !== 'Session') throw new Error(`${name} was not registered: ${data.register.message}`);
      return data.register;
    },
    async login(email, password, caller = {}, cartId) {
      const { data } = await ask(
        `mutation ($input: LoginInput!) { login(input: $input) { __typename ... on Session { ${SESSION} } ... on Refusal { code message } ... on TooManyAttempts { retryAfterMs } } }`,
        { input: { email, password, ...(cartId && { cartId }) } },
        caller,
      );
      return data.login;
    },
    async refresh(refreshToken) {
      const { data } = await ask(
        `mutation ($token: String!) { refreshSession(refreshToken: $token) { __typename ... on Session { ${SESSION} } ... on Refusal { code message } } }`,
        {
          token: refreshToken,
        },
      );
      return data.refreshSession;
    },
    close() {
      hanging.reject(new Error('the mail server hung up'));
      return mall.close();
    },
  };
}

/** Makes the person an admin behind the room's back, as no admin is there to do it. */
export async function crown(people: PeopleMall, userId: string): Promise<void> {
  await people
    .deps()
    .database.transaction((tx) => tx.execute(`update accounts set roles = 'customer admin', admin = 1 where id = ?`, [userId]));
}

/** The token in the newest letter of a kind to this address. */
export function tokenIn(people: PeopleMall, path: 'verify-email' | 'reset-password', email: string): string {
  const letter = people.letters.findLast((one) => one.to === email && one.text.includes(`/${path}?token=`));
  const token = letter && /\?token=([\w-]+)/.exec(letter.text)?.[1];
  if (!token) throw new Error(`no letter to ${email} has a link to ${path}`);
  return token;
}
