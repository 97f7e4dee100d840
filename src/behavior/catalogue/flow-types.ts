import { z } from 'zod';
import {
  DROP_OFF_REASONS,
  ENTRIES,
  FLOW_OUTCOMES,
  INPUTS,
  PICKER_PURPOSES,
  PICKERS,
  STEP_OUTCOMES,
  STEPS,
} from '../vocabulary.ts';
import { type Atoms, reserved, run } from './atoms.ts';

/** How a run of an organizer flow begins, proceeds and ends: types 3, 4, 5 and 15. */
export const flowTypes = (a: Atoms) => ({
  flow_started: z.strictObject({
    ...reserved(a),
    ...run(a),
    entry: z.enum(ENTRIES).optional(),
    parent_flow_run_id: a.uuid.nullable(),
    resumed_from: a.uuid.nullable(),
  }),
  flow_step: z.strictObject({
    ...reserved(a),
    ...run(a),
    step: z.enum(STEPS),
    outcome: z.enum(STEP_OUTCOMES),
    step_index: a.ordinal,
    attempt: a.ordinal,
    to_state: a.statePath,
    trigger: a.eventName,
    dwell_ms: a.ms,
    input: z.enum(INPUTS).optional(),
    selected_count: a.count.optional(),
    option_count: a.count.optional(),
    choice: a.ordinal.optional(),
  }),
  flow_completed: z.strictObject({
    ...reserved(a),
    ...run(a),
    outcome: z.enum(FLOW_OUTCOMES),
    steps: a.count,
    edits: a.count,
    invalid_inputs: a.count,
    errors: a.count,
    added: a.count.optional(),
    duration_ms: a.ms,
    resumed: a.flag,
  }),
  drop_off: z.strictObject({
    ...reserved(a),
    ...run(a),
    reason: z.enum(DROP_OFF_REASONS),
    at_step: z.enum(STEPS),
    at_state: a.statePath,
    steps: a.count,
    duration_ms: a.ms,
    resumable: a.flag,
  }),
});

/** Picking people from the phone's contacts: types 7 and 8. */
export const pickerTypes = (a: Atoms) => ({
  contact_picker_opened: z.strictObject({
    ...reserved(a),
    ...run(a),
    picker_id: a.uuid,
    picker: z.enum(PICKERS),
    purpose: z.enum(PICKER_PURPOSES),
    preselected: a.count.optional(),
  }),
  contact_picker_submitted: z.strictObject({
    ...reserved(a),
    ...run(a),
    picker_id: a.uuid,
    selected: a.count,
    added: a.count,
    duplicate: a.count,
    invalid_phone: a.count,
    no_phone: a.count,
    already_member: a.count,
    dwell_ms: a.ms,
  }),
});
