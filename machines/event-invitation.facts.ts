/* What an invitation to an event leaves in the log, shows, and keeps in the read models. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { errorFact } from '../src/behavior/registries.ts';
import { STAGE_TIMEOUT_MS } from '../src/behavior/vocabulary.ts';
import { counting, countReplies } from './counting.ts';
import { saidOf } from './event-invitation.copy.ts';
import type { Context } from './event-invitation.model.ts';
import { cycleOf } from './event-invitation.steps.ts';
import type { Fact, ModelRow, Subject } from './kit.ts';
import { type Heard, heardFact, receivedFact } from './replies.ts';

type Of = Fact<Context>;

const heardOf = ({ event }: Of): Heard => event.heard as Heard;
const since = (at: number, then: number | null): number => Math.max(0, at - (then ?? at));

/** What an answer changes: who voted for it and comes has not changed their mind. */
const CHANGED = { yes: ['no'], no: ['yes', 'vote'] } as const;

/** A yes that becomes a no is a change; an answer after an unclear message is none. */
const answerFact = (fact: Of, reply: 'yes' | 'no') => ({
  ...replyFact(fact),
  is_change: CHANGED[reply].some((before) => before === fact.before.reply),
  ms_since_prompt: since(fact.at, fact.before.promptedAt),
});

/** What an answer and the confirmation beside it have in common. */
function replyFact(fact: Of) {
  const { before, at } = fact;
  return {
    cycle_id: cycleOf(before),
    target: 'event' as const,
    ...heardFact(heardOf(fact), before.answering),
    previous: before.reply,
    reply_index: before.replies + 1,
    reminders_before: before.reminders,
    after_timeout: before.timedOut.length > 0,
    ms_since_invite: since(at, before.invitedAt),
  };
}

export const describe = {
  sms_received: (fact: Of) => receivedFact(heardOf(fact)),
  invitee_reply_yes: (fact: Of): DescribedMetadata<'invitee_reply_yes'> => {
    const { guests } = heardOf(fact);
    return { ...answerFact(fact, 'yes'), ...(guests === null ? {} : { guests }) };
  },
  invitee_reply_no: (fact: Of): DescribedMetadata<'invitee_reply_no'> => answerFact(fact, 'no'),
  invitee_confirmed: (fact: Of): DescribedMetadata<'invitee_confirmed'> => {
    const { before, at } = fact;
    return {
      ...replyFact(fact),
      follow_up: before.followUp?.kind ?? 'reminder',
      ms_since_follow_up: since(at, before.followUp?.sentAt ?? null),
    };
  },
  invitee_reply_unknown: (fact: Of): DescribedMetadata<'invitee_reply_unknown'> => {
    const { before, after, at } = fact;
    const heard = heardOf(fact);
    return {
      cycle_id: cycleOf(before),
      target: 'event',
      ...heardFact(heard, before.answering),
      reason: reasonOf(fact),
      unknown_index: after.unknowns,
      clarification_sent: after.clarifications > before.clarifications,
      candidates: heard.candidates,
      has_media: heard.media > 0,
      length_band: heard.lengthBand,
      ms_since_invite: before.invitedAt === null ? null : since(at, before.invitedAt),
    };
  },
  invitee_timeout: (fact: Of): DescribedMetadata<'invitee_timeout'> => {
    const { before, after, at, event } = fact;
    const stage = after.timedOut.at(-1) ?? 'first_reply';
    const { armedAt, dueAt } = event as { readonly armedAt?: number; readonly dueAt?: number };
    return {
      cycle_id: cycleOf(before),
      target: 'event',
      stage,
      timeout_ms:
        armedAt === undefined || dueAt === undefined ? STAGE_TIMEOUT_MS[stage] : dueAt - armedAt,
      timeout_index: after.timedOut.length,
      reminders_before: before.reminders,
      ms_since_invite: since(at, before.invitedAt),
      last_reply: before.reply,
      // No further timeout is armed at this moment; only another reminder arms one.
      terminal: true,
    };
  },
  state_snapshot: counting<Context>(({ reply, unknowns, reminders }) => ({
    ...countReplies([reply]),
    ...{ unknown: unknowns, reminders },
  })),
  /** A reminder that found nobody to remind: never invited, or too late. */
  error: (fact: Of): DescribedMetadata<'error'> => ({
    ...errorFact('sms.withheld', true),
    cycle_id: cycleOf(fact.before),
  }),
};

/** What came too late, or to an invitation that never reached anybody, is not judged by its words. */
function reasonOf(fact: Of) {
  if (fact.before.question === 'closed')
    return fact.before.invitedAt === null ? 'no_active_invite' : 'expired';
  return heardOf(fact).reason ?? 'no_match';
}

export const view = ({ name, reply, guests, delivery }: Context) => ({
  ...{ name, reply, guests, delivery },
});

export const subject = ({ crewId, eventId, phone }: Context): Subject => ({
  ...{ crewId, eventId, syncupId: null, phone },
});

/** The invitation as its organizer sees it, and the question that its phone may answer. */
export function rows(context: Context): readonly ModelRow[] {
  const { owner: organizerId, id, phone, begunAt } = context;
  const { eventId, name, reply, guests, delivery } = context;
  const updatedAt = context.endedAt ?? context.promptedAt ?? begunAt;
  return [
    {
      table: 'invitations',
      row: {
        ...{ organizerId, id, eventId, syncupId: null, phone, name },
        // A vote says nothing yet of whether somebody comes.
        ...{ reply: reply === 'vote' ? 'none' : reply, guests, delivery, updatedAt },
      },
    },
    {
      table: 'sms_prompts',
      row: {
        // '' is any number of ours: which one a messaging service takes is known too late.
        ...{ organizerId, id, phone, ourNumber: context.ourNumber ?? '' },
        ...{ kind: 'event', code: context.code ?? null, options: null, state: context.question },
        ...saidOf(context),
        ...{ promptedAt: context.promptedAt ?? begunAt, closedAt: context.endedAt },
      },
    },
  ];
}
