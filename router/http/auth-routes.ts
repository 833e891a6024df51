/** `POST /auth/register|login|refresh|logout`: the accounts' mutations for clients that speak plain JSON. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { FAULTS, type FaultCode } from '#platform/errors.ts';
import type { RequestContext } from '#platform/subgraph/context.ts';
import type { ExecutionResult } from 'graphql';
import { readBody, sendJson } from '#platform/http/fetch-bridge.ts';

interface AuthRoute {
  document: string;
  /** The mutation's field. */
  field: string;
  /** Whether the body is the mutation's `input`, or its arguments. */
  takesInput: boolean;
  okStatus: number;
}

const SESSION = '... on Session { accessToken refreshToken expiresInSeconds user { id email displayName roles } }';
const REFUSAL = '... on Refusal { code message } ... on TooManyAttempts { retryAfterMs }';

const ROUTES: Record<string, AuthRoute> = {
  '/auth/register': {
    field: 'register', takesInput: true, okStatus: 201,
    document: `mutation AuthRegister($input: RegisterInput!) { register(input: $input) { __typename ${SESSION} ... on Refusal { code message } } }`,
  },
  '/auth/login': {
    field: 'login', takesInput: true, okStatus: 200,
    document: `mutation AuthLogin($input: LoginInput!) { login(input: $input) { __typename ${SESSION} ${REFUSAL} } }`,
  },
  '/auth/refresh': {
    field: 'refreshSession', takesInput: false, okStatus: 200,
    document: `mutation AuthRefresh($refreshToken: String!) { refreshSession(refreshToken: $refreshToken) { __typename ${SESSION} ... on Refusal { code message } } }`,
  },
  '/auth/logout': {
    field: 'logout', takesInput: false, okStatus: 200,
    document: 'mutation AuthLogout($refreshToken: String!) { logout(refreshToken: $refreshToken) { __typename ... on LoggedOut { done } ... on Refusal { code message } } }',
  },
};

/** Refusals of the accounts as HTTP has them; others are 422. */
const REFUSAL_STATUS: Record<string, number> = { EmailTaken: 409, InvalidCredentials: 401, SessionEnded: 401, TooManyAttempts: 429 };

const MAX_BODY_BYTES = 16 * 1024;

export const isAuthRoute = (path: string): boolean => Object.hasOwn(ROUTES, path);

export interface AuthRequest {
  path: string;
  request: IncomingMessage;
  response: ServerResponse;
  context: RequestContext;
  run: (document: string, variables: Record<string, unknown>) => Promise<ExecutionResult>;
}

export async function answerAuth({ path, request, response, context, run }: AuthRequest): Promise<void> {
  const route = ROUTES[path]!;
  const refuse = (status: number, code: FaultCode, message: string, more: object = {}) => sendJson(response, status, { code, message, traceId: context.traceId, ...more });
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST');
    return refuse(405, 'INVALID_INPUT', 'Use POST.');
  }
  // A form of another site cannot send this content type without asking first (Fetch standard §3.2.2).
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return refuse(415, 'INVALID_INPUT', 'Send application/json.');
  const text = await readBody(request, MAX_BODY_BYTES);
  if (text === null) return refuse(413, 'INVALID_INPUT', `The body is longer than ${MAX_BODY_BYTES} bytes.`);
  const body = parseObject(text);
  if (!body) return refuse(400, 'INVALID_INPUT', 'The body must be a JSON object.');

  const { data, errors } = await run(route.document, route.takesInput ? { input: body } : body);
  const answer = data?.[route.field] as Record<string, unknown> | null | undefined;
  if (!answer) {
    const error = errors?.[0];
    const given = String(error?.extensions.code);
    const code = Object.hasOwn(FAULTS, given) ? (given as FaultCode) : 'INTERNAL';
    const fields = error?.extensions.fields as Record<string, string> | undefined;
    return refuse(FAULTS[code].httpStatus, code, error?.message ?? FAULTS.INTERNAL.message, fields && { fields: withoutInput(fields) });
  }
  const { __typename: typeName, ...rest } = answer;
  if (typeof rest.retryAfterMs === 'number') response.setHeader('retry-after', String(Math.ceil(rest.retryAfterMs / 1000)));
  sendJson(response, 'code' in rest ? (REFUSAL_STATUS[String(typeName)] ?? 422) : route.okStatus, rest);
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** These clients know no `input`. */
const withoutInput = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([field, problem]) => [field.replace(/^input\./, ''), problem]));
