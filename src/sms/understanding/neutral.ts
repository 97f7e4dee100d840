/**
 * What routing needs before it knows which prompt a text answers: the letter code of a prompt, if
 * the text opens or ends with one, and the words a reaction or a quoted line points at. Whether a
 * prompt with that code is open is for the caller to say.
 */
import { PROMPT_CODES } from '../../../machines/letters.ts';
import { cleanText } from './clean.ts';
import { readReaction } from './reactions.ts';
import { stripSignature } from './signature.ts';
import { understand } from './understand.ts';

export type NeutralReading = {
  readonly code?: string;
  /** The text without its code; the whole cleaned text where there is none. */
  readonly rest: string;
  readonly quoted?: string;
};

const LETTER = `[${PROMPT_CODES.join('')}]`;
const ONLY = new RegExp(`^[("'\\[]*(${LETTER})[)"'\\].:!,]*$`, 'iu');
const GLUED = new RegExp(`^(${LETTER})(\\d)\\W*$`, 'iu');
const AT_START = new RegExp(
  `^[("'\\[]?(${LETTER})[)"'\\]]?(?:\\s*(?:[:,)=-]|\\.(?=\\s))+\\s*|\\s+)(?=\\S)`,
  'iu',
);
const AT_END = new RegExp(
  `(?:[\\s,.:;-]+(?:for|to|on|is for)\\s+|(?:[\\s,:;-]|(?<![\\s\\d.]\\p{L})\\.)\\s*)[("'\\[]?(${LETTER})[)"'\\].!]*$`,
  'iu',
);

/** Code, rest and quote of a text. */
export function neutralReading(text: string): NeutralReading {
  const cleaned = cleanText(text);
  const reaction = readReaction(cleaned);
  if (reaction) return withQuote({ rest: cleaned }, reaction.quoted);
  const own = stripSignature(cleaned);
  return withQuote(codeOf(own.text), own.quoted);
}

function withQuote(reading: NeutralReading, quoted: string | undefined): NeutralReading {
  return quoted ? { ...reading, quoted } : reading;
}

function codeOf(text: string): NeutralReading {
  const only = ONLY.exec(text);
  if (only?.[1]) return { code: only[1].toUpperCase(), rest: '' };
  const glued = GLUED.exec(text);
  if (glued?.[1] && glued[2]) return { code: glued[1].toUpperCase(), rest: glued[2] };
  const start = AT_START.exec(text);
  if (start?.[1]) {
    const rest = text.slice(start[0].length).trim();
    if (isAnswer(rest)) return { code: start[1].toUpperCase(), rest };
  }
  const end = AT_END.exec(text);
  if (end?.[1]) {
    const rest = text.slice(0, end.index).trim();
    if (isAnswer(rest)) return { code: end[1].toUpperCase(), rest };
  }
  return { rest: text };
}

/** A letter is a code only beside an answer: "a friend told me" is none. */
function isAnswer(rest: string): boolean {
  if (rest === '') return false;
  const event = understand(rest, { ctx: 'event' });
  if (event.kind === 'yes' || event.kind === 'no' || event.kind === 'maybe') return true;
  return understand(rest, { ctx: 'syncup', options: 9 }).kind === 'vote';
}
