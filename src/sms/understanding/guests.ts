/**
 * How many people a yes brings along. Only what is said in numbers or for one person; "bringing
 * the kids" has no number.
 */
const NUMBERS: ReadonlyMap<string, number> = new Map([
  ['a', 1],
  ['an', 1],
  ['one', 1],
  ['my', 1],
  ['two', 2],
  ['three', 3],
  ['four', 4],
  ['five', 5],
  ['six', 6],
  ['seven', 7],
  ['eight', 8],
  ['nine', 9],
  ['ten', 10],
  ['couple', 2],
  ['uno', 1],
  ['una', 1],
  ['un', 1],
  ['mi', 1],
  ['dos', 2],
  ['tres', 3],
  ['cuatro', 4],
  ['cinco', 5],
]);
/** More than this along with one phone is a slip of the finger, not a party. */
const MOST_GUESTS = 20;

const N =
  '(\\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|uno|una|dos|tres|cuatro|cinco)';
const PERSON = `(?:${[
  'wife|husband|partner|girlfriend|boyfriend|gf|bf|spouse|fiancee?|friend|buddy|date|son|daughter',
  'kid|baby|mom|dad|mother|father|sister|brother|roommate|cousin|guest|esposa|esposo|novia|novio',
  'amigo|amiga|hijo|hija',
].join('|')})`;
const COMPANY = `(?:${[
  'kids|children|guests|friends|people|others|more|extra|adults|hijos|amigos|amigas|personas',
  'invitados|mas',
].join('|')})`;
const WITH = '(?:bringing|bring|with|me and|and|con|y|llevo(?: a)?|traigo)';
/** Each with the number of people in it who are the writer. */
const PATTERNS: readonly (readonly [string, number])[] = [
  [`(?:\\+|plus |mas )${N}`, 0],
  [`(?:party|group|table|family|total) (?:of|de) ${N}`, 1],
  [`${N} (?:of us|total|in total|in all|de nosotros)`, 1],
  [`(?:we (?:are|will be)|somos|seremos|vamos) ${N}(?! (?:mins?|minutes|hours?))`, 1],
  [`${WITH} (?:my )?${N} ${COMPANY}`, 0],
  [`${WITH} (my|a|one|mi|un|una) ${PERSON}`, 0],
  [`(my|mi) ${PERSON} (?:and i|y yo)`, 0],
];
const COMPILED = PATTERNS.map(
  ([pattern, self]) => [new RegExp(`(?<=^| )${pattern}(?= |$)`, 'u'), self] as const,
);

/** Guests named in plain words (words.ts), the writer not counted; undefined if none are. */
export function guestsIn(words: string): number | undefined {
  const text = words.replace(/\+ (?=\d)/gu, '+');
  for (const [pattern, self] of COMPILED) {
    const said = pattern.exec(text)?.[1];
    if (said === undefined) continue;
    const guests = (NUMBERS.get(said) ?? Number(said)) - self;
    if (guests >= 1 && guests <= MOST_GUESTS) return guests;
  }
  return undefined;
}
