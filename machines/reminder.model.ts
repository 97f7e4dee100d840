/* Reminder: what comes in, what is remembered, who is meant, and what goes out in the end. */
import { z } from 'zod';
import { AUDIENCES, type Audience, REPLIES } from '../src/behavior/vocabulary.ts';
import { type Begun, defineEvents, type Problem, type Send } from './kit.ts';
import { endingEvents, Organizer } from './organizer.ts';
import { MAX_PEOPLE } from './people.ts';
import { eitherTargetEvents, OfferedTarget, Target, Wanted, wantedOf } from './target.ts';

const whom = {
  audience: z.enum(AUDIENCES),
  /** Who is meant by `selected`: numbers as the view shows them. */
  phones: z.array(z.string().max(40)).max(MAX_PEOPLE).optional(),
};

export const events = defineEvents({
  ...eitherTargetEvents,
  'organizer.chose_audience': z.strictObject(whom),
  /** Whoever has not answered, then. */
  'organizer.skipped': z.strictObject({}),
  'organizer.went_back': z.strictObject({}),
  'organizer.tried_again': z.strictObject({}),
  ...endingEvents,
});
export type Event = typeof events.type;
export type Whom = { readonly audience: Audience; readonly phones?: readonly string[] | undefined };

/** What is not said is asked: which event or sync-up, and who. */
export const input = z.strictObject({
  organizer: Organizer,
  eventId: z.uuid().optional(),
  syncupId: z.uuid().optional(),
  audience: whom.audience.optional(),
  phones: whom.phones,
});

/** Whether somebody would get a reminder now, and if not, why. */
export const STANDINGS = ['ready', 'recent', 'opted_out', 'unreached'] as const;

export const Invited = z.strictObject({
  name: z.string(),
  phone: z.string(),
  reply: z.enum(REPLIES),
  standing: z.enum(STANDINGS),
});
export type Invited = z.output<typeof Invited>;

export const context = z.strictObject({
  id: z.uuid(),
  owner: z.uuid(),
  begunAt: z.int(),
  /** The one that is wanted; it is `about` once it has been found. */
  wanted: Wanted.nullable(),
  about: Target.nullable(),
  /** The one that was wanted and is not open. */
  missing: Wanted.nullable(),
  /** Those that may be chosen, as last looked up. */
  offered: z.array(OfferedTarget),
  /** Who is invited, as last looked up. */
  invited: z.array(Invited),
  audience: z.enum(AUDIENCES).nullable(),
  phones: z.array(z.string()),
  /** Whether anything was asked: a flow cannot drop off before. */
  asked: z.boolean(),
  /** How often sending was tried. */
  tries: z.int(),
  recipients: z.int(),
  suppressedRecent: z.int(),
  suppressedOptOut: z.int(),
});
export type Context = z.output<typeof context>;

export type Input = Begun & z.output<typeof input> & { readonly resume?: Partial<Context> };

/** A resumed run is about the same one; who is meant is asked again, since replies have come since. */
export const begin = ({ id, owner, at, audience, phones, resume, ...named }: Input): Context => ({
  ...{ id, owner, begunAt: at },
  wanted: wantedOf(named) ?? resume?.wanted ?? null,
  ...{ about: null, missing: null, offered: [], invited: [] },
  audience: audience ?? null,
  phones: phones ?? [],
  ...{ asked: false, tries: 0 },
  ...{ recipients: 0, suppressedRecent: 0, suppressedOptOut: 0 },
});

/** What was wanted, with everybody who is invited to it. */
export type FoundInvitees =
  | { readonly found: true; readonly about: Target; readonly invited: readonly Invited[] }
  | { readonly found: false };

export const found = (output: FoundInvitees): Partial<Context> =>
  output.found ? { about: output.about, offered: [], invited: [...output.invited] } : {};

/** Whether an audience means this person, whatever keeps a reminder from them. */
export function isMeant(person: Pick<Invited, 'phone' | 'reply'>, { audience, phones }: Whom) {
  if (audience === 'all') return true;
  if (audience === 'selected') return phones?.includes(person.phone) ?? false;
  return person.reply === (audience === 'non_responders' ? 'none' : 'unknown');
}

/** How many people of an audience would get a reminder now. */
export const readyFor = (invited: readonly Invited[], whom: Whom): number =>
  invited.filter((person) => person.standing === 'ready' && isMeant(person, whom)).length;

/** Those whose answer is waited for. */
export const waitsFor = (invited: readonly Invited[]): boolean =>
  (['non_responders', 'unknown_replies'] as const).some(
    (audience) => readyFor(invited, { audience }) > 0,
  );

/** What is wrong with an audience; nothing where somebody would get a reminder. */
export function whomProblems(invited: readonly Invited[], whom: Whom): readonly Problem[] {
  const strangers = strangersIn(invited, whom);
  if (strangers.length > 0) return strangers;
  const path = whom.audience === 'selected' ? 'phones' : 'audience';
  return readyFor(invited, whom) > 0 ? [] : [{ path, code: 'nobody_to_remind' }];
}

/** Numbers that were selected and are not invited; and that none was selected. */
export function strangersIn(invited: readonly Invited[], whom: Whom): readonly Problem[] {
  if (whom.audience !== 'selected') return [];
  if ((whom.phones ?? []).length === 0) return [{ path: 'phones', code: 'nobody_selected' }];
  const known = new Set(invited.map(({ phone }) => phone));
  return (whom.phones ?? []).flatMap((phone, index) =>
    known.has(phone) ? [] : [{ path: `phones.${index}`, code: 'not_invited' }],
  );
}

/** What `remind` is asked for, and what it has kept: who is reminded by this reminder of that number. */
export type Remind = Whom & { readonly of: Wanted | null };
export type Reminded = {
  readonly invitationIds: readonly string[];
  readonly suppressedRecent: number;
  readonly suppressedOptOut: number;
  /** The how manieth reminder of the event or sync-up it is; 0 where none goes out. */
  readonly index: number;
};

export const outcomeOf = ({
  invitationIds,
  suppressedRecent,
  suppressedOptOut,
}: Reminded): Partial<Context> => ({
  ...{ recipients: invitationIds.length, suppressedRecent, suppressedOptOut },
});

/** Every invitation hears of it and texts its invitee itself. */
export const remindersOf = ({ id, owner }: Context, { invitationIds }: Reminded): readonly Send[] =>
  invitationIds.map((to) => ({ to, owner, event: { type: 'gathering.reminded', reminderId: id } }));
