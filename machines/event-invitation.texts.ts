/* The texts that an invitation starts: which wording, under which id, and who hears how it went. */
import type { SmsPurpose } from '../src/behavior/vocabulary.ts';
import { COPY_VERSION, type Template, templates } from './event-invitation.copy.ts';
import type { Context, Event } from './event-invitation.model.ts';
import { cycleOf, endsAt, VERSION } from './event-invitation.steps.ts';
import { derivedId, type Start } from './kit.ts';
import { answering } from './replies.ts';
import { againIdOf, purposeAgain } from './resending.ts';
import { bodiesOf } from './text.copy.ts';
import type { TextInput } from './text.model.ts';

type Step = { readonly context: Context; readonly event: Event };
type Missed = Extract<Event, { type: 'text.missed' }>;

/** The invite itself, with the first word on how to opt out. */
export const inviteText = ({ context }: { context: Context }): Start =>
  textOf(context, context.promptTextId, 'invite', 'event-invitation.invite');

export const clarification = ({ context, event }: Step): Start => {
  const again = context.clarifications > 1;
  const template = again ? 'event-invitation.clarify_again' : 'event-invitation.clarify';
  const asks = textOf(context, context.promptTextId, 'clarification', template);
  return 'heard' in event ? answering(asks, event.heard) : asks;
};

const TEMPLATES = {
  reminder: 'event-invitation.remind',
  auto_reminder: 'event-invitation.remind',
  finalize: 'event-invitation.final',
  change_notice: 'event-invitation.changed',
} as const;

/** What a reminder or news says depends on what was answered before. */
export const reminder = ({ context }: { context: Context }): Start => {
  const { reply, telling } = context;
  const template = TEMPLATES[telling];
  const answered = reply === 'yes' || reply === 'no' ? (`${template}_${reply}` as const) : template;
  return textOf(context, context.promptTextId, telling, answered);
};

/** It asks nothing, so nothing waits for it; whether it arrives is worth a second try all the same. */
export const cancelText = ({
  context,
  event,
}: {
  context: Context;
  event: Extract<Event, { type: 'gathering.cancelled' }>;
}): Start =>
  textOf(
    context,
    derivedId(context.id, `cancel:${event.newsId}`),
    'cancel',
    'event-invitation.cancel',
  );

/** The same once more, in a text of its own; what it says is said as things stand now. */
export const saidAgain = ({
  context,
  event: { textId, purpose, template },
}: {
  context: Context;
  event: Missed;
}): readonly Start[] => {
  if (!(template in templates)) return [];
  const id = againIdOf(textId);
  const start = textOf(context, id, purposeAgain(purpose), template as Template);
  // Once called off, nothing else stands that would tell a second text from a third.
  return [context.cancelled ? { ...start, input: { ...start.input, notify: null } } : start];
};

/** The answer to a message that was counted, or came too late; none where the phone had its share. */
export const acknowledgement =
  (template: Template) =>
  ({ context, event }: Step): readonly Start[] => {
    if (!('heard' in event) || !event.heard.mayAnswer) return [];
    const textId = derivedId(context.id, `answer:${event.heard.inboundId}`);
    return [answering(textOf(context, textId, 'update', template), event.heard)];
  };

/** The answer to what came after the end; nobody whom no invite reached is told of one. */
export const tooLate = (at: Step): readonly Start[] =>
  at.context.invitedAt === null
    ? []
    : acknowledgement(
        at.context.cancelled ? 'event-invitation.called_off' : 'event-invitation.closed',
      )(at);

function textOf(context: Context, id: string, purpose: SmsPurpose, template: Template): Start {
  const { owner, phone, ourNumber, eventId, crewId } = context;
  const answers = purpose === 'update';
  const input: TextInput = {
    ...{ phone, ourNumber, purpose, template, copyVersion: COPY_VERSION },
    ...bodiesOf(context, templates[template]),
    cycle: { id: cycleOf(context), version: VERSION, target: 'event' },
    subject: { eventId, crewId, syncupId: null },
    // Also a night may not keep what would come too late.
    expiresAt: answers ? null : endsAt(context),
    ...(purpose === 'change_notice' ? { knownBy: context.knownBy ?? null } : {}),
    notify: answers ? null : { to: context.id, owner },
    invite: purpose === 'invite' ? { index: context.inviteIndex, via: context.via } : null,
  };
  return { machine: 'text', id, owner, input };
}
