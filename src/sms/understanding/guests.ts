/**
 * How many people a yes brings along. Only what is said in numbers or for one person; "bringing the
 * kids" has no number.
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
const ONE_PERSON =
  '(?:wife|husband|partner|girlfriend|boyfriend|gf|bf|spouse|fiancee?|friend|buddy|date|son|daughter|kid|baby|mom|dad|mother|father|sister|brother|roommate|cousin|plus one|guest|esposa|esposo|novia|novio|amigo|amiga|hijo|hija)';
const COMPANY =
  '(?:kids|children|guests|friends|people|others|more|extra|adults|hijos|amigos|amigas|personas|invitados|mas)';
/** Each with the number of people in it who are the writer. */
const PATTERNS: readonly (readonly [RegExp, number])[] = [
  [new RegExp(`(?:^| )(?:\\+|plus |mas )${N}(?= |$)`, 'u'), 0],
  [new RegExp(`(?:^| )(?:party|group|table|family|total) (?:of|de) ${N}(?= |$)`, 'u'), 1],
  [new RegExp(`(?:^| )${N} (?:of us|total|in total|in all|de nosotros)(?= |$)`, 'u'), 1],
  [
    new RegExp(
      `(?:^| )(?:we (?:are|will be)|somos|seremos|vamos) ${N}(?= |$)(?! (?:min|mins|minutes|hours?))`,
      'u',
    ),
    1,
  ],
  [
    new RegExp(
      `(?:^| )(?:bringing|bring|with|and|me and|con|y|llevo|traigo) (?:my )?${N} ${COMPANY}(?= |$)`,
      'u',
    ),
    0,
  ],
  [
    new RegExp(
      `(?:^| )(?:bringing|bring|with|me and|and|con|y|llevo(?: a)?) (my|a|one|mi|un|una) ${ONE_PERSON}(?= |$)`,
      'u',
    ),
    0,
  ],
  [new RegExp(`(?:^| )(my|mi) ${ONE_PERSON} (?:and i|y yo)(?= |$)`, 'u'), 0],
];

/** Guests named in plain words (words.ts), the writer not counted; undefined if none are. */
export function guestsIn(words: string): number | undefined {
  const text = words.replace(/\+ (?=\d)/gu, '+');
  for (const [pattern, self] of PATTERNS) {
    const said = pattern.exec(text)?.[1];
    if (said === undefined) continue;
    const guests = (NUMBERS.get(said) ?? Number(said)) - self;
    if (guests >= 1 && guests <= MOST_GUESTS) return guests;
  }
  return undefined;
}
