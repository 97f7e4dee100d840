/** Waiting for a message, in the carrier's memory: for tests and demos, so that nothing sleeps. */
import { type CarrierMessage, type Memory, stateOf } from './memory.ts';

export type MessagesSince = {
  /** Pass it as the next `since`. */
  readonly version: number;
  /** What is new or changed, in the order of recording. */
  readonly messages: readonly CarrierMessage[];
};

export function messagesSince(memory: Memory, since: number): MessagesSince {
  const { version, messages } = stateOf(memory);
  return { version, messages: messages.filter((message) => message.version > since) };
}

/** What is new, as soon as something is; with nothing new after `waitMs`, an empty list. */
export function nextMessages(
  memory: Memory,
  { since, waitMs, closing }: { since: number; waitMs: number; closing: AbortSignal },
): Promise<MessagesSince> {
  const now = messagesSince(memory, since);
  if (now.messages.length > 0 || waitMs <= 0 || closing.aborted) return Promise.resolve(now);
  return new Promise((resolve) => {
    const finish = (): void => {
      subscription.unsubscribe();
      clearTimeout(timer);
      closing.removeEventListener('abort', finish);
      resolve(messagesSince(memory, since));
    };
    const timer = setTimeout(finish, waitMs);
    const subscription = memory.subscribe(() => {
      if (messagesSince(memory, since).messages.length > 0) finish();
    });
    closing.addEventListener('abort', finish);
  });
}

export type WaitOptions = {
  /** Only messages that are new or changed after this version; 0: any. */
  readonly since?: number;
  readonly timeoutMs?: number;
};

/** The first message for which the predicate holds, present or to come. Rejects after 15 s. */
export async function waitForMessage(
  next: (since: number, waitMs: number) => Promise<MessagesSince>,
  predicate: (message: CarrierMessage) => boolean,
  { now, since = 0, timeoutMs = 15_000 }: WaitOptions & { readonly now: () => number },
): Promise<CarrierMessage> {
  const deadline = now() + timeoutMs;
  let seen = since;
  for (;;) {
    const leftMs = deadline - now();
    const { version, messages } = await next(seen, Math.max(0, Math.min(leftMs, 5_000)));
    const found = messages.find(predicate);
    if (found) return found;
    if (leftMs <= 0) {
      throw new Error(
        `No such message came to the local carrier within ${timeoutMs} ms (it has seen ${version} changes): check that the sender points at it.`,
      );
    }
    seen = version;
  }
}
