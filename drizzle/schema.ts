/*
 * The tables, each with a sentence that says what one row is. The source of the migrations.
 *
 * Every table of an owner has `organizer_id` first in its primary key, so that the same schema runs
 * distributed by it (docs/architecture.md, "Citus"). No trigger, no foreign key across owners, no
 * default that reads a clock or a random number: the application supplies times and ids.
 *
 * What each step writes and hardly any statement looks into is `json`, kept as it comes: to make `jsonb` of it was a
 * sixth of what a step costs PostgreSQL (docs/architecture.md).
 */
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  json,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

const instant = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** One row is one persisted run of a chart: its snapshot, its timers, its keys and what the log knows of it. */
export const instances = pgTable(
  'instances',
  {
    organizerId: uuid('organizer_id').notNull(),
    id: uuid('id').notNull(),
    machine: text('machine').notNull(),
    version: text('version').notNull(),
    status: text('status').notNull(),
    state: text('state').notNull(),
    snapshot: json('snapshot').notNull(),
    /** Commits so far; a write names the one it saw. */
    seq: integer('seq').notNull(),
    /** Log entries so far; the completeness query holds the log against it. */
    entries: integer('entries').notNull(),
    /** { timer id: { event, armedAt, dueAt } }, epoch ms. */
    timers: jsonb('timers').notNull(),
    wakeAt: instant('wake_at'),
    /** The last 32 idempotency keys, each as a short text of the key and of what it was used for. */
    keys: json('keys').notNull(),
    /** { invoke id: job id } of the jobs whose result is still wanted. */
    calls: jsonb('calls').notNull(),
    /** What the inspector remembers between steps. */
    trace: json('trace').notNull(),
    sessionId: uuid('session_id'),
    crewId: uuid('crew_id'),
    eventId: uuid('event_id'),
    syncupId: uuid('syncup_id'),
    phone: text('phone'),
    begunAt: instant('begun_at').notNull(),
    steppedAt: instant('stepped_at').notNull(),
    /** The last activity of a session that is no step; flushed at most every 5 s. */
    seenAt: instant('seen_at'),
    /** How often the next thing to do has thrown, and since when the instance is parked. */
    tries: integer('tries').notNull(),
    parkedAt: instant('parked_at'),
  },
  (t) => [
    primaryKey({ columns: [t.organizerId, t.id] }),
    index('instances_wake').on(t.wakeAt).where(sql`wake_at is not null`),
    index('instances_session').on(t.organizerId, t.sessionId).where(sql`session_id is not null`),
    // Not by organizer first: the planner would take it for the primary key where most have one instance.
    index('instances_machine').on(t.machine, t.organizerId, t.begunAt),
    index('instances_parked').on(t.parkedAt).where(sql`parked_at is not null`),
    check('instances_status', sql`status in ('active', 'done', 'error')`),
    check('instances_seq', sql`seq >= 1 and entries >= 0`),
  ],
);

/** One row is one promise made by a commit: an event to send, an instance to start, an actor to run. */
export const jobs = pgTable(
  'jobs',
  {
    organizerId: uuid('organizer_id').notNull(),
    /** Sorts by the time and the order of the commit that made it; also its idempotency key. */
    id: uuid('id').notNull(),
    kind: text('kind').notNull(),
    /** Jobs of one lane are done one after the other, in order of id. */
    lane: uuid('lane').notNull(),
    payload: jsonb('payload').notNull(),
    /** When it may be claimed, by the clock of who promised it. */
    dueAt: instant('due_at').notNull(),
    /** When who has claimed it must be done or have renewed, by the server's clock; null while it is nobody's. */
    leasedUntil: instant('leased_until'),
    tries: integer('tries').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizerId, t.id] }),
    index('jobs_due').on(t.dueAt),
    // Not by organizer first: where the table was empty when it was analyzed, the planner takes the primary key for it.
    index('jobs_lane').on(t.lane, t.id),
    check('jobs_kind', sql`kind in ('send', 'start', 'actor')`),
  ],
);

/** One row is what one commit of one instance adds to the log, until the projector has moved it. */
export const logOutbox = pgTable(
  'log_outbox',
  {
    organizerId: uuid('organizer_id').notNull(),
    source: uuid('source').notNull(),
    seq: integer('seq').notNull(),
    at: instant('at').notNull(),
    entries: json('entries').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizerId, t.source, t.seq] }),
    index('log_outbox_at').on(t.at),
  ],
);

