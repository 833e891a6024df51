/** How the router reaches a subgraph: over HTTP, or by a call in the same process. */
import type { ExecutionResult } from 'graphql';
import type { RequestContext } from '#platform/subgraph/context.ts';

export interface RouterContext extends RequestContext {
  /** Headers of the client that go on to subgraphs behind HTTP. */
  forward?: Readonly<Record<string, string>>;
}

export interface SubgraphRequest {
  /** One operation, always the same text for the same fetch of a plan. */
  query: string;
  operationName?: string | undefined;
  variables: Record<string, unknown>;
  context: RouterContext;
  /** Aborted when the time is over: nobody waits for the answer any more. */
  signal?: AbortSignal | undefined;
}

export interface Transport {
  /** Rejects when there is no GraphQL answer. What it resolves to belongs to the caller, who changes it. */
  fetch(request: SubgraphRequest): Promise<ExecutionResult>;
  /** Answers one event each, until the subgraph ends them or `return` is called; or one answer with errors instead. */
  subscribe(request: SubgraphRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>;
  close?(): Promise<void>;
}

/** By the subgraph's name in the supergraph. */
export type Transports = ReadonlyMap<string, Transport>;
