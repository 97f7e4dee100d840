/**
 * From typed text to plain lower-case words in standard spelling, one space between. It knows
 * spelling, not meaning; whoever needs punctuation splits into clauses before.
 */
import { CONTRACTIONS, SPELLINGS, STRETCHABLE } from './spellings.ts';

const WORD = /[\p{L}\p{N}\u0027+#%$]+/gu;
/** "ill" is sick unless one of these follows. */
const AFTER_WILL = new Set(
  (
    'be pass come go attend join make see have do take skip try let get say bring definitely ' +
    'probably prob def need check tell stop sit decline accept not never also still just always ' +
    'meet wait think text call help stay swing drop'
  ).split(' '),
);
/** And "id" is an identity card unless one of these does. */
const AFTER_WOULD = new Set(
  'love like be say rather have prefer go want need come definitely do hate pick choose vote'.split(
    ' ',
  ),
);

/** Plain words of one clause or of a whole text; '' where it has none. */
export function plainWords(text: string): string {
  const tokens = text.toLowerCase().match(WORD) ?? [];
  const out: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const word = standardWord(tokens[i] ?? '', tokens[i + 1] ?? '');
    if (word !== '') out.push(word);
  }
  return out.join(' ');
}

/** The plain words as a list. */
export function wordList(text: string): readonly string[] {
  return plainWords(text)
    .split(' ')
    .filter((w) => w !== '');
}

/** Without accents, but for "s\u00ed", whose accent alone tells it from "if". */
export function foldAccents(word: string): string {
  if (!/[^a-z0-9']/u.test(word)) return word;
  if (/^s+\u00ed+p?$/u.test(word)) return 's\u00ed';
  return word.normalize('NFD').replace(/\p{M}+/gu, '');
}

function standardWord(token: string, next: string): string {
  const bare = token.replace(/^'+|'+$/gu, '');
  if (bare === '') return '';
  const contracted = CONTRACTIONS.get(bare);
  if (contracted) return contracted;
  if (bare === 'ill') return AFTER_WILL.has(next) ? 'i will' : 'ill';
  if (bare === 'id') return AFTER_WOULD.has(next) ? 'i would' : 'id';
  const word = unstretched(foldAccents(bare));
  const spelled = SPELLINGS.get(word);
  if (spelled !== undefined) return spelled;
  return word.includes("'") ? expanded(word) : stretchedAnswer(word);
}

function expanded(word: string): string {
  return word
    .replace(/n't$/u, ' not')
    .replace(
      /^(that|it|what|who|where|how|when|there|here|he|she|everything|all|answer|which|why)'s$/u,
      '$1 is',
    )
    .replace(/'re$/u, ' are')
    .replace(/'ve$/u, ' have')
    .replace(/'ll$/u, ' will')
    .replace(/'m$/u, ' am')
    .replace(/'d$/u, ' would')
    .replace(/'/gu, '');
}

/** "yyyeesss" and "nooo": unbounded stretches of the two words that matter most. */
function stretchedAnswer(word: string): string {
  if (/^(?:y+e+s+)+$/u.test(word)) return 'yes';
  if (/^(?:no+)+$/u.test(word) && !/^(?:nono|noon)$/u.test(word)) return 'no';
  if (word === 'nono') return 'no';
  if (/^y+[ae]+h*$/u.test(word) && word !== 'ya') return 'yeah';
  return word;
}

function unstretched(word: string): string {
  if (!/(.)\1\1/u.test(word)) return word;
  const single = word.replace(/(.)\1{2,}/gu, '$1');
  if (STRETCHABLE.has(single) || SPELLINGS.has(single)) return single;
  return /^\d+$/u.test(word) ? word : word.replace(/(.)\1{2,}/gu, '$1$1');
}
