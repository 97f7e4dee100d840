/* Invitees: whoever gets an invite answers it once, by SMS, until the webhook was acknowledged. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Town } from '../parts/town.ts';
import type { Ledger, ReplyRecord } from './ledger.ts';

export type Invitees = {
  /** Replies that are not acknowledged yet. */
  readonly waiting: () => number;
  readonly stop: () => Promise<void>;
};

const WAIT_MS = 500;
const AGAIN_MS = 300;

/** Begins to answer; some half of them say yes. Everybody else says no. */
export function startInvitees({ carrier }: Pick<Town, 'carrier'>, ledger: Ledger): Invitees {
  const answered = new Set<string>();
  const under = new Set<Promise<void>>();
  const stopping = new AbortController();
  const answer = async (reply: ReplyRecord): Promise<void> => {
    const body = reply.word === 'yes' ? 'Yes' : 'No';
    while (!stopping.signal.aborted) {
      const { answers } = await carrier.inbound({ from: reply.phone, body, sid: reply.sid });
      reply.acknowledged = answers.every(({ status }) => status !== null && status < 300);
      if (reply.acknowledged) return;
      await delay(AGAIN_MS);
    }
  };
  const watch = async (): Promise<void> => {
    // Texts of an earlier crowd are none of theirs.
    let { version: since } = await carrier.messagesSince(0);
    while (!stopping.signal.aborted) {
      const { version, messages } = await carrier.messagesSince(since, WAIT_MS);
      since = version;
      for (const { to, direction } of messages) {
        if (direction !== 'outbound-api' || answered.has(to)) continue;
        answered.add(to);
        const word = Number(to.slice(-1)) % 2 === 0 ? 'yes' : 'no';
        const sid = `SM${randomUUID().replaceAll('-', '')}`;
        const reply: ReplyRecord = { phone: to, sid, word, acknowledged: false };
        ledger.replies.push(reply);
        const work = answer(reply).catch(() => undefined);
        under.add(work);
      }
    }
  };
  const watching = watch();
  // Told by `stop`; until then it is nobody's unhandled rejection.
  watching.catch(() => undefined);
  return {
    waiting: () => ledger.replies.filter(({ acknowledged }) => !acknowledged).length,
    stop: async () => {
      stopping.abort();
      await watching;
      await Promise.all(under);
    },
  };
}
