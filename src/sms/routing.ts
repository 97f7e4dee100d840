/*
 * Which invitation a message answers: sms.md's rules of routing as a pure choice among the questions
 * of one phone, and the two transaction actors of a phone line. It never guesses: where more than one
 * question is left, it says so. It knows no words, only readings.
 */
import type {
  FindInvitationsInput,
  FoundInvitations,
  Route,
  RouteReplyInput,
} from '../../machines/phone-line.model.ts';
import type { Heard, Reading, Texted } from '../../machines/replies.ts';
import { answersTo } from '../store/messages.ts';
import type { Tx } from '../store/orm.ts';
import { isOptedOut } from '../store/phones.ts';
import { invitationsOf, type PromptRow, promptsOf } from '../store/prompts.ts';
import type { Rule } from './understanding/index.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An answer may be amended, and a timed-out question answered late, as if it were open. */
const AMEND_MS = DAY_MS;
const LATE_MS = 3 * DAY_MS;
/** A closed question hears, politely, for a week. */
const CLOSED_MS = 7 * DAY_MS;
/** Automatic answers that a phone gets in an hour: more would be a talk between machines. */
const ANSWERS_AN_HOUR = 3;

/** What a machine wrote is answered by no machine of ours. */
const WRITTEN_BY_A_MACHINE: Rule = 'autoreply';

type Candidate = { readonly prompt: PromptRow; readonly reading: Reading };

export type Choice =
  | { readonly kind: 'one'; readonly chosen: Candidate }
  | { readonly kind: 'many'; readonly candidates: number }
  | { readonly kind: 'none' };

/**
 * The question that a message answers at `at` (epoch ms). Open questions come before amendments and
 * late answers, those before old ones of gatherings still to come; within each, what fits the reading
 * comes first, and an unclear message goes to the only one there is.
 */
export function chooseQuestion(texted: Texted, prompts: readonly PromptRow[], at: number): Choice {
  const candidates = prompts.map((prompt) => ({ prompt, reading: readingFor(texted, prompt) }));
  const levels = [isOpen, isRecent, isLive].map((belongs) =>
    candidates.filter(({ prompt }) => belongs(prompt, at)),
  );
  const fitting = levels.map((level) => level.filter(({ reading }) => reading.kind !== 'unknown'));
  const left = [...fitting, ...levels].find((level) => level.length > 0) ?? [];
  const [chosen = lastClosed(candidates, at)] = left;
  if (chosen === undefined) return { kind: 'none' };
  return left.length > 1 ? { kind: 'many', candidates: left.length } : { kind: 'one', chosen };
}

const isOpen = ({ state }: PromptRow): boolean => state === 'queued' || state === 'open';

function isRecent({ state, closedAt }: PromptRow, at: number): boolean {
  if (state !== 'answered' && state !== 'timed_out') return false;
  return at - (closedAt ?? 0) < (state === 'answered' ? AMEND_MS : LATE_MS);
}

const isLive = ({ state }: PromptRow): boolean => state === 'answered' || state === 'timed_out';

const lastClosed = (candidates: readonly Candidate[], at: number): Candidate | undefined =>
  candidates
    .filter(({ prompt: { state, closedAt } }) => {
      return state === 'closed' && closedAt !== null && at - closedAt < CLOSED_MS;
    })
    .sort((a, b) => (b.prompt.closedAt ?? 0) - (a.prompt.closedAt ?? 0))
    .at(0);

/** Its reading against this question; one that was asked since the message came takes the neutral one. */
function readingFor({ neutral, readings }: Texted, { id, kind }: PromptRow): Reading {
  const own = readings.find(({ promptId }) => promptId === id)?.reading;
  if (own !== undefined) return own;
  const fits = kind !== 'syncup' && neutral.kind !== 'vote';
  return fits ? neutral : { ...neutral, kind: 'unknown', choices: [], reason: 'no_match' };
}

export type Standing = {
  readonly optedOut: boolean;
  /** Automatic answers of the last hour. */
  readonly answers: number;
};

/** Where a message goes, given the phone's questions and what the phone has said and heard before. */
export function routeOf(of: {
  readonly texted: Texted;
  readonly prompts: readonly PromptRow[];
  readonly standing: Standing;
  readonly at: number;
}): Route {
  const { texted, prompts, standing, at } = of;
  // Carriers take a bare yes for an opt-in, so it cannot be a vote as well: the person is asked again.
  if (standing.optedOut && texted.bareYes) return { route: 'opted_in' };
  const choice = chooseQuestion(texted, prompts, at);
  const mayAnswer =
    !standing.optedOut &&
    standing.answers < ANSWERS_AN_HOUR &&
    texted.neutral.rule !== WRITTEN_BY_A_MACHINE;
  if (choice.kind === 'none') return { route: 'unmatched' };
  if (choice.kind === 'many') {
    return { route: 'ambiguous', candidates: choice.candidates, mayAnswer };
  }
  const { prompt, reading } = choice.chosen;
  const heard: Heard = {
    ...arrivalOf(texted),
    intent: reading.kind,
    rule: reading.rule,
    reason: reading.reason,
    guests: reading.guests,
    routing: 'single',
    candidates: 1,
    mayAnswer,
  };
  return {
    route: 'invitation',
    send: { to: prompt.id, owner: prompt.organizerId, event: replyOf(reading, heard) },
  };
}

const arrivalOf = ({
  inboundId,
  provider,
  parserVersion,
  segments,
  media,
  lengthBand,
  receivedAt,
}: Texted) => ({
  ...{ inboundId, provider, parserVersion, segments, media, lengthBand },
  ...(receivedAt === undefined ? {} : { receivedAt }),
});

function replyOf(reading: Reading, heard: Heard): { type: string; [field: string]: unknown } {
  if (reading.kind === 'yes') return { type: 'invitee.replied_yes', heard };
  if (reading.kind === 'no') return { type: 'invitee.replied_no', heard };
  if (reading.kind === 'vote') {
    return { type: 'invitee.voted', heard, choices: reading.choices };
  }
  return { type: 'invitee.replied_unclear', heard };
}

type Scope = { readonly tx: Tx; readonly at: number };

/** Transaction actor `routeReply`: reads the phone's questions inside the commit. */
export async function routeReply(
  { texted, ourNumber }: RouteReplyInput,
  { tx, at }: Scope,
): Promise<Route> {
  const { phone } = texted;
  if (phone === null) return { route: 'unmatched' };
  const prompts = await promptsOf(tx, phone, ourNumber);
  const optedOut = await isOptedOut(tx, phone);
  const answers = await answersTo(tx, phone, at - HOUR_MS);
  return routeOf({ texted, prompts, standing: { optedOut, answers }, at });
}

/** Transaction actor `findInvitations`: those that must hear of an opt-out. */
export const findInvitations = async (
  { phone }: FindInvitationsInput,
  { tx }: Pick<Scope, 'tx'>,
): Promise<FoundInvitations> => ({ invitations: await invitationsOf(tx, phone) });
