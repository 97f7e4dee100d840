/*
 * Reading a text against everything that is open for its phone, before anyone knows what it answers:
 * the words are gone afterwards. It knows the parser and the questions, and no chart.
 */
import type { Reading } from '../../machines/replies.ts';
import type { PromptRow } from '../store/prompts.ts';
import {
  type Reading as ParserReading,
  type ReadingKind,
  type ReplyContext,
  understand,
} from './understanding/index.ts';

export type Understood = {
  readonly neutral: Reading;
  readonly readings: readonly {
    readonly promptId: string;
    readonly organizerId: string;
    readonly reading: Reading;
  }[];
  readonly bareYes: boolean;
  readonly freeText: boolean;
};

/** All readings of one text; of `media` without words it says so. */
export function readAgainst(
  text: { readonly body: string; readonly media: number },
  prompts: readonly PromptRow[],
): Understood {
  const neutral = understand(text.body, { ctx: 'none' });
  const reading = (raw: ParserReading) => readingOf(raw, text.media > 0);
  return {
    neutral: reading(neutral),
    readings: prompts.map((prompt) => ({
      promptId: prompt.id,
      organizerId: prompt.organizerId,
      reading: reading(understand(text.body, contextOf(prompt))),
    })),
    bareYes: /^\W*yes\W*$/iu.test(text.body),
    freeText: neutral.kind === 'stop' && neutral.rule === 'compliance.phrase',
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
