/* Every invariant is seen to hold on a good log, and to be broken by a log that breaks it. */
import { describe, expect, test } from 'vitest';
import { judgeInvariants } from '../../../src/behavior/reports/invariants.ts';
import { entryId, type LogRow, parseEntryId } from '../../../src/behavior/row.ts';
import type { EventType } from '../../../src/behavior/vocabulary.ts';
import { CREW_RUN, catalogue, EVENT_RUN, goodLog, SILENT, uuid, YES } from './story.ts';

const log = goodLog();
const sids = ['SM1', 'SM2', 'SM3', 'SM4'];

const brokenBy = (rows: readonly LogRow[], given: readonly string[] = sids) =>
  judgeInvariants({ rows, catalogue, endedBy: Number.POSITIVE_INFINITY, sids: given })
    .filter(({ broken }) => broken.length > 0)
    .map(({ id }) => id);

type Pick = (row: LogRow) => boolean;
const typed =
  (type: EventType, where: object = {}): Pick =>
  (row) =>
    row.event_type === type &&
    Object.entries(where).every(([key, value]) => row.metadata[key] === value);

const without = (pick: Pick) => log.filter((row) => !pick(row));
const changed = (pick: Pick, change: (row: LogRow) => LogRow) =>
  log.map((row) => (pick(row) ? change(row) : row));
const saying = (metadata: object) => (row: LogRow) => ({
  ...row,
  metadata: { ...row.metadata, ...metadata },
});

function found(pick: Pick): LogRow {
  const row = log.find(pick);
  if (row === undefined) throw new Error('The good log has no such row.');
  return row;
}

/** The row as another commit would write it, later than all of the log or at an instant of its own. */
function anew(pick: Pick, at = Date.UTC(2026, 5, 1)): LogRow {
  const row = found(pick);
  const stranger = entryId({ at, position: 0, source: uuid(at % 65_536), ordinal: 0 });
  return { ...row, id: stranger, timestamp: at, metadata: again(row) };
}
const again = ({ metadata }: LogRow) => ({ ...metadata, correlation_id: uuid(0x9999) });
const earlier = Date.UTC(2026, 3, 1);

describe('a good log', () => {
  test('breaks no invariant', () => expect(brokenBy(log)).toEqual([]));

  test('breaks none in another order of rows either', () =>
    expect(brokenBy(log.toReversed())).toEqual([]));
});

