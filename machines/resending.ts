/*
 * What becomes of a question whose text did not arrive, by a fault that may pass: it is asked once more, by
 * a text of its own, if nobody has answered or asked otherwise meanwhile. Shared by both kinds of
 * invitations; it knows neither.
 */
import type { z } from 'zod';
import type { SmsPurpose } from '../src/behavior/vocabulary.ts';
import { derivedId } from './kit.ts';
import type { textEvents } from './replies.ts';

type Asking = {
  readonly promptTextId: string;
  readonly question: string;
  readonly delivery: string;
};
type Missed = z.output<(typeof textEvents)['text.missed']>;
type Settled = z.output<(typeof textEvents)['text.settled']>;

/** Of the text that says the same once more; there is no third. */
export const againIdOf = (textId: string): string => derivedId(textId, 'again');

/** An invite is logged once, and a reminder counted once: what we repeat by ourselves is a reminder of ours. */
export const purposeAgain = (purpose: SmsPurpose): SmsPurpose =>
  purpose === 'invite' || purpose === 'reminder' ? 'auto_reminder' : purpose;

/** Only the last question, while it stands open, and nobody who wants no texts. */
export const isStillAsked = (
  { promptTextId, question, delivery }: Asking,
  { textId }: Pick<Missed, 'textId'>,
): boolean => textId === promptTextId && question === 'open' && delivery !== 'opted_out';

/** The last question is asked by another text from now on, which may be taken back. */
export const asksByAnother = ({ event }: { readonly event: Missed }) => ({
  again: againIdOf(event.textId),
});

/** The second text of the last question has gone out. */
export const wentOutAgain = (
  { promptTextId }: Pick<Asking, 'promptTextId'>,
  { textId, outcome }: Pick<Settled, 'textId' | 'outcome'>,
): boolean => outcome === 'accepted' && textId === againIdOf(promptTextId);
