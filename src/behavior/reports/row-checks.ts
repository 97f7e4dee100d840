/* Invariants 13 to 17 and 20: what holds of rows whatever they tell: none twice, none missing, none open. */
import type { Catalogue } from '../catalogue/index.ts';
import { type LogRow, parseEntryId } from '../row.ts';
import type { EventType } from '../vocabulary.ts';
import { fieldOf, groupBy, nameOf } from './logged.ts';

/** What a row of each type is about: metadata keys and id columns that together are its object. */
const OBJECT: Readonly<Record<EventType, readonly string[]>> = {
  session_start: ['session_id'],
  session_end: ['session_id'],
  flow_started: ['flow_run_id'],
  flow_step: ['flow_run_id'],
  flow_completed: ['flow_run_id'],
  user_action: ['session_id'],
  contact_picker_opened: ['picker_id'],
  contact_picker_submitted: ['picker_id'],
  crew_created: ['crew_id'],
  crew_updated: ['crew_id'],
  event_created: ['event_id'],
  syncup_created: ['syncup_id'],
  finalize_triggered: ['event_id', 'syncup_id'],
  reminder_sent: ['event_id', 'syncup_id'],
  drop_off: ['flow_run_id'],
  push_received: ['push_id'],
  push_opened: ['push_id'],
  invite_sent: ['message_id'],
  invitee_reply_yes: ['inbound_id'],
  invitee_reply_no: ['inbound_id'],
  invitee_reply_unknown: ['inbound_id'],
  invitee_vote: ['inbound_id'],
  invitee_timeout: ['cycle_id', 'stage'],
  invitee_confirmed: ['inbound_id'],
  sms_sent: ['message_id'],
  sms_received: ['inbound_id'],
  error: ['code', 'flow_run_id', 'cycle_id', 'message_id'],
  // Each is of a step, and one stimulus may cause several, also of one instance that end in one state.
  latency: ['id'],
  state_snapshot: ['id'],
};

/** Of these an object has one for ever, whatever stimulus it came from: a redelivery makes no second. */
const ONCE: ReadonlySet<EventType> = new Set([
  'session_start',
  'session_end',
  'flow_started',
  'flow_completed',
  'drop_off',
  'contact_picker_opened',
  'contact_picker_submitted',
  'crew_created',
  'event_created',
  'syncup_created',
  'push_received',
  'push_opened',
  'invite_sent',
  'invitee_reply_yes',
  'invitee_reply_no',
  'invitee_reply_unknown',
  'invitee_vote',
  'invitee_confirmed',
  'sms_sent',
  'sms_received',
]);

const keyOf = (row: LogRow): string => {
  const columns: Readonly<Record<string, unknown>> = { ...row };
  const object = OBJECT[row.event_type].map((key) => fieldOf(row, key) ?? columns[key] ?? '');
  const stimulus = ONCE.has(row.event_type) ? [] : [fieldOf(row, 'correlation_id')];
  return [row.event_type, ...stimulus, ...object].join(' ');
};

/** Invariant 13, and no id twice. */
export function duplicateProblems(rows: readonly LogRow[]): readonly string[] {
  const twice = (groups: ReadonlyMap<string, readonly LogRow[]>) =>
    [...groups.values()].flatMap((group) => group.slice(1));
  return [
    ...twice(groupBy(rows, ({ id }) => id)).map((row) => `${nameOf(row)} is there twice.`),
    ...twice(groupBy(rows, keyOf)).map((row) => `${nameOf(row)} repeats a row of its object.`),
  ];
}

/** Invariants 14 to 17: the catalogue's own check, whose registries are built from the code. */
export const contractProblems = (
  rows: readonly LogRow[],
  catalogue: Catalogue,
): readonly string[] =>
  rows.flatMap((row) => {
    const checked = catalogue.check(row);
    return checked.ok ? [] : checked.problems.map((problem) => `${nameOf(row)}: ${problem}.`);
  });

/**
 * Invariant 20, as far as the log alone can tell: the ordinals of a source count from 0 without a gap.
 * That its last rows are missing only `instances.entries` can tell.
 */
export function gapProblems(rows: readonly LogRow[]): readonly string[] {
  const sources = groupBy(rows, ({ id }) => parseEntryId(id).sourceHash);
  return [...sources.values()].flatMap((own) => {
    const gap = own.findIndex(({ id }, place) => parseEntryId(id).ordinal !== place % 256);
    const after = gap === -1 ? undefined : own[gap];
    return after === undefined
      ? []
      : [`A row of the same source is missing before ${nameOf(after)}.`];
  });
}
