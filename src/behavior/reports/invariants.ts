/*
 * The invariants of the log's contract as pure functions over its rows: what every database of ours
 * must satisfy, whoever made the rows. Numbers are the contract's (section 8). Two are not here: 10 needs
 * a reminder's texts that failed before they were sent, 18 the charts themselves.
 */
import type { Catalogue } from '../catalogue/index.ts';
import type { LogRow } from '../row.ts';
import { inOrder, type Verdict } from './logged.ts';
import {
  meaningProblems,
  precedenceProblems,
  receivedProblems,
  timeoutProblems,
} from './reply-checks.ts';
import { contractProblems, duplicateProblems, gapProblems } from './row-checks.ts';
import { madeProblems, pickerProblems, runProblems, stepProblems } from './run-checks.ts';
import { sessionProblems } from './session-checks.ts';
import { carriedProblems, inviteProblems, optOutProblems } from './text-checks.ts';

export type InvariantInput = {
  /** In any order; of whole sources (a session, a run, an invitation, a text), or gaps are seen. */
  readonly rows: readonly LogRow[];
  readonly catalogue: Catalogue;
  /** Runs whose last row is before this (epoch ms) must have ended. */
  readonly endedBy: number;
  /** The sids of all messages that the carrier took, where they are known. */
  readonly sids?: readonly string[];
};

/** One verdict per invariant, in the contract's order. */
export function judgeInvariants(input: InvariantInput): readonly Verdict[] {
  const rows = inOrder(input.rows);
  const { catalogue, endedBy, sids } = input;
  const verdict = (id: string, claim: string, broken: readonly string[]): Verdict => ({
    ...{ id, claim, broken },
  });
  return [
    verdict('1', 'A run begins once and ends once', runProblems(rows, { endedBy })),
    verdict('2', 'Steps of a run are counted without a gap', stepProblems(rows)),
    verdict('3', 'A picker is opened once, then submitted', pickerProblems(rows)),
    verdict('4', 'What a run makes is logged with its end', madeProblems(rows)),
    verdict('5', 'An invite is one SMS', inviteProblems(rows)),
    verdict('6', 'A message received has one meaning', receivedProblems(rows)),
    verdict('7', 'A meaning belongs to a message received', meaningProblems(rows)),
    verdict('8', 'Replies follow an invite', precedenceProblems(rows)),
    verdict('9', 'Nothing is sent after STOP', optOutProblems(rows)),
    ...(sids === undefined
      ? []
      : [verdict('11', 'SMS logged are those the carrier took', carriedProblems(rows, sids))]),
    verdict('12', 'A session holds what was done in it', sessionProblems(rows)),
    verdict('13', 'No row is there twice', duplicateProblems(rows)),
    verdict('14-17', 'Every row keeps the contract', contractProblems(rows, catalogue)),
    verdict('19', 'A stage runs out once, never after a reply', timeoutProblems(rows)),
    verdict('20', 'No source has a gap', gapProblems(rows)),
  ];
}
