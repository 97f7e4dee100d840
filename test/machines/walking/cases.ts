/*
 * What a walk cannot find out by itself: how each chart is begun, what its actors may answer, and the few
 * events whose fields must fit what the chart remembers.
 */
import type { Context as EventContext } from '../../../machines/event-creation.model.ts';
import type { Context as InvitationContext } from '../../../machines/event-invitation.model.ts';
import { NO_RULES } from '../../../machines/gathering.model.ts';
import type { Context as SyncupContext } from '../../../machines/syncup-creation.model.ts';
import type { Context as PollContext } from '../../../machines/syncup-invitation.model.ts';
import type { SendTextOutput, TextContext } from '../../../machines/text.model.ts';
import { ID, PHONE } from './samples.ts';

export type Event = { readonly type: string; readonly [field: string]: unknown };

export type ChartCases = {
  readonly inputs: readonly Readonly<Record<string, unknown>>[];
  /** Every kind of answer, by the actor's name. */
  readonly outcomes: Readonly<Record<string, readonly unknown[]>>;
  /** Actors that answer after the commit; all others answer within it, before anything else can come. */
  readonly jobs?: readonly string[];
  readonly events: (context: never) => readonly Event[];
};

const organizer = { name: 'Maya', country: 'US', timeZone: 'Europe/Lisbon' };
const OTHER_PICKER = '88888888-8888-4888-8888-888888888888';
const person = { name: 'Bo', phone: PHONE };
const other = { name: 'Cy', phone: '+14155550102' };
const dinner = { id: ID, title: 'Dinner', startsAt: null, timeZone: null };
const gathering = { eventId: ID, crewId: null, title: 'Dinner', whenText: null, place: null };
const decided = {
  ...{ eventId: ID, crewId: null, title: 'Dinner: Beach' },
  ...{ startsAt: Date.UTC(2026, 5, 5, 19), timeZone: 'UTC', whenText: 'Fri Jun 5, 7 PM' },
};
const SID = `SM${'0'.repeat(32)}`;
const ballot = [2, 2].map((votes, n) => ({ text: `Day ${n + 1}`, startsAt: null, votes }));
const made = { votes: [2, 2], tie: true, event: decided, invitees: 2, suppressedOptOut: 0 };
const toEvent = {
  ...{ eventId: ID, crewId: null, phone: PHONE, name: 'Bo', organizerName: 'Maya' },
  ...{ title: 'Dinner', whenText: null, place: null, via: 'flow', inviteIndex: 1 },
};
const voted = {
  ...{ cycleId: ID, newsId: ID, tells: true, reply: 'vote', replies: 1, unknowns: 0 },
  ...{ reminders: 0, timedOut: [], delivery: 'sent', endedAt: Date.UTC(2026, 5, 1, 11) },
  ...{ invitedAt: Date.UTC(2026, 5, 1, 10), promptedAt: Date.UTC(2026, 5, 1, 10) },
};
const people: readonly Event[] = [
  { type: 'organizer.opened_picker', pickerId: OTHER_PICKER, picker: 'ios_native' },
  { type: 'organizer.picked_people', pickerId: OTHER_PICKER, people: [person] },
  { type: 'organizer.picked_people', pickerId: ID, people: [person] },
  { type: 'organizer.typed_person', person },
  { type: 'organizer.removed_person', phone: PHONE },
];

const tried = { tries: 1 };
const unsent = { providerCode: 20429, httpStatus: 429, tries: 1 };
const sent: readonly SendTextOutput[] = [
  {
    ...{ kind: 'accepted', sid: SID, status: 'queued', provider: 'emulator' },
    ...{ segments: 1, encoding: 'gsm7', providerMs: 40, tries: 1 },
  },
  { kind: 'withheld', reason: 'opted_out' },
  { kind: 'withheld', reason: 'expired' },
  { kind: 'quiet', until: Date.UTC(2026, 5, 2, 8) },
  { kind: 'paced', until: Date.UTC(2026, 5, 1, 13) },
  { kind: 'held' },
  { kind: 'missing' },
  { kind: 'rejected', reason: 'bad_number', ...unsent },
  { kind: 'rejected', reason: 'opted_out', ...unsent },
  { kind: 'retry', retryAfterMs: null, ...unsent },
  { kind: 'unknown', ...tried },
];

