import type { IdColumns } from '../row.ts';
import type { EventType, Platform } from '../vocabulary.ts';

/*
 * Section 3 of the contract: which id columns a row of each type carries, and on which platforms
 * it occurs. What a letter cannot say (a null session when nobody acted) stands in rules.ts.
 */

/** Required, optional (filled when known), null, or exactly one of event_id and syncup_id. */
export type Presence = 'R' | 'O' | '-' | 'X';

export type ColumnRules = { readonly [C in keyof IdColumns]: Presence };

export type Place = { readonly columns: ColumnRules; readonly platforms: readonly Platform[] };

const CLIENTS = ['web', 'ios_app'] as const;
const IOS = ['ios_app'] as const;
const SMS = ['sms'] as const;
const SYSTEM = ['system'] as const;
const ANY = ['web', 'ios_app', 'sms', 'system'] as const;

/** The order in which `place` takes the letters: that of the contract's table. */
export const ID_COLUMNS = [
  'organizer_id',
  'invitee_phone',
  'event_id',
  'crew_id',
  'syncup_id',
  'session_id',
] as const satisfies readonly (keyof IdColumns)[];

function place(letters: string, platforms: readonly Platform[]): Place {
  const [organizer_id, invitee_phone, event_id, crew_id, syncup_id, session_id] = letters.split(
    ' ',
  ) as [Presence, Presence, Presence, Presence, Presence, Presence];
  return {
    columns: { organizer_id, invitee_phone, event_id, crew_id, syncup_id, session_id },
    platforms,
  };
}

/** Letters: organizer, phone, event, crew, sync-up, session. */
export const MATRIX: Readonly<Record<EventType, Place>> = {
  session_start: place('R - - - - R', CLIENTS),
  session_end: place('R - - - - R', CLIENTS),
  flow_started: place('R - O O O R', CLIENTS),
  flow_step: place('R - O O O R', CLIENTS),
  flow_completed: place('R - O O O R', CLIENTS),
  user_action: place('R - O O O R', CLIENTS),
  contact_picker_opened: place('R - O O - R', CLIENTS),
  contact_picker_submitted: place('R - O O - R', CLIENTS),
  crew_created: place('R - - R - R', CLIENTS),
  crew_updated: place('R - - R - R', CLIENTS),
  // Without a session when it finalized by itself: rules.ts.
  event_created: place('R - R O O O', [...CLIENTS, ...SYSTEM]),
  syncup_created: place('R - - O R R', CLIENTS),
  // Both ids when a sync-up becomes an event: rules.ts.
  finalize_triggered: place('R - O O O R', CLIENTS),
  reminder_sent: place('R - X O X R', CLIENTS),
  drop_off: place('R - O O O R', CLIENTS),
  push_received: place('R - O O O O', IOS),
  push_opened: place('R - O O O R', IOS),
  invite_sent: place('R R X O X O', SMS),
  invitee_reply_yes: place('O R X O X -', SMS),
  invitee_reply_no: place('O R X O X -', SMS),
  invitee_reply_unknown: place('O R O O O -', SMS),
  invitee_vote: place('O R - O R -', SMS),
  invitee_timeout: place('O R X O X -', SYSTEM),
  invitee_confirmed: place('O R X O X -', SMS),
  sms_sent: place('O R O O O O', SMS),
  // The phone is null when the sender is no phone number: a short code, a name.
  sms_received: place('O O O O O -', SMS),
  error: place('O O O O O O', ANY),
  latency: place('O - O O O O', ANY),
  state_snapshot: place('O - O O O O', SYSTEM),
};
