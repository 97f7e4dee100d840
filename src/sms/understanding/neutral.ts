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
/**
 * "A" and the Spanish "e" are words as well. They are letters before an answer that is whole, or one that
 * no article stands before; "a hard no" and "a friend and I will come" name nothing.
 */
const A_WORD_TOO = /^[ae]\s/iu;
/** Words of one letter that say something else: "A-ok", "b there", "no voy a". */
const NO_LETTER =
  /^\W*(?:a-ok(?:ay)?|b\s+(?:there|right|back))\b|\b(?:voy|vamos|va|van|ir)\s+a\W*$/iu;
const NO_NOUN =
  /^(?:(?:(?:yes|yeah|yep|yup|no|nope|nah|s[i\u00ed]|ok|okay|sure|maybe|none|neither|\d)(?:[\s,]+(?:please|thanks|thank you|sorry|gracias))?|\d(?:(?:[\s,&+]|and|y)+\d)*)\W*$|(?:i|im|i'm|ill|i'll|we|we're|we'll|can't|cant|cannot|won't|count|sounds|works)\b)/iu;

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
  if (NO_LETTER.test(text)) return { rest: text };
  const only = ONLY.exec(text);
  if (only?.[1]) return { code: only[1].toUpperCase(), rest: '' };
  const glued = GLUED.exec(text);
  if (glued?.[1] && glued[2]) return { code: glued[1].toUpperCase(), rest: glued[2] };
  const start = AT_START.exec(text);
  if (start?.[1]) {
    const rest = text.slice(start[0].length).trim();
    const isWord = A_WORD_TOO.test(text) && !NO_NOUN.test(rest);
    if (!isWord && isAnswer(rest)) return { code: start[1].toUpperCase(), rest };
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
