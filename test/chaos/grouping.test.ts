import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { byOrganizer } from '../../bench/chaos/checks/logged.ts';
import { entryId, type LogRow } from '../../src/behavior/row.ts';

const OWNER = randomUUID();
const PHONE = '+14155550111';
const LINE = randomUUID();

const row = (source: string, ordinal: number, more: Partial<LogRow>): LogRow => ({
  ...{ id: entryId({ at: 1, position: ordinal, source, ordinal }), event_type: 'error' },
  ...{ timestamp: 1, organizer_id: null, invitee_phone: null, event_id: null, crew_id: null },
  ...{ syncup_id: null, session_id: null, platform: 'sms', version: '1', metadata: {}, ...more },
});

test('what a phone’s line leaves is judged together, also the rows that bear no phone', () => {
  const rows = [
    row(randomUUID(), 0, { organizer_id: OWNER, invitee_phone: PHONE }),
    row(LINE, 0, { invitee_phone: PHONE }),
    row(LINE, 1, { event_type: 'state_snapshot' }),
    row(randomUUID(), 0, {}),
  ];
  const groups = [...byOrganizer(rows)];
  expect(groups.map((own) => own.length)).toEqual([3, 1]);
  expect(groups[0]).toContain(rows[2]);
});
