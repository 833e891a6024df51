/** The front door as one outside it sees it: an answer, or what kind of none. */
import { print } from 'graphql';
import { contractDocuments } from '../contracts/documents.ts';

const texts = new Map(contractDocuments().map(({ name, document }) => [name, print(document)]));

/** A shopper gives up on one request after so long, and asks again. Longer than the slowest time-out behind the door. */
const REQUEST_LIMIT_MS = 20_000;

export interface Answer {
  /** Of the only root field. */
  value: any;
  /** Codes of fields below it that came without their value. */
  missing: string[];
}

/** Nobody knows whether what was asked for has happened. */
export class NoAnswer extends Error {
  /** A fault of the registry (UNAVAILABLE …), REFUSED, CUT_OFF, TIMED_OUT, or HTTP_<status>. */
  readonly code: string;

  constructor(code: string, options?: ErrorOptions & { message?: string }) {
    super(options?.message ?? code, options);
    this.code = code;
  }
}

export const textOf = (name: string): string => {
  const text = texts.get(name);
  if (!text) throw new Error(`the contract has no ${name}`);
  return text;
};

/** One operation of the contract. @throws NoAnswer */
export async function ask(origin: string, name: string, variables: Record<string, unknown>, token?: string): Promise<Answer> {
  return send(origin, { query: textOf(name), operationName: name, variables }, token);
}

/** Any operation with one root field. @throws NoAnswer */
export async function send(origin: string, body: { query: string; operationName?: string; variables?: Record<string, unknown> }, token?: string): Promise<Answer> {
  const response = await request(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  const { data, errors } = JSON.parse(response.text) as { data?: Record<string, unknown> | null; errors?: { message: string; extensions?: { code?: string; traceId?: string } }[] };
  const [value = null] = Object.values(data ?? {});
  const codes = (errors ?? []).map(({ extensions }) => extensions?.code ?? 'NO_CODE');
  if (value === null && codes.length > 0) throw new NoAnswer(codes[0]!, { message: JSON.stringify(errors) });
  return { value, missing: codes };
}

/** Sends a form; the status of the answer. @throws NoAnswer */
export async function post(url: string, form: Record<string, string>): Promise<number> {
  const { status } = await request(url, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form).toString(), redirect: 'manual' });
  if (status === 503) throw new NoAnswer('UNAVAILABLE');
  return status;
}

async function request(url: string, init: RequestInit): Promise<{ status: number; text: string }> {
  let response: { status: number; text: string };
  try {
    const got = await fetch(url, { ...init, signal: AbortSignal.timeout(REQUEST_LIMIT_MS) });
    response = { status: got.status, text: await got.text() };
  } catch (error) {
    throw new NoAnswer(kindOf(error), { cause: error });
  }
  const isGraphql = response.text.startsWith('{"');
  if (response.status >= 500 && !isGraphql) throw new NoAnswer(`HTTP_${response.status}`);
  return response;
}

function kindOf(error: unknown): string {
  if ((error as Error).name === 'TimeoutError') return 'TIMED_OUT';
  const cause = (error as Error).cause as { code?: string } | undefined;
  return cause?.code === 'ECONNREFUSED' ? 'REFUSED' : 'CUT_OFF';
}
