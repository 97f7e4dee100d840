/*
 * What clients were told: every request that was acknowledged, under the key it bore, and what must be
 * true of the database because of it. The checks hold the database against it.
 */

/** How a run of a flow went, as its client saw it. */
export type FlowRecord = {
  readonly owner: string;
  readonly machine: 'crew-creation' | 'event-creation';
  id: string;
  /** The keys of the requests that were acknowledged as steps, in order. */
  readonly keys: string[];
  end: 'open' | 'completed' | 'cancelled' | 'left alone' | 'ended by time' | 'given up';
  /** What was made, where it was completed. */
  madeId: string | null;
  /** Phones of the people in it. */
  readonly phones: readonly string[];
};

/** What an invitee wrote; `word` is what the invitation must say once the webhook was acknowledged. */
export type ReplyRecord = {
  readonly phone: string;
  readonly sid: string;
  readonly word: 'yes' | 'no';
  acknowledged: boolean;
};

export type Ledger = {
  readonly flows: FlowRecord[];
  readonly replies: ReplyRecord[];
  /** Answers that no promise allows. */
  readonly problems: string[];
  /** Requests that were acknowledged as steps. */
  steps: number;
  /** Numbers that nobody has had before. */
  readonly newPhone: () => string;
};

const AREAS = ['415', '212', '312', '206', '303', '617', '713', '503'] as const;

export function createLedger(): Ledger {
  let count = 0;
  return {
    ...{ flows: [], replies: [], problems: [], steps: 0 },
    newPhone: () => {
      const area = AREAS[count % AREAS.length];
      const line = Math.floor(count / AREAS.length);
      count += 1;
      const exchange = 230 + Math.floor(line / 10_000);
      return `+1${area}${exchange}${String(line % 10_000).padStart(4, '0')}`;
    },
  };
}