/** One row is a log row that could not be written as it is, with the reason, until it is replayed. */
export const logQuarantine = pgTable(
  'log_quarantine',
  {
    id: uuid('id').notNull(),
    at: instant('at').notNull(),
    reason: text('reason').notNull(),
    row: jsonb('row').notNull(),
    replayedAt: instant('replayed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.id] }),
    check('log_quarantine_row', sql`jsonb_typeof("row") = 'object'`),
  ],
);

/** One row is one organizer, made at the first session; the name is what invitees read. */
export const organizers = pgTable(
  'organizers',
  {
    organizerId: uuid('organizer_id').notNull(),
    name: text('name').notNull(),
    country: text('country').notNull(),
    timeZone: text('time_zone').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizerId] })],
);

/** One row is one device that an organizer is pushed to: where the push service finds its app. */
export const devices = pgTable(
  'devices',
  {
    organizerId: uuid('organizer_id').notNull(),
    /** As sessions know it; a device's own id is not kept. */
    id: uuid('id').notNull(),
    token: text('token').notNull(),
    registeredAt: instant('registered_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizerId, t.id] }),
    /** A token that another organizer registers is taken from the one before. */
    index('devices_token').on(t.token),
  ],
);

/** One row is one crew: people whom an organizer invites again and again. */
export const crews = pgTable(
  'crews',
  {
    organizerId: uuid('organizer_id').notNull(),
    id: uuid('id').notNull(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizerId, t.id] })],
);

/** One row is one person in one crew. */
export const crewMembers = pgTable(
  'crew_members',
  {
    organizerId: uuid('organizer_id').notNull(),
    crewId: uuid('crew_id').notNull(),
    phone: text('phone').notNull(),
    name: text('name').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizerId, t.crewId, t.phone] }),
    check('crew_members_phone', sql`phone ~ '^\\+[1-9][0-9]{6,14}$'`),
  ],
);

/** One row is one event: what, when and where. */
export const events = pgTable(
  'events',
  {
    organizerId: uuid('organizer_id').notNull(),
    id: uuid('id').notNull(),
    crewId: uuid('crew_id'),
    title: text('title').notNull(),
    startsAt: instant('starts_at'),
    timeZone: text('time_zone'),
    place: text('place'),
    details: text('details'),
    state: text('state').notNull(),
    /** Its gathering settles it by these, where the organizer chose so: docs/architecture.md. */
    quorum: integer('quorum'),
    answerBy: instant('answer_by'),
    whenAllAnswered: boolean('when_all_answered').notNull().default(false),
    /** People are reminded so many minutes before it starts. */
    remindMin: integer('remind_min'),
    /** When it became final, by the organizer or by itself. */
    finalizedAt: instant('finalized_at'),
    /** How often the organizer has sent reminders of it. */
    reminders: integer('reminders').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizerId, t.id] }),
    check('events_state', sql`state in ('live', 'finalized', 'cancelled', 'closed')`),
    check('events_rules', sql`quorum >= 1 and remind_min >= 1`),
  ],
);

/** One row is one sync-up: a poll of two to nine options, in the order of their numbers. */
export const syncups = pgTable(
  'syncups',
  {
    organizerId: uuid('organizer_id').notNull(),
    id: uuid('id').notNull(),
    crewId: uuid('crew_id'),
    title: text('title'),
    /** { label, startsAt, timeZone }[], each null where it has none; instants in epoch ms. */
    options: jsonb('options').notNull(),
    voting: text('voting').notNull(),
    deadlineAt: instant('deadline_at'),
    /** By what it ends before its time, and whether its winner becomes an event by itself. */
    quorum: integer('quorum'),
    whenAllAnswered: boolean('when_all_answered').notNull().default(false),
    finalizes: boolean('finalizes').notNull().default(false),
    state: text('state').notNull(),
    /** How often the organizer has sent reminders of it. */
    reminders: integer('reminders').notNull().default(0),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizerId, t.id] }),
    check('syncups_voting', sql`voting in ('single', 'multi')`),
    check('syncups_options', sql`jsonb_array_length(options) between 2 and 9`),
    check('syncups_rules', sql`quorum >= 1`),
    check('syncups_state', sql`state in ('live', 'finalized', 'closed')`),
  ],
);

