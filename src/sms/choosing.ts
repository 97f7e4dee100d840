/*
 * Which questions of a phone a message answers: sms.md's rules of routing as a pure choice. It never
 * guesses: where more than one question is left, it says so. It knows no words, only readings.
 */
import type { Held } from '../../machines/phone-line.model.ts';
import type { Reading, Texted } from '../../machines/replies.ts';
import type { PromptRow } from '../store/prompts.ts';
import type { Points } from './pointing.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** An answer may be amended, and a timed-out question answered late, as if it were open. */
export const AMEND_MS = DAY_MS;
export const LATE_MS = 3 * DAY_MS;
/** A closed question hears, politely, for a week. */
const CLOSED_MS = 7 * DAY_MS;
/** So long an answer waits for a letter. */
const HELD_MS = DAY_MS;

export type Candidate = { readonly prompt: PromptRow; readonly reading: Reading };

export type Choice =
  /** `of` questions that it could have been for. */
  | { readonly kind: 'chosen'; readonly chosen: readonly Candidate[]; readonly of: number }
  | { readonly kind: 'many'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'none' };

export type Choosing = {
  readonly texted: Texted;
  readonly prompts: readonly PromptRow[];
  /** The answer that waits for a letter, if we have asked for one. */
  readonly held: Held | null;
  /** Epoch ms. */
  readonly at: number;
};

/**
 * The questions that a message answers. Letters and places in our list come first, then a quote, then names,
 * then what fits: open questions before amendments and late answers, those before old ones of gatherings
 * still to come; within each, what fits the reading, and an unclear message goes to the only one there is,
 * unless it has a word of another one's title in it.
 */
export function chooseQuestions(choosing: Choosing): Choice {
  const { texted, prompts, at } = choosing;
  const candidates = prompts.map((prompt) => ({ prompt, reading: readingFor(texted, prompt) }));
  const named = lettered(choosing) ?? placed(choosing);
  if (named !== null) return named;
  const levels = [isOpen, isRecent, isLive].map((belongs) =>
    candidates.filter(({ prompt }) => belongs(prompt, at)),
  );
  const standing = (levels.at(-1) ?? []).concat(levels[0] ?? []);
  const quoted = standing.filter(pointed(texted, 'quote'));
  if (quoted.length === 1) return { kind: 'chosen', chosen: quoted, of: 1 };
  const fitting = levels.map((level) => level.filter(({ reading }) => reading.kind !== 'unknown'));
  const left = [...fitting, ...levels].find((level) => level.length > 0) ?? [];
  if (left.length === 0) {
    const chosen = lastClosed(candidates, at);
    return chosen.length === 0 ? { kind: 'none' } : { kind: 'chosen', chosen, of: 1 };
  }
  return narrowed(left, standing, choosing);
}

/**
 * The text may name one of those that stand, or be meant for all that are left, or for the only one; where
 * what it names is not what is left, we must ask.
 */
function narrowed(
  left: readonly Candidate[],
  standing: readonly Candidate[],
  { texted, held, at }: Choosing,
): Choice {
  const spokenOf = (candidate: Candidate) =>
    pointed(texted, 'name')(candidate) || pointed(texted, 'word')(candidate);
  const others = standing.filter((one) => !left.includes(one) && spokenOf(one));
  const heard = ({ prompt, reading }: Candidate): Candidate => ({
    prompt,
    // What is no answer leaves the one standing that waits for a letter.
    reading: reading.kind === 'unknown' ? (heldFor(held, prompt.id, at) ?? reading) : reading,
  });
  const awaited = left.map(heard);
  const isOne = left.length === 1;
  if (!isOne && texted.forAll && awaited.every(isAnswer)) {
    return { kind: 'chosen', chosen: awaited, of: left.length };
  }
  const all = [...awaited, ...others.map(heard)];
  const named = all.filter(pointed(texted, 'name'));
  // A name chooses what can be answered so: "2 for Sam" is no answer to Sam's invite where a poll takes it.
  const chosen = named.filter((one) => isAnswer(one) || !awaited.some(isAnswer));
  if (named.length === 1 && chosen.length === 1) return { kind: 'chosen', chosen, of: all.length };
  if (isOne && (others.length === 0 || left.some(spokenOf))) {
    return { kind: 'chosen', chosen: left, of: 1 };
  }
  return { kind: 'many', candidates: all };
}

