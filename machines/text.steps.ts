/* What a text's transitions change and tell: the parts of its chart that are plain functions. */
import { atOf, NIL_ID, type Send, seconds } from './kit.ts';
import { lineIdOf } from './phone-line.model.ts';
import type {
  OutputOf,
  Reported,
  SendTextInput,
  SendTextOutput,
  TextContext,
} from './text.model.ts';

/**
 * The wait before the next try, spread by the text's own id: texts that were refused together do not
 * return together. Where the carrier named a time, none returns before it.
 */
export function retryMs(of: Pick<TextContext, 'id' | 'attempts' | 'retryAfterMs'>): number {
  const spread = Number.parseInt(of.id.slice(-4), 16) / 0xffff;
  if (of.retryAfterMs !== null) return Math.round(of.retryAfterMs * (1 + spread / 4));
  return Math.round(seconds(2 ** Math.min(of.attempts, 9)) * (0.75 + spread / 2));
}

type Done = { context: TextContext; event: { output: SendTextOutput } };

/** What every try leaves behind, whatever came of it. */
export const tried = (status: string, { context, event }: Done): Partial<TextContext> => ({
  status,
  updatedAt: atOf(event),
  attempts: context.attempts + ('tries' in event.output ? event.output.tries : 0),
  providerCode: 'providerCode' in event.output ? event.output.providerCode : null,
  slotAt: null,
});

/** What a try is told. */
export const wishOf = (context: TextContext): SendTextInput => {
  const { id: textId, phone, ourNumber, body, purpose, look, queuedAt: since } = context;
  const { lettered = null, owner, expiresAt, knownBy = null, slotAt = null, sid } = context;
  return {
    ...{ textId, phone, ourNumber, body, lettered, purpose, look, since },
    ...{ owner, expiresAt, knownBy, slotAt, sid, eventId: context.subject.eventId },
  };
};

/** It was never processed, and waits to be tried again. */
export const refused = ({ context, event }: Done): Partial<TextContext> => ({
  ...tried('retrying', { context, event }),
  retryAfterMs: (event.output as OutputOf<'retry'>).retryAfterMs,
});

/** It waits for the day, and is `queued` meanwhile. */
export const quieted = ({ context, event }: Done): Partial<TextContext> => {
  const { until } = event.output as OutputOf<'quiet'>;
  const quietMs = context.quietMs + Math.max(0, until - atOf(event));
  return { ...tried('queued', { context, event }), quietUntil: until, quietMs };
};

/** It has its turn, and is `queued` until then. */
export const paced = ({ context, event }: Done): Partial<TextContext> => ({
  ...tried('queued', { context, event }),
  slotAt: (event.output as OutputOf<'paced'>).until,
});

/** Its words are needed no more. */
export const WORDLESS = { body: '', lettered: null } as const;

/** The carrier has it. */
export const accepted = ({ context, event }: Done): Partial<TextContext> => {
  const { sid, status, ourNumber = null } = event.output as OutputOf<'accepted'>;
  const from = { ourNumber: ourNumber ?? context.ourNumber };
  return { ...tried(status, { context, event }), ...from, sid, ...WORDLESS };
};

export const ended =
  (status: 'failed' | 'withheld') =>
  ({ context, event }: Done): Partial<TextContext> => ({
    ...tried(status, { context, event }),
    ...WORDLESS,
    optedOutAt: saysOptedOut(event.output) ? atOf(event) : context.optedOutAt,
  });

const saysOptedOut = (result: SendTextOutput): boolean =>
  result.kind === 'rejected' && result.reason === 'opted_out';

/** It may have been sent: from now on the carrier is asked first. */
export const doubted = ({ context, event }: Done): Partial<TextContext> => ({
  ...tried('unsure', { context, event }),
  look: 'only',
  ...asked(context),
});

/** One look more in vain; or, where it was to be sent again, that was done, and is looked for anew. */
const asked = ({ look, looks, resent }: TextContext) =>
  look === 'then_send' ? { looks: 1, resent: true } : { looks: looks + 1, resent };

/** A try threw: nobody knows how far it got. */
export const thrown = ({
  context,
  event,
}: {
  context: TextContext;
  event: object;
}): Partial<TextContext> => ({
  status: 'unsure',
  updatedAt: atOf(event),
  look: 'only',
  attempts: context.attempts + 1,
  ...asked(context),
});

