/*
 * The README's table of delays, from the charts themselves: every named delay, how long it is, and what it
 * brings about. The sentences are here; a delay without one, or a sentence without a delay, is an error.
 */
import { charts } from '../../machines/index.ts';
import { STAGE_TIMEOUT_MS } from '../../src/behavior/vocabulary.ts';

type Words = {
  readonly brings: string;
  /** For a delay that is computed: contexts to compute it from (the first and the last try), and the words that the results make. */
  readonly from?: readonly object[];
  readonly says?: (waits: readonly string[]) => string;
};

const stage = (name: keyof typeof STAGE_TIMEOUT_MS) => `\`invitee_timeout{${name}}\``;

/** Retries are spread by the text's id; that of the middle. */
const UNJITTERED = '00000000-0000-4000-8000-000000008000';

const WORDS: Readonly<Record<string, Words>> = {
  'session.idle': {
    brings: 'the session ends without activity, and its open flows with it',
    from: [{ seenAt: 0, waitsSince: 0 }],
  },
  'session.cap': { brings: 'the session is renewed' },
  'session.endAgain': { brings: 'ending a session is tried again' },
  'crew-creation.idle': { brings: '`drop_off{idle_timeout}`' },
  'crew-update.idle': { brings: '`drop_off{idle_timeout}`' },
  'event-creation.idle': { brings: '`drop_off{idle_timeout}`' },
  'syncup-creation.idle': { brings: '`drop_off{idle_timeout}`' },
  'add-people.idle': { brings: '`drop_off{idle_timeout}`' },
  'reminder.idle': { brings: '`drop_off{idle_timeout}`' },
  'finalize.idle': { brings: '`drop_off{idle_timeout}`' },
  'gathering.closing': {
    brings: 'the event is closed',
    from: [
      { startsAt: 1, since: 1, rules: { answerBy: null } },
      { startsAt: null, since: 0, rules: { answerBy: null } },
    ],
    says: ([, dateless = '']) => `until the event; ${dateless} without a date`,
  },
  'gathering.answerBy': {
    brings: 'the event becomes final by itself, if enough people come',
    from: [{ rules: { answerBy: 1 }, since: 1, overdue: false, startsAt: 1 }],
    says: () => 'until the chosen time',
  },
  'gathering.deadlineNear': {
    brings: 'the organizer’s app gets the push `deadline_near`, if somebody is still to answer',
    from: [{ rules: { answerBy: 1 }, since: 1, startsAt: 1 }],
    says: () => 'until two hours before the chosen time',
  },
  'gathering.nearing': {
    brings: 'people are reminded by `sms_sent{auto_reminder}`',
    from: [{ rules: { remindMin: 1 }, since: 0, startsAt: 1, reminded: false }],
    says: () => 'until the chosen time before the event',
  },
  'gathering.retell': {
    brings: 'what failed is tried again',
    from: [1, 12].map((tries) => ({ tries })),
    says: ([first = '', last = '']) => `${first} at first, doubling to ${last}`,
  },
  'event-invitation.firstReply': { brings: stage('first_reply') },
  'event-invitation.afterReminder': { brings: stage('after_reminder') },
  'event-invitation.afterUnknown': { brings: stage('after_unknown') },
  'event-invitation.confirmation': { brings: stage('confirmation') },
  'event-invitation.settle': {
    brings: 'replies are heard though our question back, reminder or news is not yet sent',
  },
  'event-invitation.closing': {
    brings: 'the invitation closes; later replies are told so',
    from: [
      { closesAt: 1, datedAt: 1 },
      { closesAt: null, datedAt: 0 },
    ],
    says: ([, dateless = '']) => `until the event; ${dateless} without a date`,
  },
  'event-invitation.farewell': { brings: 'a closed invitation becomes final' },
  'syncup-invitation.firstReply': { brings: stage('first_reply') },
  'syncup-invitation.afterReminder': { brings: stage('after_reminder') },
  'syncup-invitation.afterUnknown': { brings: stage('after_unknown') },
  'syncup-invitation.settle': {
    brings: 'replies are heard though our question back or reminder is not yet sent',
  },
  'syncup-invitation.closing': {
    brings: 'the invitation closes; later votes are told so',
    from: [
      { closesAt: 1, begunAt: 1 },
      { closesAt: null, begunAt: 0 },
    ],
    says: ([, endless = '']) =>
      `until the deadline, else until the last option has come; ${endless} where an option has no date`,
  },
  'syncup-invitation.farewell': {
    brings: 'a closed invitation becomes final',
    from: [{ closesAt: 1, endedAt: 1 }],
    says: ([week = '']) => `${week} after votes were wanted by`,
  },
  'syncup-gathering.deadlineNear': {
    brings: 'the organizer’s app gets the push `deadline_near`, if somebody is still to answer',
    from: [{ closesAt: 1, begunAt: 1 }],
    says: () => 'until two hours before the vote is over',
  },
  'syncup-gathering.voteEnds': {
    brings: 'the vote is over; where the organizer chose so, its winner becomes an event',
    from: [{ closesAt: 1, begunAt: 1 }],
    says: () =>
      'until the deadline, else until the last option has come; 14 days where an option has no date',
  },
  'syncup-gathering.forgetting': {
    brings: 'nobody can make an event of the vote any more',
    from: [{ closesAt: 0, begunAt: 0 }],
    says: ([week = '']) => `${week} after the vote was to end`,
  },
  'syncup-gathering.retell': {
    brings: 'what failed is tried again',
    from: [1, 12].map((tries) => ({ tries })),
    says: ([first = '', last = '']) => `${first} at first, doubling to ${last}`,
  },
  'text.retry': {
    brings: 'a text that the carrier did not take is sent again',
    from: [1, 7].map((attempts) => ({ id: UNJITTERED, attempts, retryAfterMs: null })),
    says: ([first = '', last = '']) =>
      `${first} at first, doubling to ${last}, ±25 %; or what the carrier asks and up to 25 % more`,
  },
  'text.reconcile': {
    brings: 'the carrier is asked what became of a text whose request had no answer',
    from: [1, 5].map((looks) => ({ looks })),
    says: ([first = '', last = '']) => `${first} at first, doubling to ${last}`,
  },
  'text.morning': {
    brings: 'a text that is no answer goes out after the quiet hours of its reader',
    from: [{ quietUntil: 11 * 3_600_000, updatedAt: 0 }],
    says: ([night = '']) => `until 8:00 there, at most ${night}`,
  },
  'text.recheck': { brings: 'a paused text looks whether sending goes on' },
  'text.unreported': { brings: 'a text without a final status is waited for no longer' },
  'text.turn': {
    brings: 'a text whose number has others to send first goes out',
    from: [{ slotAt: 1, updatedAt: 0 }],
    says: () => 'as long as those take, by `SMS_PER_SECOND`',
  },
  'text.resend': {
    brings: 'a question that did not arrive, and may now, is asked once more where it still stands',
  },
  'notice.nextNotice': {
    brings: 'the organizer may be told news of one kind of a gathering again',
  },
  'notice.readAgain': { brings: 'reading how a gathering stands is tried again' },
  'notice.noNews': { brings: 'a notice ends; what comes later is told by the next' },
  'push.pushRetry': {
    brings: 'a push that its service did not take is sent again',
    from: [1, 4].map((tries) => ({ tries })),
    says: ([first = '', last = '']) => `${first} at first, doubling to ${last}`,
  },
  'push.pushFarewell': { brings: 'a push becomes final; what is reported later is 410' },
  'phone-line.reroute': {
    brings: 'routing a message that failed is tried again',
    from: [1, 7].map((tries) => ({ tries })),
    says: ([first = '', last = '']) => `${first} at first, doubling to ${last}`,
  },
  'phone-line.respread': {
    brings: 'invitations that could not be told of an opt-out are looked for again',
    from: [1, 7].map((tries) => ({ tries })),
    says: ([first = '', last = '']) => `${first} at first, doubling to ${last}`,
  },
  'phone-line.forget': { brings: 'what a phone said last is no longer part of a conversation' },
};

