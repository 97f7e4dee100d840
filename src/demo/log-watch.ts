/*
 * Watches the behavior log through its live stream, as any reader would: after a broken connection it goes
 * on where it was. It shows rows as they come; whether they are right is judged from the log itself.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { LogRow } from '../behavior/row.ts';
import { messagesOf } from '../client/index.ts';

export type WatchDeps = {
  readonly url: string;
  readonly token: string;
  readonly signal: AbortSignal;
  /** Told of every row once, in the order of arrival. */
  readonly onRow: (row: LogRow) => void;
};

export type LogWatch = {
  /** All rows so far, in the order of arrival. */
  readonly rows: () => readonly LogRow[];
  /** Resolves as soon as the condition holds of the rows; rejects after `withinMs`. */
  readonly until: (
    holds: (rows: readonly LogRow[]) => boolean,
    withinMs: number,
    what: string,
  ) => Promise<void>;
};

export type Wire = Omit<LogRow, 'timestamp'> & { readonly timestamp: string };

/** A row as the API gives it, with its instant as epoch ms. */
export const rowOf = (wire: Wire): LogRow => ({ ...wire, timestamp: Date.parse(wire.timestamp) });

const AGAIN_MS = 100;

/** Watches from `since` (ISO) on, until the signal. */
export function watchLog(deps: WatchDeps, since: string): LogWatch {
  const rows = new Map<string, LogRow>();
  const waiting = new Set<() => void>();
  const take = (row: LogRow): void => {
    if (rows.has(row.id)) return;
    rows.set(row.id, row);
    deps.onRow(row);
    for (const look of waiting) look();
  };
  void follow(deps, since, take);
  return {
    rows: () => [...rows.values()],
    until: (holds, withinMs, what) =>
      new Promise((resolve, reject) => {
        const settle = (end: () => void) => {
          clearTimeout(timer);
          waiting.delete(look);
          end();
        };
        const look = () => {
          if (holds([...rows.values()])) settle(resolve);
        };
        const timer = setTimeout(
          () => settle(() => reject(new Error(`Not within ${withinMs} ms: ${what}.`))),
          withinMs,
        );
        waiting.add(look);
        look();
      }),
  };
}

async function follow(
  { url, token, signal }: WatchDeps,
  since: string,
  take: (row: LogRow) => void,
): Promise<void> {
  let last: string | undefined;
  while (!signal.aborted) {
    try {
      const answer = await fetch(`${url}/v1/behavior/logs/stream?since=${since}`, {
        signal,
        headers: {
          authorization: `Bearer ${token}`,
          ...(last === undefined ? {} : { 'last-event-id': last }),
        },
      });
      if (answer.ok && answer.body !== null) {
        for await (const message of messagesOf(answer.body)) {
          last = message.id ?? last;
          if (message.data !== undefined) take(rowOf(JSON.parse(message.data) as Wire));
        }
      }
    } catch {
      // The server is away; it is asked again.
    }
    await delay(AGAIN_MS, undefined, { signal }).catch(() => undefined);
  }
}
