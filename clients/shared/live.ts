/** Subscriptions over graphql-ws: one socket a tab, opened with the first subscription, renewed as long as one is wanted. */
import type { Client } from 'graphql-ws';
import type { TypedDocumentString } from './gql/graphql.ts';
import type { Session } from './session.ts';
import { after } from './time.ts';

type Typed<Result, Variables> = Pick<TypedDocumentString<Result, Variables>, '__apiType' | 'toString'>;

export interface Live {
  /** `onNext` gets each event's data; the returned function ends it. Reconnects by itself; events begin with the present state. */
  subscribe<Result, Variables extends object>(
    document: Typed<Result, Variables>,
    variables: Variables,
    onNext: (data: Result) => void,
    onRefused?: (message: string) => void,
  ): () => void;
  /** Begins anew with the present identity: after signing in or out. */
  reconnect(): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export function createLive(endpoint: string, language: string, session: Session): Live {
  let client: Promise<Client> | null = null;
  let socket: WebSocket | null = null;

  async function open(): Promise<Client> {
    // Not in the first load: no page needs it before it is shown.
    const { createClient } = await import('graphql-ws');
    return createClient({
      url: new URL(endpoint, window.location.href).href.replace(/^http/, 'ws'),
      lazy: true,
      lazyCloseTimeout: 3_000,
      keepAlive: 20_000,
      retryAttempts: Infinity,
      shouldRetry: () => true,
      retryWait: (tries) =>
        new Promise((resolve) => after(Math.min(FIRST_WAIT_MS * 2 ** tries, LONGEST_WAIT_MS), () => resolve())),
      connectionParams: async () => {
        const token = await session.accessToken();
        return { acceptLanguage: language, ...(token ? { authorization: `Bearer ${token}` } : {}) };
      },
      on: {
        opened: (opened) => {
          socket = opened as WebSocket;
        },
        closed: () => {
          socket = null;
        },
      },
    });
  }

  return {
    subscribe(document, variables, onNext, onRefused) {
      let ended = false;
      let end = (): void => {};
      client ??= open();
      void client.then((opened) => {
        if (ended) return;
        end = opened.subscribe<any>(
          { query: document.toString(), variables: variables as Record<string, unknown> },
          {
            next: (event) => {
              if (event.data) onNext(event.data);
              else if (event.errors?.[0]) onRefused?.(event.errors[0].message);
            },
            error: (error) => onRefused?.(Array.isArray(error) ? (error[0]?.message ?? '') : String(error)),
            complete: () => {},
          },
        );
      });
      return () => {
        ended = true;
        end();
      };
    },
    // 4205 is ours: any code that is not fatal makes the client come back, with new connectionParams.
    reconnect: () => socket?.close(4205, 'identity changed'),
  };
}
