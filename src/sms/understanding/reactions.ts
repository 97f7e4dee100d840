/**
 * Tapbacks and reactions, which reach us as text (sms.md 3.3). The quoted words are our own text
 * coming back ("Reply YES or NO"), so they are never read as an answer; routing may use them to
 * learn which prompt was meant.
 */
import { phraseBook, wordClasses } from './phrase-book.ts';
import { matchesAt } from './phrase-match.ts';
import type { Rule } from './rules.ts';
import { wordList } from './words.ts';

export type Reaction = {
  readonly rule: Extract<Rule, `reaction.${string}`>;
  /** What the reaction points at, where the text quotes it. */
  readonly quoted?: string;
};

const NAMES = wordClasses(`
  a = a|an|the|your
  thing = image|photo|picture|movie|video|attachment|audio message|voice message|sticker|link
    |message|location|contact|gif|game|item|url
  with = reacted with (a|an)? _ to
`);
/** What stands before the quote, in plain words, and the kind of reaction. */
const VERBS = phraseBook(
  `
  liked|loved|hearted|le gusto|le encanto|me gusta|me encanta|a aime|a adore|gefallt = like
  disliked|no le gusto|n a pas aime|na pas aime = dislike
  laughed at|emphasized|emphasised|questioned|reacted to|<with>|se rio de|destaco|enfatizo|cuestiono
    |a ri de|a mis en avant = other
  removed (a|an|the|their) _ (_)? (from|to)|(elimino|quito) (un|una|el) _ (_ _)? (de|a|en) = removed
`,
  NAMES,
);
/** "Liked an image": there is nothing to quote. */
const VERB_AND_THING = phraseBook(
  `
  (liked|loved|hearted) <a> <thing> = like
  disliked <a> <thing> = dislike
  (laughed at|emphasized|emphasised|questioned|reacted to|<with>) <a> <thing> = other
  removed (a|an|the|their) _ (_)? (from|to) <a> <thing> = removed
`,
  NAMES,
);
const QUOTE = /^([^"]{0,60})"([\s\S]*?)(?:"|\u2026|\.\.\.)?\s*$/u;
/**
 * Android: "\u{1F44D} to \u201c\u2026\u201d"; iOS 18: "Reacted \u{1F525} to \u201c\u2026\u201d";
 * also with a thing instead of a quote.
 */
const EMOJI_REACTION = new RegExp(
  [
    String.raw`^(removed )?(?:reacted )?(?:with |con )?([^\p{L}\p{N}"]{1,16}) ?`,
    String.raw`(?:to|from|a|\u00e0) (?:"|(?:an?|your) \w+$)`,
  ].join(''),
  'u',
);
const LIKES =
  /[\u{1F44D}\u2764\u{1F493}-\u{1F49F}\u{1F970}\u{1F60D}\u{1F44C}\u2705\u2714\u{1F64C}\u{1F44F}]/u;
const DISLIKES = /[\u{1F44E}\u274C\u{1F6AB}\u{1F645}]/u;

/** The reaction this cleaned text stands for, or undefined if a person typed it. */
export function readReaction(text: string): Reaction | undefined {
  const quote = QUOTE.exec(text);
  const quoted = quote?.[2]?.trim();
  const emoji = EMOJI_REACTION.exec(text.slice(0, 80).toLowerCase());
  if (emoji) return reaction(emoji[1] ? 'removed' : kindOfEmoji(emoji[2] ?? ''), quoted);
  const lead = wordList(quote ? (quote[1] ?? '') : text.slice(0, 80));
  const book = quote ? VERBS : VERB_AND_THING;
  const match = matchesAt(book, lead).find((m) => m.end === lead.length && m.end > 0);
  return match ? reaction(match.value, quoted) : undefined;
}

function kindOfEmoji(emoji: string): string {
  if (LIKES.test(emoji)) return 'like';
  return DISLIKES.test(emoji) ? 'dislike' : 'other';
}

function reaction(kind: string, quoted: string | undefined): Reaction {
  const rule =
    kind === 'like' || kind === 'dislike' || kind === 'removed'
      ? (`reaction.${kind}` as const)
      : 'reaction.other';
  return quoted ? { rule, quoted } : { rule };
}
