/** What every part of the local carrier shares. */
import type { Memory } from './memory.ts';
import type { WebhookTarget } from './schemas.ts';

export type LocalCarrierDeps = {
  readonly accountSid: string;
  readonly authToken: string;
  /** Its own numbers, E.164; the first sends where nobody says which. */
  readonly numbers: readonly [string, ...string[]];
  /** With it, texts are `accepted` before they are `queued`, and opt-outs fail afterwards. */
  readonly messagingServiceSid?: string;
  /**
   * `default`: STOP, START and HELP are answered and remembered. `advanced`: webhooks say so too
   * (OptOutType). `none`: the server under test does it all.
   */
  readonly optOut?: 'default' | 'advanced' | 'none';
  /** Whether `/` is a page of all conversations, on which replies are typed; absent: it is not. */
  readonly showsPhones?: boolean;
  /** Between the callbacks of one message; 20 ms. */
  readonly statusDelayMs?: number;
  /** Before a webhook that found no connection is repeated; 250 ms. */
  readonly retryDelayMs?: number;
  /** Epoch ms. */
  readonly now: () => number;
  /** A uuid. */
  readonly id: () => string;
  /** What happened, without texts and numbers. */
  readonly log?: (event: string, facts: Readonly<Record<string, string | number | null>>) => void;
};

export type Exchange = {
  readonly deps: LocalCarrierDeps;
  readonly memory: Memory;
  readonly webhook: () => WebhookTarget | undefined;
  /** Ends all waiting and calling when the carrier closes. */
  readonly closing: AbortSignal;
};

/** `SM` or `MM`, and 32 hex digits. */
export const newSid = (exchange: Exchange, prefix: 'SM' | 'MM'): string =>
  prefix + exchange.deps.id().replaceAll('-', '');

/** The key of an opt-out: a messaging service counts as one sender. */
export const optOutKey = ({ deps }: Exchange, person: string, ourNumber: string): string =>
  `${person}>${deps.messagingServiceSid ?? ourNumber}`;
