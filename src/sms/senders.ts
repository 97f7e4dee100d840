/*
 * From which number of ours a text goes, and when. A phone keeps the number that it was first written from,
 * so that its texts stay one conversation. A number sends no faster than it may: turns are taken in the
 * database, where all servers meet, and kept apart once more in this process, since timers are not exact.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { derivedId, NIL_ID } from '../../machines/kit.ts';
import type { SendTextInput } from '../../machines/text.model.ts';
import type { Queryable } from '../store/orm.ts';
import { firstNumberOf, type Turn, takeTurn } from '../store/senders.ts';

export type Senders = {
  /** The number to send from; null leaves it to the carrier. Rejects when the database is away. */
  readonly numberFor: (text: Pick<SendTextInput, 'phone' | 'ourNumber'>) => Promise<string | null>;
  /**
   * Resolves when a text of so many segments may go: null, or epoch ms until which it has to wait for the
   * turn that it now has. Answers wait only for other answers: they have turns of their own, and all other
   * texts come so much later. Whoever asks is not kept for long.
   */
  readonly turnOf: (text: Paced) => Promise<number | null>;
};

export type Paced = {
  readonly from: string | null;
  readonly segments: number;
  readonly isAnswer: boolean;
  /** Epoch ms of the turn that it has taken before. */
  readonly slotAt: number | null;
};

export type SendersDeps = {
  readonly sql: Queryable;
  /** Those of the configuration; empty where a messaging service chooses. */
  readonly numbers: readonly string[];
  /** Segments a second of each number; null does not pace. */
  readonly perSecond: number | null;
  /** Epoch ms. */
  readonly now: () => number;
};

/** The key of all texts whose number the carrier chooses. */
const SERVICE = 'service';
const answersOf = (sender: string): string => `answers of ${sender}`;
/** So near a turn a text waits where it is; an answer would be late by a commit that only says so. */
const NEAR_MS = { answer: 1_000, other: 100 } as const;
/**
 * With more than this to go first here (turns that came while the server was down), a text takes another
 * turn; answers bear more, so that they are not who gives way.
 */
const PATIENCE_MS = { answer: 2_000, other: 1_000 } as const;

export function createSenders(deps: SendersDeps): Senders {
  const { sql, numbers, perSecond, now } = deps;
  /** Epoch ms from which each sender is free, as far as this process knows. */
  const freeAt = new Map<string, number>();

  async function keptApart(sender: string, tookMs: number): Promise<null> {
    const at = Math.max(now(), freeAt.get(sender) ?? 0);
    freeAt.set(sender, at + tookMs);
    const waitMs = at - now();
    if (waitMs > 0) await delay(waitMs);
    return null;
  }

  /** Answers are in their own line, and also take their time from the line of all. */
  async function nextTurn(turn: Turn, isAnswer: boolean): Promise<number> {
    const ofAll = await takeTurn(sql, turn);
    return isAnswer ? takeTurn(sql, { ...turn, sender: answersOf(turn.sender) }) : ofAll;
  }

  return {
    numberFor: async ({ phone, ourNumber }) => {
      const [only, another] = numbers;
      if (only === undefined) return ourNumber;
      if (ourNumber !== null && numbers.includes(ourNumber)) return ourNumber;
      if (another === undefined) return only;
      const first = await firstNumberOf(sql, phone);
      return first !== undefined && numbers.includes(first) ? first : spread(numbers, phone);
    },
    turnOf: async ({ from, segments, isAnswer, slotAt }) => {
      if (perSecond === null) return null;
      const sender = from ?? SERVICE;
      const tookMs = Math.ceil((segments * 1000) / perSecond);
      const kind = isAnswer ? 'answer' : 'other';
      const at = now();
      const isItsTurn = slotAt !== null && at >= slotAt;
      if (isItsTurn && (freeAt.get(sender) ?? 0) - at <= PATIENCE_MS[kind])
        return keptApart(sender, tookMs);
      const turn = await nextTurn({ sender, at, tookMs }, isAnswer);
      return turn - at <= NEAR_MS[kind] ? keptApart(sender, tookMs) : turn;
    },
  };
}

/** The same number for the same phone, wherever it is asked. */
function spread(numbers: readonly string[], phone: string): string | null {
  const hash = Number.parseInt(derivedId(NIL_ID, `number of ${phone}`).slice(0, 8), 16);
  return numbers[hash % numbers.length] ?? null;
}
