/**
 * What one clause can be. From firm to faint: `word` answers by itself, `rsvp` speaks of taking
 * part, `soft` judges the proposal, `assent` may be mere politeness.
 */
export const CLAUSE_KINDS = [
  'yes-word',
  'yes-rsvp',
  'yes-soft',
  'assent',
  /** "Please do": goes on with an agreement. */
  'go-ahead',
  'no-word',
  'no-rsvp',
  'no-soft',
  'maybe',
  /** An answer that hangs on something. */
  'condition',
  /** Yes and no at once. */
  'mixed',
  /** "Just kidding": takes back what was said. */
  'retract',
  'question',
  /** What somebody else said or can do. */
  'reported',
  'polite',
  'note',
] as const;
export type ClauseKind = (typeof CLAUSE_KINDS)[number];

export function isYes(kind: ClauseKind | undefined): boolean {
  return kind === 'yes-word' || kind === 'yes-rsvp' || isFaintYes(kind);
}

export function isFaintYes(kind: ClauseKind | undefined): boolean {
  return kind === 'yes-soft' || kind === 'assent' || kind === 'go-ahead';
}

export function isNo(kind: ClauseKind | undefined): boolean {
  return kind === 'no-word' || kind === 'no-rsvp' || kind === 'no-soft';
}
