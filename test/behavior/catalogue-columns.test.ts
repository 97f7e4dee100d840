import { describe, expect, it } from 'vitest';
import {
  createCatalogue,
  EXAMPLE_REGISTRIES,
  exampleRow,
  ID_COLUMNS,
  MATRIX,
  versionOf,
} from '../../src/behavior/catalogue/index.ts';
import type { LogRow } from '../../src/behavior/row.ts';
import { EVENT_TYPES, type EventType, PLATFORMS } from '../../src/behavior/vocabulary.ts';

const catalogue = createCatalogue(EXAMPLE_REGISTRIES);
const ok = (row: LogRow): boolean => catalogue.check(row).ok;
const change = (type: EventType, columns: object, metadata: object = {}): LogRow => {
  const row = exampleRow(type);
  return { ...row, ...columns, metadata: { ...row.metadata, ...metadata } };
};

const uuid = '0198c0de-0000-7000-8000-0000000000ff';
const ids = {
  organizer_id: uuid,
  invitee_phone: '+12025550199',
  event_id: uuid,
  crew_id: uuid,
  syncup_id: uuid,
  session_id: uuid,
};

/** The contract's section 3, word for word but for its notes; the order is that of ID_COLUMNS. */
const CONTRACT = `
session_start R - - - - R web,ios_app
session_end R - - - - R web,ios_app
flow_started R - O O O R web,ios_app
flow_step R - O O O R web,ios_app
flow_completed R - O O O R web,ios_app
user_action R - O O O R web,ios_app
contact_picker_opened R - O O - R web,ios_app
contact_picker_submitted R - O O - R web,ios_app
crew_created R - - R - R web,ios_app
crew_updated R - - R - R web,ios_app
event_created R - R O O O web,ios_app,system
syncup_created R - - O R R web,ios_app
finalize_triggered R - O O O R web,ios_app
reminder_sent R - X O X R web,ios_app
drop_off R - O O O R web,ios_app
push_received R - O O O O ios_app
push_opened R - O O O R ios_app
invite_sent R R X O X O sms
invitee_reply_yes O R X O X - sms
invitee_reply_no O R X O X - sms
invitee_reply_unknown O R O O O - sms
invitee_vote O R - O R - sms
invitee_timeout O R X O X - system
invitee_confirmed O R X O X - sms
sms_sent O R O O O O sms
sms_received O O O O O - sms
error O O O O O O web,ios_app,sms,system
latency O - O O O O web,ios_app,sms,system
state_snapshot O - O O O O system`;

