/* Editing an event and calling it off: reading what is wanted, and the transaction actor that does it. */
import type { Change, Changed, ChangeEvent, Field } from '../../machines/event-change.model.ts';
import { gatheringIdOf } from '../../machines/gathering-news.ts';
import type { Send } from '../../machines/kit.ts';
import { whenText } from '../../machines/when.ts';
import type { TransactionScope } from '../engine/index.ts';
import { changeEvent as change, type EventRow, lockEvent, setEventState } from '../store/events.ts';

type Scope = Pick<TransactionScope, 'tx' | 'at' | 'self' | 'send'>;

/** What an invitee is told; the rest of an event is for the organizer's eyes. */
const TOLD: readonly Field[] = ['title', 'when', 'where'];

/**
 * `changeEvent`: changes the event, and steps its gathering in the same commit, so that the gathering's
 * times never follow another date than the event's.
 */
export async function changeEvent(
  { newsId, eventId, change: wanted }: ChangeEvent,
  scope: Scope,
): Promise<Changed> {
  const { tx, at, self } = scope;
  const event = await lockEvent(tx, { organizerId: self.owner, eventId });
  if (event === undefined) return { outcome: 'not_found' };
  if (wanted.kind === 'cancel' && event.state === 'cancelled') return { outcome: 'unchanged' };
  if (!isToCome(event, at)) return { outcome: 'over' };
  const { crewId } = event;
  const of = { organizerId: self.owner, eventId };
  if (wanted.kind === 'cancel') {
    await setEventState(tx, { ...of, state: 'cancelled' });
    const unheard = await tell(scope, eventId, { type: 'event.cancelled', newsId });
    return { outcome: 'changed', crewId, fields: [], unheard };
  }
  const next = editedOf(event, wanted);
  const fields = fieldsOf(event, next);
  if (fields.length === 0) return { outcome: 'unchanged' };
  const moved = fields.includes('when');
  if (moved && isTooSoon(next, event)) return { outcome: 'answers_too_late' };
  const { title, startsAt, timeZone, place } = next;
  await change(tx, { ...of, ...next });
  if (!fields.some((field) => TOLD.includes(field))) {
    return { outcome: 'changed', crewId, fields, unheard: null };
  }
  const read = startsAt === null ? null : whenText(startsAt, timeZone ?? 'UTC', at);
  const unheard = await tell(scope, eventId, {
    ...{ type: 'event.changed', newsId, moved, answerBy: next.answerBy },
    ...{ title, startsAt, whenText: read, place },
  });
  return { outcome: 'changed', crewId, fields, unheard };
}

const isToCome = ({ state, startsAt }: EventRow, at: number): boolean =>
  (state === 'live' || state === 'finalized') && (startsAt === null || startsAt > at);

/** The gathering hears of it now; the event comes back where it has not begun yet. */
async function tell(
  { self: { owner }, send }: Scope,
  eventId: string,
  event: Send['event'],
): Promise<Send['event'] | null> {
  return (await send({ to: gatheringIdOf(eventId), owner, event })) ? null : event;
}

type What = Pick<EventRow, 'title' | 'startsAt' | 'timeZone' | 'place' | 'details'> &
  Pick<EventRow['rules'], 'answerBy'>;

/** It would begin before answers are wanted, and never settle by that. Of one that is final, none are. */
const isTooSoon = ({ startsAt, answerBy }: What, { state }: EventRow): boolean =>
  state === 'live' && startsAt !== null && answerBy !== null && answerBy >= startsAt;

function editedOf(event: EventRow, wanted: Extract<Change, { kind: 'edit' }>): What {
  const { title = event.title, place = event.place, details = event.details, when } = wanted;
  const { startsAt, timeZone } =
    when === undefined ? event : (when ?? { startsAt: null, timeZone: null });
  const answerBy = wanted.answerBy === null ? null : event.rules.answerBy;
  return { title, place, details, startsAt, timeZone, answerBy };
}

const fieldsOf = (before: Omit<What, 'answerBy'>, after: What): readonly Field[] => [
  ...(before.title === after.title ? [] : (['title'] as const)),
  ...(before.startsAt === after.startsAt && before.timeZone === after.timeZone
    ? []
    : (['when'] as const)),
  ...(before.place === after.place ? [] : (['where'] as const)),
  ...(before.details === after.details ? [] : (['details'] as const)),
];
