/* Invariants 6, 7, 8 and 19: what is logged of what invitees write, or do not write. */
import type { LogRow } from '../row.ts';
import { fieldOf, groupBy, inOneCommit, isOf, nameOf, ofType } from './logged.ts';

const COUNTED = ['invitee_reply_yes', 'invitee_reply_no', 'invitee_vote'] as const;
const SEMANTIC = [...COUNTED, 'invitee_reply_unknown', 'invitee_confirmed'] as const;
const WORDS_OF_THE_TRADE: readonly unknown[] = ['opt_out', 'opt_in', 'help'];

const isAny = (types: readonly LogRow['event_type'][], row: LogRow): boolean =>
  types.includes(row.event_type);

const meaningsOf = (rows: readonly LogRow[]) =>
  groupBy(
    rows.filter((row) => isAny(SEMANTIC, row)),
    (row) => fieldOf(row, 'inbound_id'),
  );

/** Invariant 6. */
export function receivedProblems(rows: readonly LogRow[]): readonly string[] {
  const meanings = meaningsOf(rows);
  return ofType('sms_received', rows).flatMap((received) => {
    const own = meanings.get(received.metadata.inbound_id) ?? [];
    const confirmed = ofType('invitee_confirmed', own).length;
    const besideYes = confirmed <= ofType('invitee_reply_yes', own).length;
    const expected = WORDS_OF_THE_TRADE.includes(received.metadata.intent) ? 0 : 1;
    return own.length - confirmed === expected && besideYes
      ? []
      : [`${nameOf(received)} has ${own.length} rows that say what it meant.`];
  });
}

/** Invariant 7. */
export function meaningProblems(rows: readonly LogRow[]): readonly string[] {
  const received = ofType('sms_received', rows);
  return [...meaningsOf(rows).values()].flat().flatMap((meaning) => {
    const own = received.filter(
      ({ metadata }) => metadata.inbound_id === fieldOf(meaning, 'inbound_id'),
    );
    const [message] = own;
    if (own.length !== 1 || message === undefined)
      return [`${nameOf(meaning)} has ${own.length} sms_received.`];
    return inOneCommit(message, meaning) && message.id < meaning.id
      ? []
      : [`${nameOf(meaning)} does not follow its sms_received in one commit.`];
  });
}

/** Invariant 8. */
export function precedenceProblems(rows: readonly LogRow[]): readonly string[] {
  const invited = new Set<unknown>();
  return rows.flatMap((row) => {
    if (isOf('invite_sent', row)) invited.add(row.metadata.cycle_id);
    return isAny([...COUNTED, 'invitee_confirmed'], row) && !invited.has(fieldOf(row, 'cycle_id'))
      ? [`${nameOf(row)} comes before the invite_sent of its cycle.`]
      : [];
  });
}

/** Invariant 19. Only an answer that counts ends a stage; a new question begins another. */
export function timeoutProblems(rows: readonly LogRow[]): readonly string[] {
  const seen = new Set<string>();
  const answered = new Set<unknown>();
  return rows.flatMap((row) => {
    if (isAny(COUNTED, row)) answered.add(fieldOf(row, 'cycle_id'));
    if (isOf('sms_sent', row) && row.metadata.purpose !== 'update')
      answered.delete(row.metadata.cycle_id);
    if (!isOf('invitee_timeout', row)) return [];
    const { cycle_id, stage, timeout_index } = row.metadata;
    const key = `${cycle_id} ${stage} ${timeout_index}`;
    const again = seen.has(key);
    seen.add(key);
    return [
      again ? [`${nameOf(row)} repeats a stage that had run out.`] : [],
      answered.has(cycle_id) ? [`${nameOf(row)} comes after a definitive reply.`] : [],
    ].flat();
  });
}
