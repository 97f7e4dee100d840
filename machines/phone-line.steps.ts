/* What a phone line's transitions change and start: the parts of its chart that are plain functions. */
import type { SmsPurpose } from '../src/behavior/vocabulary.ts';
import { atOf, days, derivedId, minutes, NIL_ID, type Send, type Start } from './kit.ts';
import {
  COPY_VERSION,
  helpText,
  notedText,
  type Template,
  templates,
  whichText,
} from './phone-line.copy.ts';
import type { Context, Event, FoundInvitations, Route } from './phone-line.model.ts';
import type { Texted } from './replies.ts';
import type { TextInput } from './text.model.ts';

const MAX_TRIES = 8;

type Heard = { readonly context: Context; readonly event: Event };
type Routed = { readonly context: Context; readonly event: { readonly output: Route } };

/** Longer than an answer takes from its being allowed to its row in the books. */
export const LATELY_MS = minutes(10);

/** Answers that were allowed lately. */
export const allowedOf = ({ answeredAt }: Context, at: number): readonly number[] =>
  answeredAt.filter((then) => at - then < LATELY_MS);

/** The carrier has not said it, so we must; once, and to a phone. */
export const mustConfirm = ({ context, event }: Heard): boolean =>
  event.type === 'phone.texted' &&
  context.phone !== null &&
  !context.optedOut &&
  (event.freeText || !event.carrierHandlesOptOut) &&
  event.optOutType === null;

export const mayHelp = ({ context, event }: Heard): boolean =>
  event.type === 'phone.texted' &&
  context.phone !== null &&
  !context.optedOut &&
  !event.carrierHandlesOptOut &&
  event.optOutType === null;

export const mayTryAgain = ({ context }: { context: Context }): boolean =>
  context.tries + 1 < MAX_TRIES;

export const opts =
  (optedOut: boolean) =>
  ({ event }: { event: object }): Partial<Context> => ({
    optedOut,
    optedAt: atOf(event),
    tries: 0,
  });

/** What the carrier said is older than the phone's own word. */
export const isOutdated = ({ optedAt }: Context, { saidAt }: { saidAt: number }): boolean =>
  optedAt !== null && saidAt < optedAt;

/** The message waits in the context while it is routed: only readings, never words. */
export const takes = ({
  event: { type: _, at: __, ...texted },
}: {
  event: Extract<Event, { type: 'phone.texted' }>;
}): Partial<Context> => ({
  texted,
  tries: 0,
});

export const misses = ({ context }: { context: Context }): Partial<Context> => ({
  ...{ texted: null, unknowns: context.unknowns + 1 },
});

/** Within the last day. */
export const questionsOf = ({ askedAt }: Context, at: number): readonly number[] =>
  askedAt.filter((then) => at - then < days(1));

/** The answer waits for a letter, whether or not we may ask for it. */
export const holds = ({ context, event }: Routed): Partial<Context> => {
  const { output } = event;
  if (output.route !== 'ambiguous') return misses({ context });
  const at = atOf(event);
  const candidates = output.asked.map(({ id, code, reading }) => ({ id, code, reading }));
  return {
    ...misses({ context }),
    held: { askedAt: at, listed: output.mayAnswer, candidates },
    askedAt: [...questionsOf(context, at), ...(output.mayAnswer ? [at] : [])],
  };
};

/** Whoever it was for has it; an answer that waited is answered, or replaced. */
export const forwarded = (at: Routed): Partial<Context> => ({
  ...{ texted: null, held: null },
  ...allows(at),
});

/** It was a word for the line itself, and is answered as far as that may be. */
export const spokeItself = (at: Routed): Partial<Context> => ({ texted: null, ...allows(at) });

/** Each answer that is allowed is remembered until our books have it. */
const allows = ({ context, event }: Routed): Partial<Context> => {
  const at = atOf(event);
  const answers = Array.from({ length: answersOf(event.output) }, () => at);
  return { answeredAt: [...allowedOf(context, at), ...answers] };
};

function answersOf(route: Route): number {
  // The question which one was meant has a bound of its own.
  if (route.route === 'unmatched' || route.route === 'ambiguous') return 0;
  if (route.route !== 'invitation') return route.mayAnswer ? 1 : 0;
  if (route.noted !== undefined) return 1;
  return route.sends.filter(({ event: { heard } }) => (heard as Heeded | undefined)?.mayAnswer)
    .length;
}
type Heeded = { readonly mayAnswer?: boolean };

/** A text in answer to the message of this very step. */
export const says =
  (purpose: SmsPurpose, template: Template, body: string = templates[template]) =>
  ({ context, event }: { context: Context; event: object }): readonly Start[] => {
    const texted = 'inboundId' in event ? (event as Texted) : context.texted;
    const { phone, ourNumber } = context;
    if (phone === null || texted === null) return [];
    const input: TextInput = {
      ...{ phone, ourNumber, purpose, template, copyVersion: COPY_VERSION },
      body,
      ...{ cycle: null, notify: null, invite: null },
      subject: { eventId: null, crewId: null, syncupId: null },
      answersAt: texted.receivedAt ?? null,
    };
    const id = derivedId(context.id, `answer:${texted.inboundId}`);
    return [{ machine: 'text', id, owner: NIL_ID, input }];
  };

/** The answer to a word for the line itself, if the phone has not had its share. */
export const answersIf =
  (purpose: SmsPurpose, template: Template) =>
  ({ context, event }: Routed): readonly Start[] =>
    answersOf(event.output) > 0 ? says(purpose, template)({ context, event }) : [];

export const helps = ({ context, event }: Routed): readonly Start[] =>
  event.output.route === 'help' && event.output.mayAnswer
    ? says('help', 'phone-line.help', helpText(event.output.contact))({ context, event })
    : [];

export const asksWhich = ({ context, event }: Routed): readonly Start[] =>
  event.output.route === 'ambiguous' && event.output.mayAnswer
    ? says('clarification', 'phone-line.which', whichText(event.output.asked))({ context, event })
    : [];

/** One text for all that a message has answered. */
export const notes = ({ context, event }: Routed): readonly Start[] => {
  const { output } = event;
  if (output.route !== 'invitation' || output.noted === undefined) return [];
  return says('update', 'phone-line.noted', notedText(output.noted))({ context, event });
};

export const forwards = ({ event }: Routed): readonly Send[] =>
  event.output.route === 'invitation' ? event.output.sends : [];

/** Every invitation that stands open hears that its phone wants no texts, or wants them again. */
export const spreads = ({
  context: { optedOut },
  event,
}: {
  context: Context;
  event: { output: FoundInvitations };
}): readonly Send[] =>
  event.output.invitations.map(({ id, owner }) => ({
    ...{ to: id, owner },
    event: { type: optedOut ? 'phone.opted_out' : 'phone.opted_in' },
  }));
