/** What a subgraph says over HTTP, as a GraphQL answer. */
import type { ExecutionResult } from 'graphql';
import { Fault } from '#platform/errors.ts';
import type { Received } from '#platform/http/send.ts';

const SHOWN = 300;

/** GraphQL over HTTP: an answer with another status than 200 may still be a GraphQL answer. */
export function parseAnswer({ status, text }: Received): ExecutionResult {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (cause) {
    throw new Fault('UNAVAILABLE', undefined, { cause: new Error(`no JSON, HTTP status ${status}`, { cause }) });
  }
  const isAnswer = typeof answer === 'object' && answer !== null && ('data' in answer || 'errors' in answer);
  if (!isAnswer) throw new Fault('UNAVAILABLE', undefined, { cause: new Error(`no GraphQL answer, HTTP status ${status}: ${text.slice(0, SHOWN)}`) });
  return answer as ExecutionResult;
}
