/**
 * Weighs the clauses of a text: the first answer decides, a note after it does not, a correction
 * replaces it, a condition makes it a maybe, and two answers that contradict make it unknown.
 */
import { type Clause, MAX_CLAUSES } from '../clauses.ts';
import { maybe, type Reading, unknown } from '../reading.ts';
import type { Rule } from '../rules.ts';
import { LATER } from '../tables/aside-phrases.ts';
import { type Classified, classifyClause, continuesAgreement } from './classify.ts';
import { type ClauseKind, isFaintYes, isNo, isYes } from './clause-kind.ts';

type Step = Classified & { readonly words: string; readonly corrects: boolean };

const RULE_OF: Readonly<Partial<Record<ClauseKind, Rule>>> = {
  'yes-word': 'yes.word',
  'yes-rsvp': 'yes.rsvp',
  'yes-soft': 'yes.soft',
  assent: 'yes.assent',
  'go-ahead': 'yes.assent',
  'no-word': 'no.word',
  'no-rsvp': 'no.rsvp',
  'no-soft': 'no.soft',
};

/** The answer in these clauses; unknown where there is none or more than one. */
export function readPolarity(clauses: readonly Clause[]): Reading {
  if (clauses.length >= MAX_CLAUSES) return unknown('too_long');
  const all = classifyAll(clauses);
  const steps = afterCorrection(all);
  const reading = weigh(steps);
  const corrected = steps.length < all.length && (reading.kind === 'yes' || reading.kind === 'no');
  return corrected ? { ...reading, rule: 'polarity.corrected', certainty: 'strong' } : reading;
}

/** A correction may stand alone ("Wait, no"): it then belongs to the clause after it. */
function classifyAll(clauses: readonly Clause[]): readonly Step[] {
  const steps: Step[] = [];
  let carried = false;
  for (const { words, question, corrects } of clauses) {
    carried = carried || corrects;
    if (words === '') continue;
    steps.push({ ...classifyClause(words, question), words, corrects: carried });
    carried = false;
  }
  return steps;
}

/** Drops what a later answer took back: "Yes. Wait, no". */
function afterCorrection(steps: readonly Step[]): readonly Step[] {
  const decides = (kind: ClauseKind) => isYes(kind) || isNo(kind) || kind === 'maybe';
  const from = steps.findLastIndex((s) => s.corrects && decides(s.kind));
  return from > 0 ? steps.slice(from) : steps;
}

function weigh(steps: readonly Step[]): Reading {
  const has = (kind: ClauseKind) => steps.some((s) => s.kind === kind);
  const yes = steps.filter((s) => isYes(s.kind));
  const no = steps.filter((s) => isNo(s.kind));
  if (has('mixed')) return unknown('polarity.mixed', 'multiple_intents');
  if (has('condition')) return maybe('maybe.condition');
  if (yes.length + no.length === 0) return withoutAnswer(steps);
  if (has('retract')) return unknown('polarity.retracted', 'multiple_intents');
  if (no.length === 0) return readYes(steps, yes);
  return yes.length === 0 ? readNo(steps, no) : readBoth(steps, yes, no);
}

function withoutAnswer(steps: readonly Step[]): Reading {
  const asks = steps.some((s) => s.kind === 'question');
  if (!steps.some((s) => s.kind === 'maybe')) return unknown(asks ? 'question' : 'no_match');
  return asks && steps[0]?.kind !== 'maybe' ? unknown('question') : maybe('maybe.phrase');
}

function answer(kind: 'yes' | 'no', step: Step, steps: readonly Step[]): Reading {
  const exact = steps.length === 1 && step.bare;
  return { kind, rule: RULE_OF[step.kind] ?? 'no_match', certainty: exact ? 'exact' : 'strong' };
}

/** A firm yes stands whatever is asked or told beside it; a faint one only where nothing is. */
function readYes(steps: readonly Step[], yes: readonly Step[]): Reading {
  const firm = yes.find((s) => s.kind === 'yes-word') ?? yes.find((s) => s.kind === 'yes-rsvp');
  const first = steps[0]?.kind;
  if (steps.some((s) => s.kind === 'maybe')) return maybe('maybe.phrase');
  if (first === 'question' && firm?.kind !== 'yes-rsvp') return unknown('question');
  if (firm) return answer('yes', firm, steps);
  const [faint] = yes;
  const aside = steps.filter(
    (s) => s.kind === 'note' || s.kind === 'reported' || s.kind === 'question',
  );
  const foreign = aside.filter((s) => !continuesAgreement(s.words));
  if (!faint || first === 'reported') return unknown('no_match');
  if (foreign.some((s) => s.kind === 'question')) return unknown('question');
  const judged = yes.find((s) => s.kind === 'yes-soft');
  if (foreign.length > 0 && !judged) return unknown('no_match');
  return answer('yes', judged ?? faint, steps);
}

function isPutOff(words: string): boolean {
  return words.split(' ').some((w) => LATER.has(w));
}

function readNo(steps: readonly Step[], no: readonly Step[]): Reading {
  const firm = no.find((s) => s.kind !== 'no-soft');
  const chosen = firm ?? no[0];
  if (!chosen) return unknown('no_match');
  if (steps.some((s) => s.kind === 'maybe' && !isPutOff(s.words)))
    return unknown('polarity.hedged', 'maybe');
  if (steps[0]?.kind === 'question') return unknown('question');
  if (steps[0]?.kind === 'reported' && chosen.kind !== 'no-rsvp') return unknown('no_match');
  if (!firm && steps.some((s) => s.kind === 'question')) return unknown('question');
  return answer('no', chosen, steps);
}

/**
 * Both polarities. A firm no beats faint praise ("sounds fun but i can not come", "no, i am
 * good"), anything else stays unknown.
 */
function readBoth(steps: readonly Step[], yes: readonly Step[], no: readonly Step[]): Reading {
  const firm = no.find((s) => s.kind !== 'no-soft');
  const faint = yes.every((s) => isFaintYes(s.kind));
  const asks = steps[0]?.kind === 'question';
  if (firm && faint && !asks && !steps.some((s) => s.kind === 'maybe'))
    return answer('no', firm, steps);
  return unknown('polarity.mixed', 'multiple_intents');
}