test('a run may still be going on until it must have ended', () => {
  const rows = log.filter(
    ({ event_type, metadata }) =>
      metadata.flow_run_id !== EVENT_RUN ||
      !['flow_completed', 'event_created'].includes(event_type),
  );
  const judge = (endedBy: number) =>
    judgeInvariants({ rows, catalogue, endedBy }).find(({ id }) => id === '1')?.broken.length;
  expect([judge(0), judge(Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
});

const inCrewRun = { flow_run_id: CREW_RUN };
const cases: readonly (readonly [string, string, readonly LogRow[]])[] = [
  ['1', 'a run without its end', without(typed('flow_completed', inCrewRun))],
  ['1', 'a run with two ends', [...log, anew(typed('flow_completed', inCrewRun))]],
  ['1', 'a run without its beginning', without(typed('flow_started', inCrewRun))],
  ['1', 'a run that goes on after its end', [...log, anew(typed('flow_step', inCrewRun))]],
  ['2', 'a step that is missing', without(typed('flow_step', { step_index: 2 }))],
  [
    '2',
    'a step counted twice',
    changed(typed('flow_step', { step_index: 2 }), saying({ step_index: 1 })),
  ],
  ['3', 'a picker submitted and never opened', without(typed('contact_picker_opened'))],
  ['3', 'a picker submitted twice', [...log, anew(typed('contact_picker_submitted'))]],
  [
    '4',
    "a crew made apart from its run's end",
    [...without(typed('crew_created')), anew(typed('crew_created'), earlier)],
  ],
  ['5', 'an invite without its SMS', without(typed('sms_sent', { cycle_id: SILENT }))],
  ['5', 'an invite SMS without its invite', without(typed('invite_sent', { cycle_id: SILENT }))],
  ['5', 'an invite logged twice', [...log, anew(typed('invite_sent'))]],
  ['6', 'a message that meant nothing', without(typed('invitee_reply_yes'))],
  [
    '6',
    'a STOP that was taken for a reply',
    changed(typed('sms_received', { intent: 'yes' }), saying({ intent: 'opt_out' })),
  ],
  [
    '6',
    'a message with two meanings',
    [...log, { ...anew(typed('invitee_reply_yes')), event_type: 'invitee_reply_no' as const }],
  ],
  [
    '7',
    'a meaning in another commit',
    changed(typed('invitee_reply_yes'), (row) => ({ ...row, timestamp: row.timestamp + 1 })),
  ],
  [
    '8',
    'a reply before its invite',
    changed(typed('invite_sent', { cycle_id: YES }), saying({ cycle_id: SILENT })),
  ],
  [
    '9',
    'an SMS to a phone that had opted out',
    [...log, { ...anew(typed('sms_sent', { purpose: 'update' })), invitee_phone: '+14155550113' }],
  ],
  ['11', 'an SMS that the log does not know', without(typed('sms_sent', { purpose: 'update' }))],
  ['12', 'a session that begins twice', [...log, anew(typed('session_start'), earlier)]],
  ['12', 'a session that ends twice', [...log, anew(typed('session_end'))]],
  ['12', 'an action after the end of its session', [...log, anew(typed('flow_step'))]],
  ['13', 'a row that is there twice', [...log, found(typed('crew_created'))]],
  ['13', 'a redelivered message logged again', [...log, anew(typed('sms_received'))]],
  [
    '13',
    'a timeout logged twice by one stimulus',
    [
      ...log,
      { ...anew(typed('invitee_timeout')), metadata: found(typed('invitee_timeout')).metadata },
    ],
  ],
  ['14-17', 'an open string', changed(typed('flow_step'), saying({ to_state: 'Anna said so' }))],
  [
    '14-17',
    'a name in a key of its own',
    changed(typed('crew_created'), saying({ name: 'Night Owls' })),
  ],
  [
    '14-17',
    "a phone number on an organizer's row",
    changed(typed('crew_created'), (row) => ({ ...row, invitee_phone: '+14155550111' })),
  ],
  [
    '14-17',
    'a selection that is not the sum of its parts',
    changed(typed('contact_picker_submitted'), saying({ selected: 9 })),
  ],
  ['19', 'a stage that ran out twice', [...log, anew(typed('invitee_timeout'))]],
  [
    '19',
    'a timeout after a definitive reply',
    [...log, saying({ cycle_id: YES })(anew(typed('invitee_timeout')))],
  ],
  ['20', 'a row in the middle of a source', without(typed('contact_picker_opened'))],
  ['20', 'the first row of a source', without(typed('session_start'))],
];

test.each(cases)('invariant %s is broken by %s', (id, _, rows) => {
  expect(brokenBy(rows)).toContain(id);
});

test('invariant 11 is broken by a message that the carrier took twice', () => {
  expect(brokenBy(log, ['SM1', 'SM1', 'SM2', 'SM3'])).toContain('11');
});

test('a sentence about a row never holds the phone number', () => {
  const rows = changed(typed('crew_created'), (row) => ({ ...row, invitee_phone: '+14155550111' }));
  const verdicts = judgeInvariants({ rows, catalogue, endedBy: 0 });
  expect(verdicts.flatMap(({ broken }) => broken).join(' ')).not.toContain('4155550111');
});

test('ordinals go on after 255 with 0', () => {
  const at = (ordinal: number) => Date.UTC(2026, 6, 1) + ordinal;
  const rows = Array.from({ length: 300 }, (_, ordinal) => ({
    ...found(typed('session_start')),
    id: entryId({ at: at(ordinal), position: 0, source: uuid(7), ordinal }),
  }));
  const gap = (all: readonly LogRow[]) =>
    judgeInvariants({ rows: all, catalogue, endedBy: 0 }).find(({ id }) => id === '20')?.broken;
  expect(gap(rows)).toEqual([]);
  expect(gap(rows.filter(({ id }) => parseEntryId(id).at !== at(256)))).toHaveLength(1);
});
