/**
 * Tapbacks and reactions, which reach us as text (sms.md 3.3). The quoted words are our own text
 * coming back ("Reply YES or NO"), so they are never read as an answer; routing may use them to
 * learn which prompt was meant.
 */
import type { Rule } from './rules.ts';

export type Reaction = {
  readonly rule: Extract<Rule, `reaction.${string}`>;
  /** What the reaction points at, where the text quotes it. */
  readonly quoted?: string;
};

const OBJECT = String.raw`(?:"([\s\S]*?)(?:"|\u2026|$)\s*|(?:an?|the|your) (?:image|photo|picture|movie|video|attachment|audio message|voice message|sticker|link|message|location|contact|gif|game)s?\s*\.?)$`;
const VERBS: readonly (readonly [string, Reaction['rule']])[] = [
  [String.raw`removed (?:an?|the|their) [\w !?]{1,24}? (?:from|to)`, 'reaction.removed'],
  [String.raw`(?:elimin\u00f3|quit\u00f3) un[ao]? .{1,24}? (?:de|a)`, 'reaction.removed'],
  [
    '(?:liked|loved|le gust\u00f3|le encant\u00f3|me gusta|a aim\u00e9|a ador\u00e9|hat .{0,12}gef\u00e4llt|gefiel)',
    'reaction.like',
  ],
  ['(?:disliked|no le gust\u00f3|n\u0027a pas aim\u00e9)', 'reaction.dislike'],
  [
    '(?:laughed at|emphasi[sz]ed|questioned|se rio de|se ri\u00f3 de|destac\u00f3|enfatiz\u00f3|cuestion\u00f3|a ri de|a mis en avant)',
    'reaction.other',
  ],
];
const PATTERNS = VERBS.map(
  ([verb, rule]) => [new RegExp(`^${verb} ${OBJECT}`, 'iu'), rule] as const,
);
const LIKES =
  /[\u{1F44D}\u2764\u{1F493}-\u{1F49F}\u{1F970}\u{1F60D}\u{1F44C}\u2705\u2714\u{1F64C}\u{1F44F}]/u;
const DISLIKES = /[\u{1F44E}\u274C\u{1F6AB}\u{1F645}]/u;
/** Android ("\u{1F44D} to \u201c\u2026\u201d") and iOS 18 ("Reacted \u{1F525} to \u201c\u2026\u201d"). */
const EMOJI_REACTION = new RegExp(
  String.raw`^(removed )?(?:reacted |reaccion\u00f3 |a r\u00e9agi )?(?:con |with |avec )?([^\p{L}\p{N}"]{1,16}|an? (?:sticker|emoji|memoji)) ?(?:to|from|a|\u00e0|de) ${OBJECT}`,
  'iu',
);

/** The reaction this text stands for, or undefined if a person typed it. */
export function readReaction(text: string): Reaction | undefined {
  for (const [pattern, rule] of PATTERNS) {
    const match = pattern.exec(text);
    if (match) return reaction(rule, match[1]);
  }
  const match = EMOJI_REACTION.exec(text);
  if (!match) return undefined;
  if (match[1]) return reaction('reaction.removed', match[3]);
  return reaction(ruleOfEmoji(match[2] ?? ''), match[3]);
}

function ruleOfEmoji(emoji: string): Reaction['rule'] {
  if (LIKES.test(emoji)) return 'reaction.like';
  return DISLIKES.test(emoji) ? 'reaction.dislike' : 'reaction.other';
}

function reaction(rule: Reaction['rule'], quoted: string | undefined): Reaction {
  return quoted ? { rule, quoted: quoted.trim() } : { rule };
}