/** The table in markdown. Throws where words and charts differ. */
export function delaysTable(): string {
  const delays = charts.flatMap(({ machine }) =>
    Object.entries(machine.implementations.delays).map(([name, delay]) => ({
      ...{ machine: machine.id, name, delay },
    })),
  );
  const known = new Set(delays.map(({ machine, name }) => `${machine}.${name}`));
  const left = Object.keys(WORDS).filter((key) => !known.has(key));
  if (left.length > 0)
    throw new Error(`No chart has the delay ${left.join(', ')}: drop its words.`);
  const rows = delays.map(({ machine, name, delay }) => {
    const words = WORDS[`${machine}.${name}`];
    if (words === undefined) {
      throw new Error(`The delay '${name}' of ${machine} has no words in test/docs/delays.ts.`);
    }
    return `| ${machine} | \`${name}\` | ${waitOf(delay, words)} | ${words.brings} |`;
  });
  return ['| chart | delay | waits | then |', '|---|---|---|---|', ...rows, ...planned()].join(
    '\n',
  );
}

/** Stages of the log's one table that no chart waits for yet. */
function planned(): readonly string[] {
  const waited = Object.values(WORDS).map(({ brings }) => brings);
  const stages = Object.keys(STAGE_TIMEOUT_MS) as (keyof typeof STAGE_TIMEOUT_MS)[];
  return stages
    .filter((name) => !waited.includes(stage(name)))
    .map((name) => `| (no chart yet) | | ${durationOf(STAGE_TIMEOUT_MS[name])} | ${stage(name)} |`);
}

function waitOf(delay: unknown, { from, says = ([only = '']) => only }: Words): string {
  if (typeof delay === 'number') return durationOf(delay);
  const compute = delay as (of: { readonly context: object }) => number;
  if (from === undefined) throw new Error('A computed delay needs contexts to compute it from.');
  return says(from.map((context) => durationOf(toSeconds(compute({ context })))));
}

/** A retry's wait is spread by some ms. */
const toSeconds = (ms: number): number => Math.round(ms / 1_000) * 1_000;

const DAY_MS = 86_400_000;

const UNITS = [
  ['day', DAY_MS],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1_000],
] as const;

/**
 * In the largest unit that comes out even; days from seven on, since a stage's 24 h are no calendar day,
 * and what days leave over after them.
 */
export function durationOf(ms: number): string {
  const overMs = ms % DAY_MS;
  if (ms > 7 * DAY_MS && overMs > 0) return `${durationOf(ms - overMs)} ${durationOf(overMs)}`;
  const [unit, size] =
    UNITS.find(([name, unitMs]) => ms >= unitMs * (name === 'day' ? 7 : 1) && ms % unitMs === 0) ??
    (['ms', 1] as const);
  return `${ms / size} ${unit}${unit === 'day' ? 's' : ''}`;
}
