import { z } from 'zod';
import { AUDIENCES, CREW_CHANGES, CREW_SOURCES, TARGETS, VOTING_MODES } from '../vocabulary.ts';
import { type Atoms, reserved, run } from './atoms.ts';

/** Crews made and changed: types 9 and 10. Never a name. */
export const crewTypes = (a: Atoms) => ({
  crew_created: z.strictObject({
    ...reserved(a),
    ...run(a),
    members: a.count,
    source: z.enum(CREW_SOURCES),
    has_custom_name: a.flag,
  }),
  crew_updated: z.strictObject({
    ...reserved(a),
    ...run(a),
    change: z.enum(CREW_CHANGES),
    added: a.count,
    removed: a.count,
    members_before: a.count,
    members_after: a.count,
  }),
});

/** Gatherings made: types 11 and 12. No title, place or notes. */
export const gatheringTypes = (a: Atoms) => ({
  event_created: z.strictObject({
    ...reserved(a),
    flow_run_id: a.uuid.nullable(),
    invitees: a.count,
    suppressed_opt_out: a.count,
    has_time: a.flag,
    has_place: a.flag,
    has_details: a.flag,
    lead_min: a.signedMinutes.nullable(),
    local_weekday: z.int().min(0).max(6).nullable(),
    local_hour: z.int().min(0).max(23).nullable(),
    rsvp_deadline_min: a.minutes.nullable(),
    from_syncup: a.flag,
  }),
  syncup_created: z.strictObject({
    ...reserved(a),
    ...run(a),
    invitees: a.count,
    suppressed_opt_out: a.count,
    options: z.int().min(2).max(9),
    voting: z.enum(VOTING_MODES),
    deadline_min: a.minutes.nullable(),
  }),
});

/** What an organizer asks of a gathering's people: types 13 and 14. */
export const nudgeTypes = (a: Atoms) => ({
  finalize_triggered: z.strictObject({
    ...reserved(a),
    ...run(a),
    target: z.enum(TARGETS),
    invited: a.count,
    yes: a.count,
    no: a.count,
    unknown: a.count,
    pending: a.count,
    votes: a.counts.optional(),
    choice: a.ordinal.optional(),
    tie: a.flag.optional(),
    notify: a.flag,
    age_min: a.minutes,
  }),
  reminder_sent: z.strictObject({
    ...reserved(a),
    ...run(a),
    target: z.enum(TARGETS),
    audience: z.enum(AUDIENCES),
    recipients: a.count,
    suppressed_opt_out: a.count,
    suppressed_recent: a.count,
    reminder_index: a.ordinal,
    age_min: a.minutes,
  }),
});
