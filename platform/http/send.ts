/** One HTTP request over a pool of connections, its whole answer as text. */
import type { Dispatcher } from 'undici';

export interface Received {
  status: number;
  text: string;
}

/** Whatever the status; rejects when the connection breaks, the answer is longer than `maxBytes`, or the signal aborts. */
export function send(pool: Dispatcher, request: Dispatcher.DispatchOptions, maxBytes: number, signal: AbortSignal | undefined): Promise<Received> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    let status = 0;
    let abort: (() => void) | undefined;
    pool.dispatch(request, {
      onRequestStart(controller) {
        abort = () => controller.abort(signal!.reason as Error);
        if (signal?.aborted) abort();
        else signal?.addEventListener('abort', abort, { once: true });
      },
      onResponseStart(_controller, statusCode) {
        status = statusCode;
      },
      onResponseData(controller, chunk) {
        size += chunk.length;
        if (size > maxBytes) controller.abort(new Error(`the answer is longer than ${maxBytes} bytes`));
        else chunks.push(chunk);
      },
      onResponseEnd() {
        if (abort) signal?.removeEventListener('abort', abort);
        resolve({ status, text: (chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)).toString('utf8') });
      },
      onResponseError(_controller, error) {
        if (abort) signal?.removeEventListener('abort', abort);
        reject(error);
      },
    });
  });
}
