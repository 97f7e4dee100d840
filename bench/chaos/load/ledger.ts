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
};

export const createLedger = (): Ledger => ({
  ...{ flows: [], replies: [], problems: [], steps: 0 },
});
