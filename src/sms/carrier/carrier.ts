/**
 * What the rest of Funlet knows of the one who carries SMS: send a text, look for a text whose
 * sending ended without an answer. Both end in plain data. No message, phone number or error
 * text of a provider passes through here.
 */

/** A text as the carrier needs it. Phone numbers are E.164; `body` has at most 1,600 characters. */
export type OutboundText = {
  readonly textId: string;
  readonly to: string;
  readonly body: string;
  /** Pins the sender; else the carrier's own choice (messaging service, or the one number). */
  readonly from?: string;
};

/** Why a text can never be sent as it is: the person's number, their wish, or something of ours. */
export type RejectReason = 'bad_number' | 'opted_out' | 'config' | 'ours' | 'credentials';

/** How one attempt to send went. */
export type SendOutcome =
  | {
      readonly kind: 'accepted';
      readonly sid: string;
      readonly status: string;
      readonly segments: number;
      readonly providerMs: number;
      /** Null until a messaging service has chosen its sender. */
      readonly from: string | null;
    }
  | {
      /** Permanent: sending the same again gives the same answer. */
      readonly kind: 'rejected';
      readonly providerCode: number;
      readonly httpStatus: number;
      readonly reason: RejectReason;
    }
  | {
      /** Never processed, so it is safe to repeat. */
      readonly kind: 'retry';
      readonly providerCode: number | null;
      readonly httpStatus: number | null;
      readonly retryAfterMs: number | null;
    }
  /** It may have been sent: ask `find` before anything is sent again. */
  | { readonly kind: 'unknown' };

/** Where to look for a text that may have been sent. */
export type FindScope = {
  /** Epoch ms at which the first attempt began. */
  readonly since: number;
  /** Sids that belong to other texts: two texts to one person may have the same body. */
  readonly knownSids: ReadonlySet<string>;
};

export type FoundText = {
  readonly sid: string;
  readonly status: string;
  /** Why it was lost, by the carrier's code; null where it was not. */
  readonly providerCode: number | null;
  /** Null until a messaging service has chosen its sender. */
  readonly from: string | null;
};

export type Carrier = {
  /**
   * Sends once. Never rejects. `mayLeave` is asked last of all, when there is a connection to write on: a text that
   * may no longer leave is `unknown`, as somebody else may have sent it.
   */
  send(text: OutboundText, mayLeave?: () => boolean): Promise<SendOutcome>;
  /**
   * Looks for a message that we may have sent (there is no idempotency key): the oldest outbound
   * one since then to the same person, with the same body, that is no other text's. Undefined: the
   * carrier has none. Rejects, with an error free of personal data, if the carrier cannot be asked.
   */
  find(text: OutboundText, scope: FindScope): Promise<FoundText | undefined>;
  readonly provider: 'twilio' | 'emulator';
  /** True when STOP, START and HELP are confirmed by the carrier, so that we stay silent. */
  readonly handlesOptOut: boolean;
};
