/* An invitation to vote: with what its invitee goes on to the event that the vote has become. */
import type { Voted } from './decided.ts';
import { invitationIdOf } from './inviting.ts';
import type { Start } from './kit.ts';
import type { Context, Event } from './syncup-invitation.model.ts';

type Decision = Extract<Event, { type: 'gathering.decided' }>;

/**
 * The invitation to the event that the vote has become. It goes on from here; somebody whom no invite to vote
 * has reached is invited to it as anybody is.
 */
export function onward({ context, event }: { context: Context; event: Decision }): Start {
  const { owner, phone, name, organizerName, ourNumber, via, code } = context;
  const { timeZone: _, startsAt: closesAt, eventId, ...what } = event.event;
  return {
    machine: 'event-invitation',
    id: invitationIdOf(eventId, phone),
    owner,
    input: {
      ...{ ...what, eventId, closesAt, place: null, via, inviteIndex: 1 },
      ...{ phone, name, organizerName, ourNumber, code },
      voted: votedOf(context, event),
    },
  };
}

function votedOf(context: Context, { newsId, tells }: Decision): Voted | null {
  const { id: cycleId, invitedAt, promptedAt, reply, replies, unknowns } = context;
  const { reminders, timedOut, delivery, endedAt } = context;
  if (invitedAt === null || delivery === 'queued' || delivery === 'failed') return null;
  return {
    ...{ cycleId, newsId, tells, invitedAt, promptedAt, reply, replies, unknowns },
    ...{ reminders, timedOut: [...timedOut], delivery, endedAt },
  };
}
