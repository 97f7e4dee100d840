import { z } from 'zod';
import {
  ACTION_TARGETS,
  ACTION_VALUES,
  APP_STATES,
  CHANGED_FIELDS,
  PUSH_ACTIONS,
  PUSH_KINDS,
  PUSH_RECEIPTS,
  SESSION_END_REASONS,
  SESSION_ENTRIES,
  USER_ACTIONS,
} from '../vocabulary.ts';
import { type Atoms, reserved } from './atoms.ts';

/** Sessions and what is done in them outside any flow: types 1, 2 and 6. */
export const sessionTypes = (a: Atoms) => ({
  session_start: z.strictObject({
    ...reserved(a),
    previous_session_id: a.uuid.nullable(),
    entry: z.enum(SESSION_ENTRIES).optional(),
    push_id: a.uuid.optional(),
    tz_offset_min: z.int().min(-840).max(840).optional(),
  }),
  session_end: z.strictObject({
    ...reserved(a),
    reason: z.enum(SESSION_END_REASONS),
    duration_ms: a.ms,
    last_activity_at: a.iso,
    actions: a.count,
  }),
  user_action: z.strictObject({
    ...reserved(a),
    action: z.enum(USER_ACTIONS),
    target: z.enum(ACTION_TARGETS),
    value: z.enum(ACTION_VALUES).optional(),
    count: a.count.optional(),
    changed_fields: z.array(z.enum(CHANGED_FIELDS)).max(CHANGED_FIELDS.length).optional(),
  }),
});

/** Pushes as devices report them: types 16 and 17. */
export const pushTypes = (a: Atoms) => ({
  push_received: z.strictObject({
    ...reserved(a),
    push_id: a.uuid,
    kind: z.enum(PUSH_KINDS),
    receipt: z.enum(PUSH_RECEIPTS),
    app_state: z.enum(APP_STATES).optional(),
    device_at: a.iso.optional(),
  }),
  push_opened: z.strictObject({
    ...reserved(a),
    push_id: a.uuid,
    kind: z.enum(PUSH_KINDS),
    action: z.enum(PUSH_ACTIONS),
    ms_since_sent: a.ms,
    cold_start: a.flag.optional(),
  }),
});
