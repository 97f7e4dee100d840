/* What an organizer may look at of sync-ups. Looking is no activity and logs nothing. */
import { z } from 'zod';
import { syncupOf, syncupsOf } from '../domain/syncups.ts';
import { idOf } from './check.ts';
import type { ApiDeps } from './deps.ts';
import { notFound } from './problems.ts';
import { Delivery, Person, Reply } from './read-routes.ts';
import { callerOf, paramOf, type Route } from './route.ts';
import { VoteTally } from './tallies.ts';

const Option = z.strictObject({
  label: z.string().nullable(),
  startsAt: z.iso.datetime().nullable(),
  timeZone: z.string().nullable(),
});

const VotedOption = Option.extend({ votes: z.int() });

export const ListedSyncup = z.strictObject({
  id: z.uuid(),
  crewId: z.uuid().nullable(),
  title: z.string().nullable(),
  /** In the order of their numbers, which begin at 1. */
  options: z.array(VotedOption),
  voting: z.enum(['single', 'multi']),
  deadlineAt: z.iso.datetime().nullable(),
  /**
   * Until when votes count, deadline or not; whether it ends before that when so many have voted, or when
   * nobody is left to answer; and whether its winner then becomes an event by itself.
   */
  rules: z.strictObject({
    closesAt: z.iso.datetime(),
    quorum: z.int().nullable(),
    ...{ whenAllAnswered: z.boolean(), finalizes: z.boolean() },
  }),
  state: z.enum(['live', 'finalized', 'closed']),
  /** The event that it has become. */
  eventId: z.uuid().nullable(),
  createdAt: z.iso.datetime(),
  tally: VoteTally,
});

export const Syncup = ListedSyncup.extend({
  /** Who has not voted, or was not understood. */
  waitingFor: z.array(Person),
  invitees: z.array(
    Person.extend({
      reply: Reply,
      choices: z.array(z.int()).nullable(),
      delivery: Delivery,
      remindedAt: z.iso.datetime().nullable(),
    }),
  ),
});

export const syncupRoutes = (deps: ApiDeps): readonly Route[] => [
  {
    method: 'get',
    path: '/v1/syncups',
    access: 'organizer',
    summary: 'List sync-ups, latest first',
    answers: {
      200: { description: 'Sync-ups.', schema: z.strictObject({ syncups: z.array(ListedSyncup) }) },
    },
    handle: async (ctx) => {
      const syncups = await syncupsOf(deps.domain.sql, callerOf(ctx).owner);
      ctx.body = { syncups: syncups.map(shown) };
    },
  },
  {
    method: 'get',
    path: '/v1/syncups/{id}',
    access: 'organizer',
    summary: 'Read a sync-up, the votes for its options, and who has not voted',
    answers: { 200: { description: 'The sync-up.', schema: Syncup } },
    problems: ['not_found'],
    handle: async (ctx) => {
      const of = { organizerId: callerOf(ctx).owner, syncupId: idOf(paramOf(ctx, 'id')) };
      const syncup = await syncupOf(deps.domain.sql, of);
      if (syncup === undefined) throw notFound();
      const invitees = syncup.invitees.map(({ remindedAt, ...invitee }) => ({
        ...invitee,
        remindedAt: isoOf(remindedAt),
      }));
      ctx.body = { ...shown(syncup), invitees };
    },
  },
];

type Timed = {
  readonly organizerId: string;
  readonly options: readonly { readonly startsAt: number | null }[];
  readonly deadlineAt: number | null;
  readonly rules: { readonly closesAt: number };
  readonly createdAt: number;
};

/** Instants as text, and without the owner, who is the reader. */
const shown = <T extends Timed>({ organizerId: _, ...syncup }: T) => ({
  ...syncup,
  options: syncup.options.map((option) => ({ ...option, startsAt: isoOf(option.startsAt) })),
  deadlineAt: isoOf(syncup.deadlineAt),
  rules: { ...syncup.rules, closesAt: isoOf(syncup.rules.closesAt) },
  createdAt: isoOf(syncup.createdAt),
});

const isoOf = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString();
