/* The texts that an invitation to vote starts: which wording, under which id, and who hears how it went. */
import type { SmsPurpose } from '../src/behavior/vocabulary.ts';
import { derivedId, type Start } from './kit.ts';
import { answering } from './replies.ts';
import { againIdOf, purposeAgain } from './resending.ts';
import { COPY_VERSION, type Template, templates } from './syncup-invitation.copy.ts';
import type { Context, Event } from './syncup-invitation.model.ts';
import { endsAt, VERSION } from './syncup-invitation.steps.ts';
import { bodiesOf } from './text.copy.ts';
import type { TextInput } from './text.model.ts';

type Missed = Extract<Event, { type: 'text.missed' }>;
type Step = { readonly context: Context; readonly event: Event };

/** The invite itself, with the first word on how to opt out. */
export const inviteText = ({ context }: { context: Context }): Start =>
  textOf(context, context.promptTextId, 'invite', 'syncup-invitation.invite');

export const clarification = ({ context, event }: Step): Start => {
  const again = context.clarifications > 1;
  const template = again ? 'syncup-invitation.clarify_again' : 'syncup-invitation.clarify';
  const asks = textOf(context, context.promptTextId, 'clarification', template);
  return 'heard' in event ? answering(asks, event.heard) : asks;
};

/** What the reminder says depends on what was answered before. */
export const reminder = ({ context }: { context: Context }): Start => {
  const { reply } = context;
  const template =
    reply === 'vote' || reply === 'no'
      ? (`syncup-invitation.remind_${reply}` as const)
      : 'syncup-invitation.remind';
  return textOf(context, context.promptTextId, 'reminder', template);
};

/** The same once more, in a text of its own; what it says is said as things stand now. */
export const saidAgain = ({
  context,
  event: { textId, purpose, template },
}: {
  context: Context;
  event: Missed;
}): readonly Start[] =>
  template in templates
    ? [textOf(context, againIdOf(textId), purposeAgain(purpose), template as Template)]
    : [];

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
  at.context.invitedAt === null ? [] : acknowledgement('syncup-invitation.closed')(at);

function textOf(context: Context, id: string, purpose: SmsPurpose, template: Template): Start {
  const { owner, phone, ourNumber, syncupId, crewId } = context;
  const asks = purpose !== 'update';
  const input: TextInput = {
    ...{ phone, ourNumber, purpose, template, copyVersion: COPY_VERSION },
    ...bodiesOf(context, templates[template]),
    cycle: { id: context.id, version: VERSION, target: 'syncup' },
    subject: { eventId: null, crewId, syncupId },
    // Also a night may not keep what would come too late.
    expiresAt: asks ? endsAt(context) : null,
    notify: asks ? { to: context.id, owner } : null,
    invite: purpose === 'invite' ? { index: context.inviteIndex, via: context.via } : null,
  };
  return { machine: 'text', id, owner, input };
}
