import { describe, expect, test } from 'vitest';
import {
  crewCreated,
  eventCreated,
  neverReplied,
  repliedNo,
  repliedYes,
} from '../../../src/behavior/reports/cases.ts';
import { deviationOf } from '../../../src/behavior/reports/sequence.ts';
import type { LogRow } from '../../../src/behavior/row.ts';
import { CREW_RUN, EVENT_RUN, goodLog, SILENT } from './story.ts';

const log = goodLog();
const run = (id: string) => log.filter(({ metadata }) => metadata.flow_run_id === id);
const ofPhone = (phone: string) => log.filter((row) => row.invitee_phone === phone);
const crew = run(CREW_RUN);
const yes = ofPhone('+14155550111');
const isType = (type: string) => (row: LogRow) => row.event_type === type;

describe('rows that are exactly the sequence', () => {
  test('CC-1', () => expect(deviationOf(crew, crewCreated(4))).toBeUndefined());
  test('EC-1, without the optional details', () =>
    expect(deviationOf(run(EVENT_RUN), eventCreated(4))).toBeUndefined());
  test('I-1', () => expect(deviationOf(yes, repliedYes)).toBeUndefined());
  test('I-9', () => {
    const rows = log.filter(({ metadata }) => metadata.cycle_id === SILENT);
    const silent = rows.map((row) =>
      row.event_type === 'invitee_timeout'
        ? { ...row, metadata: { ...row.metadata, last_reply: 'none' } }
        : row,
    );
    expect(deviationOf(silent, neverReplied)).toBeUndefined();
  });
});

describe('rows that part from the sequence', () => {
  test('a row that is missing is named', () =>
    expect(
      deviationOf(
        crew.filter((row) => !isType('crew_created')(row)),
        crewCreated(4),
      ),
    ).toMatch(/^missing: expected crew_created\{members: 4\}, found flow_completed/));

  test('a row that is missing at the end is named', () =>
    expect(deviationOf(yes.slice(0, -1), repliedYes)).toBe('missing: sms_sent{purpose: update}'));

  test('a row more than the sequence has is named', () =>
    expect(deviationOf([...yes, ...log.slice(-1)], repliedYes)).toMatch(/^extra: session_end/));

  test('rows in another order are told from missing ones', () => {
    const [first, second] = crew.slice(1, 3) as [LogRow, LogRow];
    const swapped = [
      { ...first, id: second.id },
      { ...second, id: first.id },
    ];
    expect(deviationOf([crew[0] as LogRow, ...swapped, ...crew.slice(3)], crewCreated(4))).toMatch(
      /^order: expected flow_step\{step: name_crew/,
    );
  });

  test('rows of one commit may not come in two', () => {
    const later = yes.map((row) =>
      isType('invitee_reply_yes')(row) ? { ...row, timestamp: row.timestamp + 1 } : row,
    );
    expect(deviationOf(later, repliedYes)).toMatch(/^order: invitee_reply_yes .* one commit/);
  });

  test('a number that is not the right one counts', () =>
    expect(deviationOf(crew, crewCreated(5))).toMatch(
      /^missing: expected contact_picker_submitted/,
    ));

  test('a yes is no no', () => expect(deviationOf(yes, repliedNo)).toMatch(/^missing/));

  test('latencies and snapshots belong to no sequence', () => {
    const [first] = yes;
    const latency = { ...(first as LogRow), event_type: 'latency' as const };
    expect(deviationOf([latency, ...yes], repliedYes)).toBeUndefined();
  });
});
