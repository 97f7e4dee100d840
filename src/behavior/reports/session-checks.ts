/* Invariant 12: a session begins once, ends at most once, and holds what its organizer did in it. */
import type { LogRow } from '../row.ts';
import { ORGANIZER_EVENT_TYPES } from '../vocabulary.ts';
import { groupBy, nameOf, ofType } from './logged.ts';

const ORGANIZERS: ReadonlySet<string> = new Set(
  // A push comes when it comes; only its opening may begin a session.
  ORGANIZER_EVENT_TYPES.filter((type) => type !== 'push_received'),
);

/** Texts that a session has caused may come after its end. */
export function sessionProblems(rows: readonly LogRow[]): readonly string[] {
  return [...groupBy(rows, ({ session_id }) => session_id)].flatMap(([session, own]) => {
    const starts = ofType('session_start', own).length;
    const ends = ofType('session_end', own).length;
    const acts = own.filter(({ event_type }) => ORGANIZERS.has(event_type));
    const end = acts.findIndex(({ event_type }) => event_type === 'session_end');
    return [
      starts === 1 ? [] : [`Session ${session} has ${starts} session_start.`],
      ends <= 1 ? [] : [`Session ${session} has ${ends} session_end.`],
      starts === 0 || acts[0]?.event_type === 'session_start'
        ? []
        : [`Session ${session} does not begin with session_start.`],
      end === -1
        ? []
        : acts.slice(end + 1).map((row) => `${nameOf(row)} comes after its session's end.`),
    ].flat();
  });
}
