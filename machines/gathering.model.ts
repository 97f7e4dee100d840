/* A gathering: what comes in, what is remembered, and when it settles by itself. */
import { z } from 'zod';
import { answerEvents, type newsEvents, type Told } from './gathering-news.ts';
import { atOf, type Begun, days, defineEvents, derivedId, minutes, type Send } from './kit.ts';
import { NEAR_MS, noticeOf } from './noticing.ts';

/** By what a gathering settles itself; the organizer chose so, or chose nothing. */
export const Rules = z.strictObject({
  /** As soon as so many have said yes; at the other times no fewer must have. */
  quorum: z.int().min(1).nullable(),
  /** Epoch ms by which answers are wanted. */
  answerBy: z.int().nullable(),
  /** When nobody is left to answer. */
  whenAllAnswered: z.boolean(),
  /** Reminds everybody who is not staying away, so many minutes before it starts. */
  remindMin: z.int().min(1).nullable(),
});
export type Rules = z.output<typeof Rules>;

export const NO_RULES: Rules = {
  ...{ quorum: null, answerBy: null, whenAllAnswered: false, remindMin: null },
};

/** What people meet at: the part of an event that its invitees are told. Instants are epoch ms. */
const occasion = {
  title: z.string(),
  startsAt: z.int().nullable(),
  /** Ready to be read; null where there is no date. */
  whenText: z.string().nullable(),
  place: z.string().nullable(),
};

export const events = defineEvents({
  ...answerEvents,
  /** The organizer made it final. */
  'event.finalized': z.strictObject({ newsId: z.uuid(), notify: z.boolean() }),
  /** The organizer changed something that invitees are told. */
  'event.changed': z.strictObject({
    ...{ newsId: z.uuid(), moved: z.boolean(), ...occasion },
    /** Epoch ms by which answers are wanted now; absent in changes of old. */
    answerBy: z.int().nullable().optional(),
  }),
  /** The organizer called it off. */
  'event.cancelled': z.strictObject({ newsId: z.uuid() }),
});
export type Event = typeof events.type;
export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>;

export const input = z.strictObject({
  eventId: z.uuid(),
  crewId: z.uuid().nullable(),
  ...occasion,
  rules: Rules,
});
export type Input = Begun & z.output<typeof input>;

/** News that the invitations have not heard yet. */
const News = z.strictObject({
  id: z.uuid(),
  kind: z.enum(['reminded', 'finalized', 'changed', 'cancelled']),
  moved: z.boolean(),
});
export type News = z.output<typeof News>;

export const context = z.strictObject({
  ...input.shape,
  id: z.uuid(),
  owner: z.uuid(),
  /** From when its times are counted: when it was last told of its date. */
  since: z.int(),
  state: z.enum(['live', 'finalized', 'cancelled']),
  /** Whether the time by which answers were wanted has passed. */
  overdue: z.boolean(),
  /** Whether it has reminded people of this date. */
  reminded: z.boolean(),
  /** In the order in which it came about. */
  news: z.array(News),
  /** How often what is under way was tried. */
  tries: z.int(),
});
export type Context = z.output<typeof context>;

export const begin = ({ at, ...given }: Input): Context => ({
  ...given,
  ...{ since: at, state: 'live', overdue: false, reminded: false, news: [], tries: 0 },
});

/** How an event's invitees stand; `waiting` are those whose yes or no may still come. */
export type Standing = { readonly yes: number; readonly waiting: number };

/** Whether a gathering has what it waited for. It never settles without anybody who comes. */
export function isSettled(rules: Rules, overdue: boolean, { yes, waiting }: Standing): boolean {
  if (yes < (rules.quorum ?? 1)) return false;
  if (rules.quorum !== null) return true;
  return overdue || (rules.whenAllAnswered && waiting === 0);
}

/** Whether an answer could settle it. */
export const waitsForAnswers = ({ state, rules, overdue }: Context): boolean =>
  state === 'live' && (rules.quorum !== null || rules.whenAllAnswered || overdue);

/** Without a date, people are waited for so long: from when they were told, or from when answers are wanted. */
const DATELESS_MS = days(14);