describe('the columns of a row', () => {
  it('are those of the contract', () => {
    const lines = EVENT_TYPES.map((type) => {
      const { columns, platforms } = MATRIX[type];
      return [type, ...ID_COLUMNS.map((column) => columns[column]), platforms.join()].join(' ');
    });
    expect(lines).toEqual(CONTRACT.trim().split('\n'));
  });

  it.each(EVENT_TYPES)('are refused in %s when a required one is missing', (type) => {
    for (const column of ID_COLUMNS)
      if (MATRIX[type].columns[column] === 'R')
        expect(ok(change(type, { [column]: null })), column).toBe(false);
  });

  it.each(EVENT_TYPES)('are refused in %s when one is set that must be null', (type) => {
    for (const column of ID_COLUMNS)
      if (MATRIX[type].columns[column] === '-')
        expect(ok(change(type, { [column]: ids[column] })), column).toBe(false);
  });

  it.each(EVENT_TYPES)('are refused in %s on a platform where it does not occur', (type) => {
    for (const platform of PLATFORMS)
      if (!MATRIX[type].platforms.includes(platform))
        expect(ok(change(type, { platform })), platform).toBe(false);
    expect(ok(change(type, { platform: 'android' }))).toBe(false);
  });

  it.each(EVENT_TYPES)('that %s must not carry are nulled', (type) => {
    const { metadata } = exampleRow(type);
    const columns = catalogue.columns(type, ids, metadata.target);
    for (const column of ID_COLUMNS)
      if (MATRIX[type].columns[column] === '-') expect(columns[column]).toBeNull();
      else if (MATRIX[type].columns[column] === 'R') expect(columns[column]).toBe(ids[column]);
  });

  it('keep the one of event and sync-up that the target names', () => {
    const about = (type: EventType, target?: string) => {
      const { event_id, syncup_id } = catalogue.columns(type, ids, target);
      return [event_id !== null, syncup_id !== null];
    };
    expect(about('invitee_reply_yes', 'event')).toEqual([true, false]);
    expect(about('invitee_reply_yes', 'syncup')).toEqual([false, true]);
    expect(about('invitee_reply_yes')).toEqual([true, false]);
    expect(about('finalize_triggered', 'syncup')).toEqual([true, true]);
    expect(about('finalize_triggered', 'event')).toEqual([true, false]);
    expect(about('invitee_reply_unknown', 'none')).toEqual([false, false]);
    expect(about('sms_sent')).toEqual([true, true]);
  });

  it('say null where the owner is nobody', () => {
    const nil = { organizer_id: '00000000-0000-0000-0000-000000000000' };
    expect(catalogue.columns('sms_received', nil).organizer_id).toBeNull();
  });

  it('hold a phone number in E.164 and nowhere else', () => {
    for (const invitee_phone of ['2025550142', '+0123456789', '32665', 'Anna', '+1 202 555 0142'])
      expect(ok(change('sms_sent', { invitee_phone })), invitee_phone).toBe(false);
    for (const column of ['id', 'organizer_id', 'event_id', 'crew_id'])
      expect(ok(change('sms_sent', { [column]: '+12025550142' })), column).toBe(false);
  });

  it('take a short code that writes to us as no phone', () => {
    expect(ok(change('sms_received', { invitee_phone: null }))).toBe(true);
  });

  it('refuse both and neither of event and sync-up where one is meant', () => {
    expect(ok(change('reminder_sent', { syncup_id: uuid }))).toBe(false);
    expect(ok(change('reminder_sent', { event_id: null }))).toBe(false);
    expect(ok(change('reminder_sent', { event_id: null, syncup_id: uuid }))).toBe(false);
    expect(
      ok(change('reminder_sent', { event_id: null, syncup_id: uuid }, { target: 'syncup' })),
    ).toBe(true);
  });

  it('refuse a timestamp that is no whole ms, and a version that is none', () => {
    for (const timestamp of [1.5, -1, Number.NaN, '2026-05-01T00:00:00.000Z'])
      expect(ok(change('error', { timestamp }))).toBe(false);
    expect(ok(change('error', { version: 'Anna' }))).toBe(false);
    expect(ok(change('error', { version: 'unknown' }))).toBe(true);
  });

  it('call a version unknown that a client did not say in three short numbers', () => {
    expect(versionOf('3.14.2')).toBe('3.14.2');
    expect(versionOf(undefined)).toBe('unknown');
    expect(versionOf('+1 202 555 0142')).toBe('unknown');
    expect(versionOf('202.555.0142')).toBe('unknown');
    expect(versionOf('441632960961')).toBe('unknown');
    expect(versionOf('441632960ab1')).toBe('441632960ab1');
  });

  it('name the platform by the type where it has one, else by the origin', () => {
    expect(catalogue.platform('sms_sent', 'web')).toBe('sms');
    expect(catalogue.platform('invitee_timeout', 'web')).toBe('system');
    expect(catalogue.platform('flow_step', 'ios_app')).toBe('ios_app');
    expect(catalogue.platform('error', 'sms')).toBe('sms');
  });
});

describe('the arithmetic of a row', () => {
  const wrong: readonly [string, EventType, object, object][] = [
    ['the parts of a pick do not add up', 'contact_picker_submitted', {}, { selected: 7 }],
    ['members after are not before + added - removed', 'crew_updated', {}, { members_after: 4 }],
    ['the invited of an event do not add up', 'finalize_triggered', {}, { invited: 9 }],
    ['a choice exceeds the votes counted', 'finalize_triggered', {}, { votes: [2, 1], choice: 3 }],
    ['a vote exceeds the options', 'invitee_vote', {}, { choices: [4] }],
    ['an earlier vote exceeds the options', 'invitee_vote', {}, { previous_choices: [7] }],
    ['a choice exceeds the options of a step', 'flow_step', {}, { choice: 3, option_count: 2 }],
    ['an event from a sync-up does not name it', 'event_created', {}, { from_syncup: true }],
    ['an event made by hand has no session', 'event_created', { session_id: null }, {}],
    ['guests come with a no', 'invitee_reply_no', {}, { guests: 1 }],
  ];
  it.each(wrong)('is refused when %s', (_, type, columns, metadata) => {
    expect(ok(change(type, columns, metadata))).toBe(false);
  });

  it('FI-2 takes both ids when a sync-up becomes an event', () => {
    const sums = { target: 'syncup', votes: [1, 3, 0], choice: 2, tie: false, invited: 5, yes: 0 };
    expect(ok(change('finalize_triggered', { syncup_id: uuid }, sums))).toBe(true);
  });

  it('FI-5 takes an event without run and session when a sync-up finalized by itself', () => {
    const columns = { syncup_id: uuid, session_id: null, platform: 'system' };
    const metadata = { from_syncup: true, flow_run_id: null };
    expect(ok(change('event_created', columns, metadata))).toBe(true);
  });

  it('I-19 takes an unmatched sender without organizer, event and cycle', () => {
    const columns = { organizer_id: null, event_id: null, crew_id: null };
    const metadata = {
      target: 'none',
      cycle_id: null,
      in_reply_to: 'unprompted',
      ms_since_invite: null,
    };
    expect(ok(change('invitee_reply_unknown', columns, metadata))).toBe(true);
  });
});
