/*
 * Where a message goes, given the phone's questions and what the phone has said and heard before; and the
 * two readings of a phone line. Which questions it answers is chosen elsewhere.
 */
import { derivedId } from '../../machines/kit.ts';
import { dealLetters } from '../../machines/letters.ts';
import { wordOf } from '../../machines/phone-line.facts.ts';
import type {
  Asked,
  FindInvitationsInput,
  FoundInvitations,
  Route,
  RouteReplyInput,
} from '../../machines/phone-line.model.ts';
import { LATELY_MS } from '../../machines/phone-line.steps.ts';
import type { Heard, Reading, Texted } from '../../machines/replies.ts';
import type { ReadingScope } from '../engine/index.ts';
import { haveBeenSaidBefore } from '../store/inbound.ts';
import { answersTo } from '../store/messages.ts';
import { areOptedOut } from '../store/phones.ts';
import { invitationsOf, promptsOf } from '../store/prompts.ts';
import { type Candidate, type Choosing, chooseQuestions } from './choosing.ts';
import type { Rule } from './understanding/index.ts';

const HOUR_MS = 3_600_000;
/** Whoever says the same again within it, and is not understood, is a machine or has been told. */
const SAME_MS = 24 * HOUR_MS;
/** Automatic answers that a phone gets in an hour: more would be a talk between machines. */
const ANSWERS_AN_HOUR = 3;
/** Questions which one was meant that a phone gets in a day. */
const QUESTIONS_A_DAY = 2;
/** As many fit one text of three segments. */
const MOST_ASKED = 9;

/** What a machine wrote is answered by no machine of ours. */
const WRITTEN_BY_A_MACHINE: Rule = 'autoreply';

export type Standing = {
  readonly optedOut: boolean;
  /** Automatic answers of the last hour, without questions which one was meant. */
  readonly answers: number;
  /** Questions which one was meant, of the last day. */
  readonly questions: number;
  /** It has said the very same before, within a day. */
  readonly repeats: boolean;
};

/** The one place that a message goes to. */
export function routeOf(
  of: Choosing & { readonly standing: Standing; readonly helpContact?: string | undefined },
): Route {
  const { texted, standing } = of;
  // Carriers take a bare yes for an opt-in, so it cannot be a vote as well: the person is asked again.
  const left = Math.max(0, ANSWERS_AN_HOUR - standing.answers);
  if (standing.optedOut && texted.bareYes) return { route: 'opted_in', mayAnswer: left > 0 };
  if (wordOf(texted) === 'help') {
    const { helpContact: contact } = of;
    return { route: 'help', mayAnswer: left > 0, ...(contact && { contact }) };
  }
  const choice = chooseQuestions(of);
  const isMachine = texted.neutral.rule === WRITTEN_BY_A_MACHINE;
  const answersLeft = standing.optedOut || isMachine ? 0 : left;
  const isVain = ({ reading }: Candidate) => standing.repeats && reading.kind === 'unknown';
  if (choice.kind === 'none') return { route: 'unmatched' };
  if (choice.kind === 'many') {
    const isRepeated = choice.candidates.every(isVain);
    const isHeard = !standing.optedOut && !isMachine && !isRepeated;
    const mayAnswer = isHeard && standing.questions < QUESTIONS_A_DAY;
    return { route: 'ambiguous', ...askedAbout(choice.candidates, of), mayAnswer };
  }
  const noted = answersLeft > 0 ? notedOf(choice.chosen) : null;
  const sends = choice.chosen.map((candidate, index) =>
    sendOf(candidate, texted, {
      ...{ index, of: choice.of },
      mayAnswer: noted === null && index < answersLeft && !isVain(candidate),
    }),
  );
  return { route: 'invitation', sends, ...(noted === null ? {} : { noted }) };
}

/** Several answers that count are acknowledged in one text, where each has a letter to be changed by. */
function notedOf(chosen: readonly Candidate[]): readonly Asked[] | null {
  const noted = chosen.flatMap(({ prompt, reading }) => {
    const isCounted = prompt.state !== 'closed' && reading.kind !== 'unknown';
    return isCounted && prompt.code !== null ? [askedOf({ prompt, reading }, prompt.code)] : [];
  });
  const letters = new Set(noted.map(({ code }) => code));
  const isEach = chosen.length > 1 && letters.size === chosen.length;
  return isEach ? noted.toSorted((a, b) => (a.code < b.code ? -1 : 1)) : null;
}

const askedOf = <C extends string | null>({ prompt, reading }: Candidate, code: C) => ({
  ...{ id: prompt.id, code, reading },
  ...{ organizerName: prompt.organizerName ?? null, title: prompt.title ?? null },
});

function askedAbout(candidates: readonly Candidate[], { prompts }: Choosing) {
  const newest = candidates.slice(0, MOST_ASKED).toReversed();
  const asked = newest.map((candidate) => askedOf(candidate, candidate.prompt.code));
  const others = prompts.filter(({ id }) => !asked.some((one) => one.id === id));
  return { candidates: candidates.length, asked: [...dealLetters(asked, others)] };
}

type Place = { readonly index: number; readonly of: number; readonly mayAnswer: boolean };

function sendOf({ prompt, reading }: Candidate, texted: Texted, { index, of, mayAnswer }: Place) {
  const heard: Heard = {
    ...arrivalOf(texted),
    // The log knows a message by what it answers: a text that answers two is two of them, charged once.
    ...(index > 0 && {
      ...{ inboundId: derivedId(texted.inboundId, prompt.id), segments: 0, media: 0 },
    }),
    intent: reading.kind,
    rule: reading.rule,
    reason: reading.reason,
    guests: reading.guests,
    routing: of > 1 ? 'disambiguated' : 'single',
    candidates: of,
    mayAnswer,
  };
  return { to: prompt.id, owner: prompt.organizerId, event: replyOf(reading, heard) };
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

/** The reading `routeReply`: the phone's questions, and what it has said and heard before. */
export async function routeReply(
  { texted, ourNumber, held, askedAt, allowed }: RouteReplyInput,
  { ask, at }: Pick<ReadingScope, 'ask' | 'at'>,
  helpContact?: string,
): Promise<Route> {
  const { phone } = texted;
  if (phone === null) return { route: 'unmatched' };
  const [prompts, optedOut, given, repeats] = await Promise.all([
    ask(promptsOf, { phone, ourNumber }),
    ask(areOptedOut, phone),
    ask(answersTo, { phone, since: at - HOUR_MS, lately: at - LATELY_MS }),
    ask(haveBeenSaidBefore, { phone, id: texted.inboundId, since: at - SAME_MS }),
  ]);
  // Our books hold the questions which one was meant as answers, too: these have a bound of their own.
  const asked = askedAt.filter((then) => at - then < HOUR_MS);
  const askedEarlier = asked.filter((then) => at - then >= LATELY_MS);
  const answers = Math.max(given.all - asked.length, given.earlier - askedEarlier.length + allowed);
  const questions = askedAt.length;
  const standing = { optedOut, answers, questions, repeats };
  return routeOf({ texted, prompts, held, standing, at, helpContact });
}

/** The reading `findInvitations`: those that must hear of an opt-out or an opt-in. */
export const findInvitations = async (
  { phone }: FindInvitationsInput,
  { sql }: Pick<ReadingScope, 'sql'>,
): Promise<FoundInvitations> => ({ invitations: await invitationsOf(sql, phone) });