/** Epoch ms after which a reply comes too late; null where that is so long after it was told, `at`. */
export const closesAtOf = (
  event: { readonly startsAt: number | null; readonly answerBy: number | null },
  at: number,
): number | null => {
  const { startsAt, answerBy } = event;
  return startsAt ?? (answerBy !== null && answerBy > at ? answerBy + DATELESS_MS : null);
};

const closesAt = ({ startsAt, rules, since }: Context): number | null =>
  closesAtOf({ startsAt, answerBy: rules.answerBy }, since);

export const closingMs = (context: Context): number =>
  Math.max(0, (closesAt(context) ?? context.since + DATELESS_MS) - context.since);

/** What was not chosen lies after the end, and so never comes. */
const neverMs = (context: Context): number => closingMs(context) + minutes(1);

export const answerByMs = (context: Context): number => {
  const { rules, since, overdue } = context;
  return rules.answerBy === null || overdue
    ? neverMs(context)
    : Math.max(0, rules.answerBy - since);
};

/** Where the deadline was near when it was chosen, its organizer knows. */
export const deadlineNearMs = (context: Context): number => {
  const { rules, since } = context;
  const at = (rules.answerBy ?? 0) - NEAR_MS;
  return rules.answerBy === null || at <= since ? neverMs(context) : at - since;
};

/** Where the time has passed before it was chosen, people have only just been told. */
export const remindMs = (context: Context): number => {
  const { rules, since, startsAt, reminded } = context;
  if (rules.remindMin === null || startsAt === null || reminded) return neverMs(context);
  const at = startsAt - minutes(rules.remindMin);
  return at <= since ? neverMs(context) : at - since;
};

/** The organizer's devices hear that answers are wanted soon. */
export const deadlineNews = ({
  context,
  event,
}: {
  readonly context: Context;
  readonly event: object;
}): Send => {
  const { owner, eventId: targetId, crewId, title } = context;
  const at = atOf(event);
  return noticeOf({ owner, at, target: 'event', targetId, crewId, title }, 'deadline_near');
};

/** `settleEvent` finalizes where the rules say so; `listInvited` says who hears of it. */
export type SettleEvent = {
  readonly eventId: string;
  readonly rules: Rules;
  readonly overdue: boolean;
};
export type Settled = { readonly settled: boolean };
export type Listed = {
  readonly invited: readonly { readonly id: string; readonly tells: boolean }[];
};

export const newsOf = (
  context: Context,
  piece: Pick<News, 'id' | 'kind'> & Partial<News>,
): Pick<Context, 'news' | 'tries'> => ({
  news: [...context.news, { moved: false, ...piece }],
  tries: 0,
});

/** What it tells of itself: one id for one date, so that telling twice tells once. */
export const ownNews = (
  { id, startsAt }: Context,
  kind: 'reminded' | 'finalized',
): Pick<News, 'id' | 'kind'> => ({
  ...{ kind, id: derivedId(id, kind === 'finalized' ? kind : `${kind}:${startsAt ?? ''}`) },
});

/** Each invitation hears everything in the order in which it came about. */
export function tellingOf(context: Context, { invited }: Listed): readonly Send[] {
  const { title, whenText, place } = context;
  const told = { title, whenText, place, closesAt: closesAt(context) };
  return invited.flatMap(({ id: to, tells }) =>
    context.news.flatMap((piece) => {
      const event = newsEventOf(piece, told, tells);
      return event === null ? [] : [{ to, owner: context.owner, event }];
    }),
  );
}

type NewsEvent = {
  [K in keyof typeof newsEvents]: { type: K } & z.output<(typeof newsEvents)[K]>;
}[keyof typeof newsEvents];

function newsEventOf({ id, kind, moved }: News, told: Told, tells: boolean): NewsEvent | null {
  const common = { newsId: id, tells };
  if (kind === 'changed') return { type: 'gathering.changed', ...common, ...told, moved };
  if (kind !== 'reminded') return { type: `gathering.${kind}`, ...common };
  return tells ? { type: 'gathering.reminded', reminderId: id, automatic: true } : null;
}
