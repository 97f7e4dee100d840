/** The raw body of a request, up to a limit. The stream stays whole, so that an answer can be sent. */
import type { IncomingMessage } from 'node:http';

export type ReadBody =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly why: 'too_large' | 'interrupted' };

/**
 * Never rejects. What comes after the limit is let go by unread; slow senders end by the server's
 * own timeouts.
 */
export function readBody(request: IncomingMessage, limitBytes: number): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = (outcome: ReadBody): void => {
      request.off('data', collect).off('end', end).off('close', interrupted);
      request.resume();
      resolve(outcome);
    };
    const collect = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limitBytes) finish({ ok: false, why: 'too_large' });
      else chunks.push(chunk);
    };
    const end = (): void => finish({ ok: true, bytes: Buffer.concat(chunks) });
    const interrupted = (): void => finish({ ok: false, why: 'interrupted' });
    if (Number(request.headers['content-length'] ?? 0) > limitBytes) {
      finish({ ok: false, why: 'too_large' });
      return;
    }
    // An aborted request emits an error too; unheard, it would end the process.
    request.on('error', () => undefined);
    request.on('data', collect).on('end', end).on('close', interrupted);
  });
}
