/**
 * Is this webhook from our Twilio account and for us? The signature covers the address as Twilio
 * knows it, hence the configured public address and never the Host header. It has no time in it,
 * so a captured request stays valid for ever: replays are told apart by MessageSid, not here.
 */
import twilio from 'twilio';
import { type Form, flatForm, type RawForm } from './read-form.ts';

export type VerifyInput = {
  /** One, or both of two while the account's token is being changed. */
  readonly authTokens: readonly string[];
  readonly publicUrl: string;
  /** Path and query as received. */
  readonly originalUrl: string;
  readonly signature: string;
  readonly form: RawForm;
  readonly accountSid: string;
  /** Where an inbound message must go; absent for status callbacks, whose `To` is a person. */
  readonly recipient?: Recipient;
};

export type Recipient = {
  readonly ownNumbers: ReadonlySet<string>;
  readonly messagingServiceSid?: string;
};

export type Verified =
  | { readonly ok: true; readonly form: Form }
  | { readonly ok: false; readonly why: 'signature' | 'repeated' | 'account' | 'recipient' };

/** `repeated` comes after the signature: Twilio itself sent a key twice, or too many of them. */
export function verify(input: VerifyInput): Verified {
  if (!hasSignature(input)) return { ok: false, why: 'signature' };
  const form = flatForm(input.form);
  if (form === undefined) return { ok: false, why: 'repeated' };
  const { AccountSid: account } = form;
  if (account !== input.accountSid) return { ok: false, why: 'account' };
  if (input.recipient && !isOurs(form, input.recipient)) return { ok: false, why: 'recipient' };
  return { ok: true, form };
}

function hasSignature(input: VerifyInput): boolean {
  const url = input.publicUrl.replace(/\/+$/, '') + input.originalUrl;
  try {
    return input.authTokens.some((token) =>
      twilio.validateRequest(token, input.signature, url, input.form),
    );
  } catch {
    // The library throws where the URL does not parse.
    return false;
  }
}

function isOurs(form: Form, recipient: Recipient): boolean {
  const { To: to, MessagingServiceSid: service } = form;
  if (to !== undefined && recipient.ownNumbers.has(to)) return true;
  return service !== undefined && service === recipient.messagingServiceSid;
}