const heldReading = { kind: 'yes', choices: [], guests: null, reason: null, rule: 'none' };

export const CASES: Readonly<Record<string, ChartCases>> = {
  session: {
    inputs: [{ platform: 'web', appVersion: '1.2.3', device: ID, previousSessionId: null }],
    outcomes: { endFlows: [{ actions: 1 }], renewSession: [{ actions: 1 }] },
    events: () => [],
  },
  'crew-creation': {
    inputs: [{ organizer }],
    outcomes: { saveCrew: [{ members: 1 }] },
    events: () => people,
  },
  'event-creation': {
    inputs: [{ organizer }],
    outcomes: {
      loadCrews: [{ crews: [] }, { crews: [{ id: ID, name: 'Owls', members: 1 }] }],
      loadCrew: [{ found: false }, { found: true, name: 'Owls', members: [person] }],
      saveEvent: [
        { suppressedOptOut: 0, invitees: [{ invitationId: ID, phone: PHONE, name: 'Bo' }] },
        { suppressedOptOut: 1, invitees: [] },
      ],
    },
    events: ({ begunAt }: EventContext) => [
      ...people,
      {
        type: 'organizer.set_time',
        startsAt: `${new Date(begunAt).getUTCFullYear() + 1}-06-05T19:00`,
      },
    ],
  },
  'syncup-creation': {
    inputs: [{ organizer }],
    outcomes: {
      loadCrews: [{ crews: [] }, { crews: [{ id: ID, name: 'Owls', members: 1 }] }],
      loadCrew: [{ found: false }, { found: true, name: 'Owls', members: [person] }],
      saveSyncup: [
        { suppressedOptOut: 0, invitees: [{ invitationId: ID, ...person }] },
        { suppressedOptOut: 1, invitees: [] },
      ],
    },
    events: ({ begunAt }: SyncupContext) => {
      const nextYear = new Date(begunAt).getUTCFullYear() + 1;
      // Fewer ways to put people together than elsewhere, as options multiply with them.
      return [
        { type: 'organizer.picked_people', pickerId: ID, people: [person] },
        { type: 'organizer.added_option', startsAt: `${nextYear}-06-05T19:00` },
        { type: 'organizer.set_voting', voting: 'multi', deadlineAt: `${nextYear}-06-01T19:00` },
        { type: 'organizer.set_voting', voting: 'single' },
      ];
    },
  },
  'crew-update': {
    inputs: [{ organizer, crewId: ID }, { organizer }],
    outcomes: {
      loadCrews: [{ crews: [] }, { crews: [{ id: ID, name: 'Owls', members: 1 }] }],
      loadCrew: [{ found: false }, { found: true, name: 'Owls', members: [other] }],
      updateCrew: [
        { found: true, before: 1, added: 1, removed: 0 },
        { found: true, before: 1, added: 0, removed: 0 },
        { found: false },
      ],
    },
    events: () => [...people, { type: 'organizer.removed_person', phone: other.phone }],
  },
  'add-people': {
    inputs: [{ organizer, syncupId: ID }, { organizer }],
    outcomes: {
      loadTargets: [
        { offered: [] },
        { offered: [{ target: 'event', ...dinner }] },
        { offered: [{ target: 'syncup', ...dinner }] },
      ],
      loadInvited: [
        { found: false },
        {
          found: true,
          about: { target: 'event', ...dinner, crewId: null, place: null, createdAt: 0 },
          invited: [other],
        },
      ],
      inviteMore: [
        {
          about: { target: 'event', ...dinner, crewId: null, place: null, createdAt: 0 },
          ...{ suppressedOptOut: 0, invitees: [{ invitationId: ID, ...person }] },
        },
        { about: null, suppressedOptOut: 0, invitees: [] },
      ],
    },
    events: () => people,
  },
  reminder: {
    inputs: [
      { organizer, eventId: ID },
      { organizer },
      { organizer, syncupId: ID, audience: 'selected', phones: [PHONE] },
    ],
    outcomes: {
      loadTargets: [
        { offered: [] },
        { offered: [{ target: 'event', ...dinner }] },
        { offered: [{ target: 'syncup', ...dinner }] },
      ],
      loadInvitees: [
        { found: false },
        ...(['none', 'yes'] as const).map((reply) => ({
          found: true,
          about: { target: 'event', ...dinner, crewId: null, place: null, createdAt: 0 },
          invited: [{ ...person, reply, standing: 'ready' }],
        })),
      ],
      remind: [
        { invitationIds: [ID], suppressedRecent: 0, suppressedOptOut: 0, index: 1 },
        { invitationIds: [], suppressedRecent: 1, suppressedOptOut: 1, index: 0 },
      ],
    },
    events: () => [],
  },
  finalize: {
    inputs: [{ organizer, eventId: ID }, { organizer }],
    outcomes: {
      loadFinalizable: [
        { offered: [] },
        { offered: [{ target: 'event', ...dinner }] },
        { offered: [{ target: 'syncup', ...dinner }] },
      ],
      loadFinalizing: [
        { found: false },
        ...(['event', 'syncup'] as const).flatMap((target) =>
          [false, true].map((finalized) => ({
            found: true,
            about: { target, ...dinner, crewId: null, place: null, createdAt: 0 },
            tally: { invited: 2, yes: 1, no: 0, unknown: 0, pending: 1 },
            told: 2,
            ballot: target === 'event' ? [] : ballot,
            finalized,
          })),
        ),
      ],
      finalizeSyncup: [
        {
          done: true,
          tally: { invited: 2, yes: 1, no: 0, unknown: 0, pending: 1 },
          told: 2,
          ...made,
        },
        { done: false },
      ],
      finalizeEvent: [
        { done: true, tally: { invited: 2, yes: 1, no: 0, unknown: 0, pending: 1 }, told: 2 },
        { done: false },
      ],
    },
    events: () => [],
  },
  'syncup-gathering': {
    inputs: [true, false].map((chosen) => ({
      ...{ syncupId: ID, crewId: null, title: 'Dinner', closesAt: Date.UTC(2026, 5, 8) },
      rules: { quorum: chosen ? 2 : null, whenAllAnswered: chosen, finalizes: chosen },
    })),
    outcomes: {
      settleSyncup: [
        { outcome: 'open' },
        { outcome: 'closed' },
        { outcome: 'decided', event: decided, invitees: 1, suppressedOptOut: 1 },
      ],
      listVoters: [{ voters: [true, false].map((joins) => ({ id: ID, joins })) }],
    },
    events: () => [{ type: 'syncup.finalized', newsId: ID, notify: true, event: decided }],
  },
  'event-change': {
    inputs: [
      { eventId: ID, change: { kind: 'cancel' } },
      { eventId: ID, change: { kind: 'edit', title: 'Supper' } },
    ],
    outcomes: {
      changeEvent: [
        { outcome: 'changed', crewId: null, fields: ['title'], unheard: null },
        { outcome: 'over' },
      ],
    },
    events: () => [],
  },
  gathering: {
    inputs: [
      { ...gathering, startsAt: null, rules: NO_RULES },
      {
        ...{ ...gathering, startsAt: Date.UTC(2026, 5, 8), whenText: 'Mon' },
        rules: {
          ...{ quorum: 2, answerBy: Date.UTC(2026, 5, 5), whenAllAnswered: true, remindMin: 120 },
        },
      },
    ],
    outcomes: {
      settleEvent: [{ settled: true }, { settled: false }],
      listInvited: [{ invited: [true, false].map((tells) => ({ id: ID, tells })) }],
      closeEvent: [{}],
    },
    events: () => [],
  },
  'event-invitation': {
    inputs: [
      ...[null, Date.UTC(2026, 5, 8)].map((closesAt) => ({ ...toEvent, closesAt })),
      { ...toEvent, closesAt: Date.UTC(2026, 5, 8), voted },
      { ...toEvent, closesAt: null, voted: { ...voted, tells: false, reply: 'none' } },
    ],
    outcomes: {},
    events: ({ promptTextId, begunAt }: InvitationContext) =>
      ['accepted', 'failed', 'withheld'].map((outcome) => ({
        ...{ type: 'text.settled', textId: promptTextId, outcome, purpose: 'invite' },
        settledAt: begunAt + 1_000,
      })),
  },
  'syncup-invitation': {
    inputs: ([null, Date.UTC(2026, 5, 8)] as const).map((closesAt) => ({
      ...{ syncupId: ID, crewId: null, phone: PHONE, name: 'Bo', organizerName: 'Maya' },
      ...{ title: 'Dinner', voting: closesAt === null ? 'single' : 'multi', via: 'flow' },
      options: [
        { label: 'Beach', whenText: null },
        { label: null, whenText: 'Fri Jun 5, 7 PM' },
      ],
      ...{ inviteIndex: 1, closesAt },
    })),
    outcomes: {},
    events: ({ promptTextId, begunAt }: PollContext) => [
      { type: 'gathering.decided', newsId: ID, tells: true, event: decided },
      ...['accepted', 'failed', 'withheld'].map((outcome) => ({
        ...{ type: 'text.settled', textId: promptTextId, outcome, purpose: 'invite' },
        settledAt: begunAt + 1_000,
      })),
    ],
  },
  text: {
    inputs: ['invite', 'update'].map((purpose) => ({
      ...{ phone: PHONE, ourNumber: null, purpose, template: 'none', copyVersion: '1.0.0' },
      ...{ body: 'Are you in?', cycle: { id: ID, version: '1.0.0', target: 'event' } },
      subject: { eventId: ID, crewId: null, syncupId: null },
      notify: purpose === 'invite' ? { to: ID, owner: ID } : null,
      invite: purpose === 'invite' ? { index: 1, via: 'flow' } : null,
      answersAt: purpose === 'update' ? Date.UTC(2026, 5, 1, 11, 59) : null,
    })),
    outcomes: { sendText: sent },
    jobs: ['sendText'],
    // Only what the carrier says of this very text moves it.
    events: ({ sid }: TextContext) =>
      (['sent', 'delivered', 'undelivered'] as const).flatMap((status) =>
        [true, false].map((passing) => ({
          ...{ type: 'carrier.reported', sid: sid ?? SID, status, passing },
          ...{ providerCode: status === 'undelivered' ? 30003 : null, optOut: false },
        })),
      ),
  },
  notice: {
    inputs: (['rsvp_update', 'vote_result', 'deadline_near'] as const).map((kind) => ({
      ...{ kind, target: 'event', targetId: ID, crewId: null, title: 'Dinner' },
    })),
    outcomes: {
      readNews: [
        { devices: [ID], title: 'Dinner', yes: 1, no: 0, votes: 0, waiting: 1 },
        { devices: [ID], title: null, yes: 1, no: 1, votes: 0, waiting: 0, leaders: [] },
        { devices: [], title: null, yes: 0, no: 0, votes: 0, waiting: 0 },
      ],
    },
    events: () => [],
  },
  push: {
    inputs: [
      {
        ...{ kind: 'rsvp_update', device: ID, body: 'Dinner: 1 in, 0 out.' },
        subject: { eventId: ID, crewId: null, syncupId: null },
      },
    ],
    outcomes: { sendPush: ['accepted', 'gone', 'busy', 'rejected'] },
    jobs: ['sendPush'],
    events: () => [
      { type: 'app.received_push', receipt: 'app', deviceAt: '2026-06-01T12:00:00Z' },
      { type: 'app.opened_push', action: 'default' },
    ],
  },
  'phone-line': {
    inputs: [PHONE, null].map((phone) => ({ phone, ourNumber: '+14155550100' })),
    outcomes: {
      findInvitations: [{ invitations: [{ id: ID, owner: ID }] }],
      routeReply: [
        {
          route: 'invitation',
          sends: [{ to: ID, owner: ID, event: { type: 'invitee.replied_yes' } }],
        },
        ...[true, false].flatMap((mayAnswer) => [
          { route: 'opted_in', mayAnswer },
          { route: 'help', mayAnswer },
        ]),
        ...[true, false].map((mayAnswer) => ({
          ...{ route: 'ambiguous', candidates: 2, mayAnswer },
          asked: [{ id: ID, code: 'A', reading: heldReading, organizerName: null, title: null }],
        })),
        { route: 'unmatched' },
      ],
    },
    events: () => [{ type: 'carrier.opted_out', saidAt: 0 }],
  },
};