const isAnswer = ({ reading }: Candidate): boolean => reading.kind !== 'unknown';

const pointed =
  ({ readings }: Texted, how: NonNullable<Points>) =>
  ({ prompt }: Candidate): boolean =>
    readings.find(({ promptId }) => promptId === prompt.id)?.points === how;

/** Those whose letters the text names; null where it names none, or one that nobody has. */
function lettered({ texted, prompts, held, at }: Choosing): Choice | null {
  const chosen = texted.codes.flatMap(({ code, alone }, index) => {
    const prompt = byLetter(code, { prompts, held, at });
    if (prompt === undefined) return [];
    const coded = texted.readings.find(({ promptId }) => promptId === prompt.id)?.coded[index];
    const waiting = alone ? heldFor(held, prompt.id, at) : undefined;
    return [{ prompt, reading: waiting ?? coded ?? neutralFor(texted, prompt) }];
  });
  if (chosen.length === 0 || chosen.length < texted.codes.length) return null;
  const open = prompts.filter(isOpen).length;
  return { kind: 'chosen', chosen, of: Math.max(1, open, heldOf(held, at).length) };
}

/**
 * The one at that place in the list that we sent; null where nothing of its kind waits for an answer, or
 * something else was asked since.
 */
function placed({ texted: { place }, prompts, held, at }: Choosing): Choice | null {
  if (held?.listed !== true || (place ?? null) === null) return null;
  const listed = heldOf(held, at);
  const one = place === 'last' ? listed.at(-1) : listed[Number(place) - 1];
  const prompt = prompts.find(({ id }) => id === one?.id);
  const isOver = prompts.some((other) => isOpen(other) && other.promptedAt > held.askedAt);
  if (one === undefined || prompt === undefined || isOver) return null;
  return { kind: 'chosen', chosen: [{ prompt, reading: one.reading }], of: listed.length };
}

/** Whose letter it is: of those we asked about, of the open ones, of those answered, of those closed. */
function byLetter(code: string, { prompts, held, at }: Omit<Choosing, 'texted'>) {
  const asked = heldOf(held, at).find((one) => one.code === code);
  const found = prompts.find(({ id }) => id === asked?.id);
  if (found !== undefined) return found;
  const bearers = prompts.filter((prompt) => prompt.code === code);
  for (const belongs of [isOpen, isLive, closedLately]) {
    const [only, ...others] = bearers.filter((prompt) => belongs(prompt, at));
    if (only !== undefined) return others.length === 0 ? only : undefined;
  }
  return undefined;
}

const heldOf = (held: Held | null, at: number): Held['candidates'] =>
  held !== null && at - held.askedAt < HELD_MS ? held.candidates : [];

const heldFor = (held: Held | null, promptId: string, at: number): Reading | undefined =>
  heldOf(held, at).find(({ id }) => id === promptId)?.reading;

const isOpen = ({ state }: PromptRow): boolean => state === 'queued' || state === 'open';

function isRecent({ state, closedAt }: PromptRow, at: number): boolean {
  if (state !== 'answered' && state !== 'timed_out') return false;
  return at - (closedAt ?? 0) < (state === 'answered' ? AMEND_MS : LATE_MS);
}

const isLive = ({ state }: PromptRow): boolean => state === 'answered' || state === 'timed_out';

const closedLately = ({ state, closedAt }: PromptRow, at: number): boolean =>
  state === 'closed' && closedAt !== null && at - closedAt < CLOSED_MS;

const lastClosed = (candidates: readonly Candidate[], at: number): readonly Candidate[] =>
  candidates
    .filter(({ prompt }) => closedLately(prompt, at))
    .sort((a, b) => (b.prompt.closedAt ?? 0) - (a.prompt.closedAt ?? 0))
    .slice(0, 1);

/** Its reading against this question; one that was asked since the message came takes the neutral one. */
const readingFor = (texted: Texted, prompt: PromptRow): Reading =>
  texted.readings.find(({ promptId }) => promptId === prompt.id)?.reading ??
  neutralFor(texted, prompt);

function neutralFor({ neutral }: Texted, { kind }: PromptRow): Reading {
  const fits = kind !== 'syncup' && neutral.kind !== 'vote';
  return fits ? neutral : { ...neutral, kind: 'unknown', choices: [], reason: 'no_match' };
}
