/* Invariants 1 to 4: how a run of an organizer flow begins, goes on and ends. */
import type { LogRow } from '../row.ts';
import { fieldOf, groupBy, inOneCommit, isOf, nameOf, ofType } from './logged.ts';

const isTerminal = (row: LogRow): boolean => isOf('flow_completed', row) || isOf('drop_off', row);

const runsOf = (rows: readonly LogRow[]) => groupBy(rows, (row) => fieldOf(row, 'flow_run_id'));

/** Invariant 1. A run whose last row is not before `endedBy` (epoch ms) may still be going on. */
export function runProblems(
  rows: readonly LogRow[],
  { endedBy }: { readonly endedBy: number },
): readonly string[] {
  return [...runsOf(rows)].flatMap(([run, own]) => {
    const starts = ofType('flow_started', own).length;
    const ends = own.filter(isTerminal).length;
    const last = own.at(-1);
    const isOver = (last?.timestamp ?? 0) < endedBy;
    return [
      starts === 1 ? [] : [`Run ${run} has ${starts} flow_started.`],
      own[0]?.event_type === 'flow_started' ? [] : [`Run ${run} does not begin with flow_started.`],
      ends === 1 || (ends === 0 && !isOver)
        ? []
        : [`Run ${run} has ${ends} of flow_completed and drop_off.`],
      ends > 0 && last !== undefined && !isTerminal(last)
        ? [`Run ${run} goes on after its end: ${nameOf(last)}.`]
        : [],
    ].flat();
  });
}

/** Invariant 2. */
export function stepProblems(rows: readonly LogRow[]): readonly string[] {
  return [...runsOf(ofType('flow_step', rows))].flatMap(([run, own]) => {
    const found = own.map((row) => fieldOf(row, 'step_index'));
    return found.every((index, place) => index === place + 1)
      ? []
      : [`Run ${run} counts its steps ${found.join(', ')}.`];
  });
}

/** Invariant 3. */
export function pickerProblems(rows: readonly LogRow[]): readonly string[] {
  return [...groupBy(rows, (row) => fieldOf(row, 'picker_id'))].flatMap(([picker, own]) => {
    const opened = ofType('contact_picker_opened', own).length;
    const submitted = ofType('contact_picker_submitted', own).length;
    return [
      opened === 1 ? [] : [`Picker ${picker} was opened ${opened} times.`],
      submitted <= 1 ? [] : [`Picker ${picker} was submitted ${submitted} times.`],
      opened === 0 || own[0]?.event_type === 'contact_picker_opened'
        ? []
        : [`Picker ${picker} was submitted before it was opened.`],
    ].flat();
  });
}

const MADE = ['crew_created', 'event_created', 'syncup_created'] as const;

/** Invariant 4. What finalized by itself belongs to no run. */
export function madeProblems(rows: readonly LogRow[]): readonly string[] {
  const ends = ofType('flow_completed', rows);
  return rows
    .filter((row) => MADE.some((type) => isOf(type, row)) && fieldOf(row, 'flow_run_id') !== null)
    .filter(
      (row) =>
        !ends.some(
          (end) =>
            end.metadata.flow_run_id === fieldOf(row, 'flow_run_id') && inOneCommit(end, row),
        ),
    )
    .map((row) => `${nameOf(row)} is not in one commit with its flow_completed.`);
}