/** One row is one person invited to one event or sync-up, and where the reply stands. Its id is the cycle's. */
export const invitations = pgTable(
  'invitations',
  {
    organizerId: uuid('organizer_id').notNull(),
    id: uuid('id').notNull(),
    eventId: uuid('event_id'),
    syncupId: uuid('syncup_id'),
    phone: text('phone').notNull(),
    name: text('name').notNull(),
    reply: text('reply').notNull(),
    /** The numbers of the options voted for; null without a vote. */
    choices: jsonb('choices'),
    guests: integer('guests').notNull(),
    delivery: text('delivery').notNull(),
    /** When the organizer last sent a reminder to this person; the reminder itself keeps it. */
    remindedAt: instant('reminded_at'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizerId, t.id] }),
    index('invitations_event').on(t.organizerId, t.eventId),
    index('invitations_syncup').on(t.organizerId, t.syncupId),
    check('invitations_reply', sql`reply in ('none', 'yes', 'no', 'vote', 'unknown')`),
  ],
);

/** One row is one outbound text and its delivery, which only moves forward. The body is dropped once accepted. */
export const messages = pgTable(
  'messages',
  {
    organizerId: uuid('organizer_id').notNull(),
    id: uuid('id').notNull(),
    phone: text('phone').notNull(),
    purpose: text('purpose').notNull(),
    status: text('status').notNull(),
    /** The number of ours that it went from, once the carrier has it and has said so. */
    ourNumber: text('our_number'),
    sid: text('sid'),
    providerCode: integer('provider_code'),
    queuedAt: instant('queued_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizerId, t.id] }),
    index('messages_phone').on(t.phone, t.queuedAt),
    /** A status callback names the text alone. */
    index('messages_id').on(t.id),
    index('messages_sid').on(t.sid).where(sql`sid is not null`),
  ],
);

/** One row is one inbound SMS as it was understood, kept for ever under its sid. Its words are never stored. */
export const inboundMessages = pgTable(
  'inbound_messages',
  {
    phone: text('phone').notNull(),
    sid: text('sid').notNull(),
    id: uuid('id').notNull(),
    ourNumber: text('our_number').notNull(),
    bodyHash: text('body_hash').notNull(),
    readings: jsonb('readings').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.phone, t.sid] })],
);

/** One row is one question that a phone may answer: an invitation's, from the moment its text is queued. */
export const smsPrompts = pgTable(
  'sms_prompts',
  {
    phone: text('phone').notNull(),
    id: uuid('id').notNull(),
    ourNumber: text('our_number').notNull(),
    organizerId: uuid('organizer_id').notNull(),
    kind: text('kind').notNull(),
    /** The letter by which a reply may name it, of those free for the phone when it was asked. */
    code: text('code'),
    options: integer('options'),
    /** What the options are called, in the order of their numbers, and whether several may be chosen. */
    labels: jsonb('labels'),
    multi: boolean('multi'),
    /** Who asks and about what, as its texts say it: where a reply fits two, these are named. */
    organizerName: text('organizer_name'),
    title: text('title'),
    state: text('state').notNull(),
    promptedAt: instant('prompted_at').notNull(),
    closedAt: instant('closed_at'),
  },
  (t) => [
    primaryKey({ columns: [t.phone, t.id] }),
    index('sms_prompts_open').on(t.phone, t.ourNumber, t.state),
    check('sms_prompts_kind', sql`kind in ('event', 'syncup')`),
    check('sms_prompts_state', sql`state in ('queued', 'open', 'answered', 'timed_out', 'closed')`),
  ],
);

/** One row is one phone that has ever told us something about itself: opted out or not, for all organizers. */
export const phones = pgTable('phones', {
  phone: text('phone').primaryKey(),
  optedOut: boolean('opted_out').notNull(),
  updatedAt: instant('updated_at').notNull(),
});

/** One row is one sender of ours that is paced, and from when on it is free: a text that waits has its turn before. */
export const senders = pgTable('senders', {
  ourNumber: text('our_number').primaryKey(),
  freeAt: instant('free_at').notNull(),
});
