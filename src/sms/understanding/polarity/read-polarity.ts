/**
 * Weighs the clauses of a text: the first answer decides, a note after it does not, a correction
 * replaces it, a condition makes it a maybe, and two answers that contradict make it unknown.
 */
import type { Clause } from '../clauses.ts';
import { MAX_CLAUSES } from '../clauses.ts';
import { maybe, type Reading, unknown } from '../reading.ts';
import type { Rule } from '../rules.ts';
import { type ClauseKind, classifyClause, continuesAgreement } from './classify.ts';

type Step = { readonly kind: ClauseKind; readonly bare: boolean; readonly clause: Clause };

const YES_RULES: Readonly<Partial<Record<ClauseKind, Rule>>> = {
  'yes-word': 'yes.word',
  'yes-rsvp': 'yes.rsvp',
  'yes-soft': 'yes.soft',
  assent: 'yes.assent',
  'go-ahead': 'yes.assent',
};
const NO_RULES: Readonly<Partial<Record<ClauseKind, Rule>>> = {
  'no-word': 'no.word',
  'no-rsvp': 'no.rsvp',
  'no-soft': 'no.soft',
};

/** The answer in these clauses; unknown where there is none or more than one. */
export function readPolarity(clauses: readonly Clause[]): Reading {
  if (clauses.length >= MAX_CLAUSES) return unknown('too_long');
  const steps = afterCorrections(classifyAll(clauses));
  const corrected =
    steps.length > 0 && steps[0]?.clause.corrects === true && clauses.length > steps.length;
  const has = (kind: ClauseKind) => steps.some((s) => s.kind === kind);
  const answers = steps.filter((s) => s.kind in YES_RULES || s.kind in NO_RULES);
  const first = answers[0];
  if (has('retract') && first) return unknown('polarity.retracted', 'multiple_intents');
  if (has('mixed')) return unknown('polarity.mixed', 'multiple_intents');
  if (has('condition')) return maybe('maybe.condition');
  if (!first) return withoutAnswer(steps);
  const yes = answers.filter((s) => s.kind in YES_RULES);
  const no = answers.filter((s) => s.kind in NO_RULES);
  const reading =
    no.length === 0
      ? readYes(steps, yes)
      : yes.length === 0
        ? readNo(steps, no)
        : readBoth(answers);
  return corrected && (reading.kind === 'yes' || reading.kind === 'no')
    ? { ...reading, rule: 'polarity.corrected', certainty: 'strong' }
    : reading;
}

function classifyAll(clauses: readonly Clause[]): readonly Step[] {
  const steps: Step[] = [];
  let carried = false;
  for (const clause of clauses) {
    if (clause.words === '') {
      carried = carried || clause.corrects;
      continue;
    }
    const corrects = clause.corrects || carried;
    carried = false;
    steps.push({
      ...classifyClause(clause.words, clause.question),
      clause: { ...clause, corrects },
    });
  }
  return steps;
}

/** Drops what a later answer took back: "yes. wait, no". */
function afterCorrections(steps: readonly Step[]): readonly Step[] {
  let from = 0;
  steps.forEach((step, index) => {
    const decides = step.kind in YES_RULES || step.kind in NO_RULES || step.kind === 'maybe';
    if (step.clause.corrects && decides) from = index;
  });
  return steps.slice(from);
}

function withoutAnswer(steps: readonly Step[]): Reading {
  if (steps.some((s) => s.kind === 'maybe')) {
    const clear = steps.every((s) => s.kind !== 'question' || steps[0]?.kind === 'maybe');
    return clear ? maybe('maybe.phrase') : unknown('question');
  }
  return unknown(steps.some((s) => s.kind === 'question') ? 'question' : 'no_match');
}

function readYes(steps: readonly Step[], yes: readonly Step[]): Reading {
  const firm =
    yes.find((s) => s.kind === 'yes-word') ?? yes.find((s) => s.kind === 'yes-rsvp') ?? yes[0];
  if (!firm) return unknown('no_match');
  if (steps.some((s) => s.kind === 'maybe')) return maybe('maybe.phrase');
  const isFirm = firm.kind === 'yes-word' || firm.kind === 'yes-rsvp';
  if (steps[0]?.kind === 'reported' && !isFirm) return unknown('no_match');
  if (steps[0]?.kind === 'question' && firm.kind !== 'yes-rsvp') return unknown('question');
  if (!isFirm && steps.some((s) => s.kind === 'question' && !continuesAgreement(s.clause.words)))
    return unknown('question');
  const faint = yes.every((s) => s.kind === 'assent' || s.kind === 'go-ahead');
  const aside = steps.filter((s) => s.kind === 'note' || s.kind === 'reported');
  if (faint && aside.some((s) => !continuesAgreement(s.clause.words))) return unknown('no_match');
  const rule = YES_RULES[firm.kind] ?? 'yes.word';
  return { kind: 'yes', rule, certainty: steps.length === 1 && firm.bare ? 'exact' : 'strong' };
}

function readNo(steps: readonly Step[], no: readonly Step[]): Reading {
  const first = no[0];
  if (!first) return unknown('no_match');
  const later = /(?:^| )(?:later|next|another|other|future|someday|soon)(?= |$)/u;
  const undecided = steps.some((s) => s.kind === 'maybe' && !later.test(s.clause.words));
  if (undecided) return unknown('polarity.hedged', 'maybe');
  if (steps[0]?.kind === 'reported' && no.every((s) => s.kind === 'no-word'))
    return unknown('no_match');
  if (steps[0]?.kind === 'question') return unknown('question');
  if (first.kind === 'no-soft' && steps.some((s) => s.kind === 'question'))
    return unknown('question');
  const rule = NO_RULES[first.kind] ?? 'no.word';
  return { kind: 'no', rule, certainty: steps.length === 1 && first.bare ? 'exact' : 'strong' };
}

/** Both polarities: a firm one beats a faint one ("sounds fun but i can not come"), else unknown. */
function readBoth(answers: readonly Step[]): Reading {
  const faintYes = answers.every(
    (s) =>
      !(s.kind in YES_RULES) ||
      s.kind === 'yes-soft' ||
      s.kind === 'assent' ||
      s.kind === 'go-ahead',
  );
  const no = answers.find((s) => s.kind in NO_RULES);
  if (faintYes && no && no.kind !== 'no-soft') {
    return { kind: 'no', rule: NO_RULES[no.kind] ?? 'no.word', certainty: 'strong' };
  }
  return unknown('polarity.mixed', 'multiple_intents');
}