/** The carrier did not say: what was to be done is still to be done. */
export const unheard = ({ context, event }: Done): Partial<TextContext> => ({
  ...tried('unsure', { context, event }),
});

/** Its starter has taken it back, and nothing shows that it went out. */
export const withdrawnBy = ({ event }: { event: object }): Partial<TextContext> => ({
  status: 'withheld',
  updatedAt: atOf(event),
  ...WORDLESS,
});

type Outcome = 'accepted' | 'failed' | 'withheld';

/**
 * Too late is nobody's wish: the starter hears that it failed. And a carrier that refuses because the
 * phone wants no texts withholds it as we do.
 */
function outcomeOf(event: object, usual: Outcome): Outcome {
  const { output } = event as { readonly output?: SendTextOutput };
  if (output?.kind === 'withheld' && output.reason === 'expired') return 'failed';
  return output !== undefined && saysOptedOut(output) ? 'withheld' : usual;
}

/** The carrier took it, and it did not arrive. */
export const lost = ({
  context,
  event: { status, providerCode, optOut, at },
}: {
  context: TextContext;
  event: Reported;
}): Partial<TextContext> => ({
  ...{ status, providerCode, updatedAt: at },
  optedOutAt: optOut ? at : context.optedOutAt,
});

/**
 * The carrier speaks of a text that it has not answered for: the try that follows takes it for accepted,
 * and then it hears this once more, to be as far as the carrier says.
 */
export const heardLater = ({
  context: { id, owner },
  event: { type, sid, status, providerCode, optOut, passing = false },
}: {
  context: TextContext;
  event: Reported;
}): readonly Send[] => [
  { to: id, owner, event: { type, sid, status, providerCode, optOut, passing } },
];

/** Found at the carrier, which is done with it: it hears what was said while nobody heard. */
export const foundSo = ({ context: { id, owner }, event }: Done): readonly Send[] => {
  const { sid, report = null } = event.output as OutputOf<'accepted'>;
  return report === null
    ? []
    : [{ to: id, owner, event: { type: 'carrier.reported', sid, ...report } }];
};

/** Tells the starter what became of it. */
export const settled =
  (outcome: Outcome) =>
  ({ context, event }: { context: TextContext; event: object }): readonly Send[] =>
    context.notify === null
      ? []
      : [
          {
            ...context.notify,
            event: {
              type: 'text.settled',
              textId: context.id,
              outcome: outcomeOf(event, outcome),
              purpose: context.purpose,
              settledAt: atOf(event),
            },
          },
        ];

/** The carrier says that this phone wants no texts: its line tells whoever has asked it something. */
const optedOut = ({ phone, ourNumber: from }: TextContext, saidAt: number): Send => {
  const ourNumber = from ?? '';
  return {
    ...{ to: lineIdOf(phone, ourNumber), owner: NIL_ID },
    event: { type: 'carrier.opted_out', saidAt },
    orStart: { machine: 'phone-line', input: { phone, ourNumber } },
  };
};

/** It will not be sent: its starter hears so, and all others where its phone is the reason. */
export const refusedForGood = ({ context, event }: Done): readonly Send[] => [
  ...settled('failed')({ context, event }),
  ...(saysOptedOut(event.output) ? [optedOut(context, atOf(event))] : []),
];

/** It did not arrive: its starter hears so, and all others where its phone is the reason. */
export const undelivered = ({
  context,
  event,
}: {
  context: TextContext;
  event: Reported;
}): readonly Send[] => [
  ...(context.notify === null
    ? []
    : [
        {
          ...context.notify,
          event: {
            type: 'text.undelivered',
            textId: context.id,
            providerCode: event.providerCode,
            optOut: event.optOut,
          },
        },
      ]),
  ...(event.optOut ? [optedOut(context, event.at)] : []),
];

/** Its time for a second try has come: as another text, if the starter still has it to say. */
export const missed = ({ context }: { context: TextContext }): readonly Send[] => {
  const { notify, id: textId, purpose, template } = context;
  if (notify === null) return [];
  return [{ ...notify, event: { type: 'text.missed', textId, purpose, template } }];
};
