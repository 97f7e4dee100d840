/*
 * A log that keeps the contract, made by hand from the catalogue's examples: a session with a crew and
 * an event, and three invitees. Tests break it in one place each. No engine takes part.
 */
import { columnsOf } from '../../../src/behavior/catalogue/columns.ts';
import {
  createCatalogue,
  EXAMPLE_REGISTRIES,
  exampleRow,
} from '../../../src/behavior/catalogue/index.ts';
import { entryId, type LogRow } from '../../../src/behavior/row.ts';
import type { EventType } from '../../../src/behavior/vocabulary.ts';

export const catalogue = createCatalogue(EXAMPLE_REGISTRIES);

/** A uuid that is easy to tell from others. */
export const uuid = (n: number): string =>
  `0198c0de-0000-7000-8000-${n.toString(16).padStart(12, '0')}`;

const START = Date.UTC(2026, 4, 1, 17);
export const SESSION = uuid(0x10);
export const CREW_RUN = uuid(0x20);
export const EVENT_RUN = uuid(0x30);
export const YES = uuid(0x40);
export const SILENT = uuid(0x50);
export const STOP = uuid(0x60);

type Told = readonly [type: EventType, metadata?: object, columns?: object];

/** Writes rows as commits would: each with an instant and a stimulus of its own. */
function createLog() {
  const rows: LogRow[] = [];
  const ordinals = new Map<string, number>();
  let commits = 0;
  return {
    rows,
    commit: (source: string, ...told: readonly Told[]): void => {
      commits += 1;
      const at = START + commits * 1_000;
      for (const [position, [type, metadata = {}, columns = {}]] of told.entries()) {
        const ordinal = ordinals.get(source) ?? 0;
        ordinals.set(source, ordinal + 1);
        const example = exampleRow(type);
        const data = { ...example.metadata, correlation_id: uuid(0x1000 + commits), ...metadata };
        const ids = { ...example, session_id: SESSION, syncup_id: null, ...columns };
        rows.push({
          ...example,
          ...columnsOf(type, ids, 'event'),
          id: entryId({ at, position, source, ordinal }),
          timestamp: at,
          metadata: data,
        });
      }
    },
  };
}

/** The whole story, in order. */
export function goodLog(): readonly LogRow[] {
  const { rows, commit } = createLog();
  commit(SESSION, ['session_start']);
  makeCrew(commit);
  makeEvent(commit);
  invite(commit, YES, '+14155550111');
  invite(commit, SILENT, '+14155550112');
  invite(commit, STOP, '+14155550113');
  const columns = { invitee_phone: '+14155550111' };
  const inbound_id = uuid(0x71);
  commit(
    YES,
    ['sms_received', { inbound_id }, columns],
    ['invitee_reply_yes', { inbound_id, cycle_id: YES }, columns],
  );
  commit(uuid(0x42), [
    'sms_sent',
    { message_id: uuid(0x42), cycle_id: YES, purpose: 'update' },
    columns,
  ]);
  const stop = { inbound_id: uuid(0x72), intent: 'opt_out' };
  commit(uuid(0x80), ['sms_received', stop, { invitee_phone: '+14155550113' }]);
  commit(SILENT, ['invitee_timeout', { cycle_id: SILENT, terminal: true }]);
  commit(SESSION, ['session_end', { reason: 'explicit' }]);
  return rows;
}

type Commit = ReturnType<typeof createLog>['commit'];

function makeCrew(commit: Commit): void {
  const run = { flow: 'crew_creation', flow_run_id: CREW_RUN };
  const step = { ...run, step_index: 1 };
  commit(CREW_RUN, ['flow_started', run]);
  commit(CREW_RUN, ['flow_step', { ...step, step: 'name_crew' }]);
  commit(CREW_RUN, ['contact_picker_opened', run]);
  commit(
    CREW_RUN,
    ['contact_picker_submitted', run],
    ['flow_step', { ...run, step: 'add_contacts', step_index: 2 }],
  );
  commit(
    CREW_RUN,
    ['flow_step', { ...run, step: 'review_members', step_index: 3 }],
    ['crew_created', run],
    ['flow_completed', run],
  );
}

function makeEvent(commit: Commit): void {
  const run = { flow: 'event_creation', flow_run_id: EVENT_RUN };
  commit(EVENT_RUN, ['flow_started', run]);
  for (const [place, step] of ['choose_crew', 'title', 'when', 'where', 'review'].entries()) {
    commit(EVENT_RUN, ['flow_step', { ...run, step, step_index: place + 1 }]);
  }
  commit(EVENT_RUN, ['event_created', { flow_run_id: EVENT_RUN }], ['flow_completed', run]);
}

/** The text's id is the cycle's plus one. */
function invite(commit: Commit, cycle_id: string, invitee_phone: string): void {
  const message_id = uuid(Number.parseInt(cycle_id.slice(-4), 16) + 1);
  const about = { cycle_id, message_id };
  commit(
    message_id,
    ['invite_sent', about, { invitee_phone }],
    ['sms_sent', { ...about, purpose: 'invite' }, { invitee_phone }],
  );
}
