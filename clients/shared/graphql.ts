/** The way to the supergraph: queries through urql's document cache, mutations past it, subscriptions over graphql-ws. */
import { useCallback } from 'react';
import { cacheExchange, Client, fetchExchange, mapExchange, ssrExchange, useQuery, type SSRData } from 'urql';
import type { TypedDocumentString } from './gql/graphql.ts';
import { createLive, type Live } from './live.ts';
import { problemOf, ProblemError, type Problem } from './problem.ts';
import type { Session } from './session.ts';
import { nowMs } from './time.ts';

/** Any generated document: each client has its own copy of the class. */
export type Typed<Result, Variables> = Pick<TypedDocumentString<Result, Variables>, '__apiType' | 'toString'>;

export interface GraphQLParts {
  endpoint: string;
  language: string;
  session: Session;
  /** Answers the server put into the document, by urql's key of the request. */
  initial: SSRData;
}

export interface Api {
  client: Client;
  live: Live;
  /** Runs a mutation. A refusal is a value in the result; a fault or no answer is thrown as ProblemError. */
  send<Result, Variables extends object>(document: Typed<Result, Variables>, variables: Variables): Promise<Result>;
  /** Reads once, past the cache. */
  read<Result, Variables extends object>(document: Typed<Result, Variables>, variables: Variables): Promise<Result>;
}

/** After this a cached answer is still shown at once, and asked for anew behind it. */
const FRESH_MS = 60_000;

export function createApi({ endpoint, language, session, initial }: GraphQLParts): Api {
  const seenMs = new Map<number, number>();
  const freshness = mapExchange({
    onOperation(operation) {
      if (operation.kind !== 'query' || operation.context.requestPolicy !== 'cache-first') return operation;
      const seen = seenMs.get(operation.key);
      if (seen === undefined || nowMs() - seen < FRESH_MS) return operation;
      return { ...operation, context: { ...operation.context, requestPolicy: 'cache-and-network' as const } };
    },
    onResult(result) {
      if (result.operation.kind === 'query' && !result.stale) seenMs.set(result.operation.key, nowMs());
    },
  });
  const fetchWithSession = createFetch(language, session);
  const common = { url: endpoint, fetch: fetchWithSession, preferGetMethod: false as const };
  const client = new Client({ ...common, exchanges: [freshness, cacheExchange, ssrExchange({ isClient: true, initialState: initial }), fetchExchange] });
  // A cart's answer names products, and urql's cache would ask again for every page with products in it: so past it.
  const direct = new Client({ ...common, exchanges: [fetchExchange], requestPolicy: 'network-only' });

  return {
    client,
    live: createLive(endpoint, language, session),
    async send(document, variables) {
      const { data, error } = await direct.mutation<any>(document.toString(), variables).toPromise();
      if (error) throw new ProblemError(problemOf(error));
      return data;
    },
    async read(document, variables) {
      const { data, error } = await direct.query<any>(document.toString(), variables).toPromise();
      if (error && !data) throw new ProblemError(problemOf(error));
      return data;
    },
  };
}

/** `fetch` with the language and a fresh token; a token the server no longer takes is renewed once. */
function createFetch(language: string, session: Session): typeof fetch {
  return async (input, init) => {
    const token = await session.accessToken();
    const response = await fetch(input, withHeaders(init, language, token));
    if (!token || !(await saysUnauthenticated(response))) return response;
    session.distrust(token);
    const renewed = await session.accessToken();
    return renewed && renewed !== token ? await fetch(input, withHeaders(init, language, renewed)) : response;
  };
}

function withHeaders(init: RequestInit | undefined, language: string, token: string | null): RequestInit {
  const headers = new Headers(init?.headers);
  headers.set('accept-language', language);
  if (token) headers.set('authorization', `Bearer ${token}`);
  return { ...init, headers };
}

async function saysUnauthenticated(response: Response): Promise<boolean> {
  if (response.status === 401) return true;
  const text = await response.clone().text();
  return text.includes('"UNAUTHENTICATED"');
}

export interface Data<Result> {
  data: Result | undefined;
  /** True while there is nothing to show yet. */
  loading: boolean;
  /** True while what is shown is being asked for anew. */
  refreshing: boolean;
  /** With `data`: a part is missing. Without: nothing came. */
  problem: Problem | null;
  retry(): void;
}

/** What a page shows. Old data stays while new data is on its way. */
export function useData<Result, Variables extends object>(
  document: Typed<Result, Variables>,
  variables: Variables,
  options: { pause?: boolean; always?: boolean } = {},
): Data<Result> {
  const [{ data, error, fetching, stale }, ask] = useQuery<any>({
    query: document.toString(),
    variables,
    pause: options.pause ?? false,
    requestPolicy: options.always ? 'cache-and-network' : 'cache-first',
  });
  const retry = useCallback(() => ask({ requestPolicy: 'network-only' }), [ask]);
  return {
    data: data ?? undefined,
    loading: fetching && !data,
    refreshing: stale || (fetching && Boolean(data)),
    problem: error ? problemOf(error) : null,
    retry,
  };
}
