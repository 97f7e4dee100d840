/* What an invitation to vote leaves in the log, shows, and keeps in the read models. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { errorFact } from '../src/behavior/registries.ts';
import { STAGE_TIMEOUT_MS, type UnknownReason } from '../src/behavior/vocabulary.ts';
import { counting, countReplies } from './counting.ts';
import type { Fact, ModelRow, Subject } from './kit.ts';
import { type Heard, heardFact, receivedFact } from './replies.ts';
import { labelsOf, saidOf } from './syncup-invitation.copy.ts';
import type { Context } from './syncup-invitation.model.ts';
import { isAnswered, isCountable } from './syncup-invitation.steps.ts';

type Of = Fact<Context>;

const heardOf = ({ event }: Of): Heard => event.heard as Heard;
const choicesOf = ({ event }: Of): readonly number[] => (event.choices ?? []) as readonly number[];
const since = (at: number, then: number | null): number => Math.max(0, at - (then ?? at));

/** What a vote and a no have in common. */
function answerFact(fact: Of) {
  const { before, at } = fact;
  return {
    target: 'syncup' as const,
    ...heardFact(heardOf(fact), before.answering),
    reminders_before: before.reminders,
    after_timeout: before.timedOut.length > 0,
    ms_since_invite: since(at, before.invitedAt),
    ms_since_prompt: since(at, before.promptedAt),
  };
}

const isOther = (choices: readonly number[], others: readonly number[] | null): boolean =>
  choices.join() !== (others ?? []).join();

export const describe = {
  /** A vote against the rules is none: it is not understood. */
  sms_received: (fact: Of) => {
    const heard = heardOf(fact);
    return receivedFact(refusedReason(fact) === null ? heard : { ...heard, intent: 'unknown' });
  },
  invitee_vote: (fact: Of): DescribedMetadata<'invitee_vote'> => {
    const { before } = fact;
    const choices = choicesOf(fact);
    return {
      ...answerFact(fact),
      choices: [...choices],
      previous_choices: before.choices === null ? null : [...before.choices],
      options: before.options.length,
      is_change: isAnswered(before) && isOther(choices, before.choices),
      vote_index: before.votes + 1,
    };
  },
  invitee_reply_no: (fact: Of): DescribedMetadata<'invitee_reply_no'> => ({
    ...answerFact(fact),
    previous: fact.before.reply,
    is_change: fact.before.reply === 'vote',
    reply_index: fact.before.replies + 1,
  }),
  invitee_reply_unknown: (fact: Of): DescribedMetadata<'invitee_reply_unknown'> => {
    const { before, after, at } = fact;
    const heard = heardOf(fact);
    return {
      target: 'syncup',
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
      target: 'syncup',
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
  state_snapshot: counting<Context>(({ reply, unknowns, reminders, options, choices }) => ({
    ...countReplies([reply]),
    ...{ unknown: unknowns, reminders, options: options.length },
    votes_total: choices?.length ?? 0,
  })),
  /** A reminder that found nobody to remind: never invited, or too late. */
  error: (fact: Of): DescribedMetadata<'error'> => ({
    ...errorFact('sms.withheld', true),
    cycle_id: fact.id,
  }),
};

/** Why what was read as an answer is none in this vote; null where it is one, or was not read as any. */
function refusedReason(fact: Of): UnknownReason | null {
  const { before, event } = fact;
  if (before.question === 'closed') return null;
  if (event.type === 'invitee.replied_yes') return 'ambiguous';
  if (event.type !== 'invitee.voted' || isCountable(before, choicesOf(fact))) return null;
  return Math.max(...choicesOf(fact)) > before.options.length ? 'out_of_range' : 'multiple_intents';
}

/** What came too late, or to an invitation that never reached anybody, is not judged by its words. */
function reasonOf(fact: Of): UnknownReason {
  if (fact.before.question === 'closed')
    return fact.before.invitedAt === null ? 'no_active_invite' : 'expired';
  return refusedReason(fact) ?? heardOf(fact).reason ?? 'no_match';
}

export const view = ({ name, reply, choices, delivery }: Context) => ({
  ...{ name, reply, choices, delivery },
});

export const subject = ({ crewId, syncupId, phone }: Context): Subject => ({
  ...{ crewId, eventId: null, syncupId, phone },
});

/** The invitation as its organizer sees it, and the question that its phone may answer. */
export function rows(context: Context): readonly ModelRow[] {
  const { owner: organizerId, id, phone, begunAt } = context;
  const { syncupId, name, reply, choices, delivery } = context;
  const updatedAt = context.endedAt ?? context.promptedAt ?? begunAt;
  return [
    {
      table: 'invitations',
      row: {
        ...{ organizerId, id, eventId: null, syncupId, phone, name },
        ...{ reply, choices, guests: 0, delivery, updatedAt },
      },
    },
    {
      table: 'sms_prompts',
      row: {
        // '' is any number of ours: which one a messaging service takes is known too late.
        ...{ organizerId, id, phone, ourNumber: context.ourNumber ?? '' },
        ...{ kind: 'syncup', code: context.code ?? null, options: context.options.length },
        ...{ labels: labelsOf(context), multi: context.voting === 'multi' },
        ...saidOf(context),
        state: context.question,
        ...{ promptedAt: context.promptedAt ?? begunAt, closedAt: context.endedAt },
      },
    },
  ];
}
