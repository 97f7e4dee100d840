/*
 * Reading a text against everything that is open for its phone, before anyone knows what it answers:
 * the words are gone afterwards. It knows the parser and the questions, and no chart.
 */
import type { Reading, Texted } from '../../machines/replies.ts';
import type { PromptRow } from '../store/prompts.ts';
import { placeOf, pointsAt } from './pointing.ts';
import {
  codedAnswers,
  neutralReading,
  type Reading as ParserReading,
  type ReadingKind,
  type ReplyContext,
  understand,
} from './understanding/index.ts';

export type Understood = Pick<
  Texted,
  'neutral' | 'readings' | 'codes' | 'place' | 'forAll' | 'bareYes' | 'freeText'
>;

/** "Both" alone, or at the end of an answer: "we both come" is about people. */
const FOR_ALL =
  /(?:^|\b(?:to|for|a|para)\s+)(?:both|them all|all of (?:them|those)|ambos|ambas|l[oa]s dos)\W*$/iu;

/** All readings of one text; of `media` without words it says so. */
export function readAgainst(
  text: { readonly body: string; readonly media: number },
  prompts: readonly PromptRow[],
): Understood {
  const neutral = understand(text.body, { ctx: 'none' });
  const { quoted } = neutralReading(text.body);
  const answers = codedAnswers(text.body);
  const read = readerOf(text.media > 0);
  return {
    neutral: readingOf(neutral, text.media > 0),
    readings: prompts.map((prompt) => ({
      promptId: prompt.id,
      organizerId: prompt.organizerId,
      reading: read(text.body, prompt),
      coded: answers.map(({ rest }) => read(rest, prompt)),
      points: pointsAt(prompt, { text: text.body, quoted }),
    })),
    codes: answers.map(({ code, rest }) => ({ code, alone: rest === '' })),
    place: placeOf(text.body),
    forAll: FOR_ALL.test(text.body.trim()),
    bareYes: /^\W*yes\W*$/iu.test(text.body),
    freeText: neutral.kind === 'stop' && neutral.rule === 'compliance.phrase',
  };
}

/** Questions of one kind read a text alike, so it is read once for all of them. */
function readerOf(hasMedia: boolean) {
  const known = new Map<string, Reading>();
  return (text: string, prompt: PromptRow): Reading => {
    const context = contextOf(prompt);
    const key = `${JSON.stringify(context)}:${text}`;
    const reading = known.get(key) ?? readingOf(understand(text, context), hasMedia);
    known.set(key, reading);
    return reading;
  };
}

const contextOf = ({ kind, options, labels, multi }: PromptRow): ReplyContext => ({
  ctx: kind,
  ...(options === null ? {} : { options }),
  ...(labels ? { optionLabels: labels } : {}),
  ...(typeof multi === 'boolean' ? { multi } : {}),
});

const INTENT: Readonly<Record<ReadingKind, Reading['kind']>> = {
  yes: 'yes',
  no: 'no',
  vote: 'vote',
  maybe: 'unknown',
  unknown: 'unknown',
  stop: 'opt_out',
  start: 'opt_in',
  help: 'help',
};

function readingOf(raw: ParserReading, hasMedia: boolean): Reading {
  const kind = INTENT[raw.kind];
  const reason = raw.reason === 'empty' && hasMedia ? 'media_only' : (raw.reason ?? 'no_match');
  return {
    kind,
    choices: [...(raw.choices ?? [])],
    guests: raw.guests ?? null,
    reason: kind === 'unknown' ? reason : null,
    rule: raw.rule,
  };
}
