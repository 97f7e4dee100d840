import { z } from 'zod';
import {
  FOLLOW_UPS,
  INVITE_VIAS,
  LENGTH_BANDS,
  REPLIES,
  TIMEOUT_STAGES,
  UNKNOWN_REASONS,
  UNKNOWN_TARGETS,
} from '../vocabulary.ts';
import { type Atoms, cycle, heard, reserved } from './atoms.ts';

/** What every answer that counts says of its place in the cycle. */
const answer = (a: Atoms) => ({
  ...reserved(a),
  ...cycle(a),
  ...heard(a),
  reminders_before: a.count,
  after_timeout: a.flag,
  ms_since_invite: a.ms,
});

/** Yes and no: types 19 and 20. Only a yes may bring guests. */
export const replyTypes = (a: Atoms) => {
  const reply = {
    ...answer(a),
    previous: z.enum(REPLIES),
    is_change: a.flag,
    reply_index: a.ordinal,
    ms_since_prompt: a.ms,
  };
  return {
    invitee_reply_yes: z.strictObject({ ...reply, guests: a.count.optional() }),
    invitee_reply_no: z.strictObject(reply),
  };
};

/** The other things that invitees say: types 21, 22 and 24. Indexes of options, never labels. */
export const sayingTypes = (a: Atoms) => ({
  invitee_reply_unknown: z.strictObject({
    ...reserved(a),
    cycle_id: a.uuid.nullable(),
    machine_version: a.version,
    target: z.enum(UNKNOWN_TARGETS),
    ...heard(a),
    reason: z.enum(UNKNOWN_REASONS),
    unknown_index: a.ordinal,
    clarification_sent: a.flag,
    candidates: a.count,
    has_media: a.flag,
    length_band: z.enum(LENGTH_BANDS),
    ms_since_invite: a.ms.nullable(),
  }),
  invitee_vote: z.strictObject({
    ...answer(a),
    choices: a.choices,
    previous_choices: a.choices.nullable(),
    options: a.count,
    is_change: a.flag,
    vote_index: a.ordinal,
    ms_since_prompt: a.ms,
  }),
  invitee_confirmed: z.strictObject({
    ...answer(a),
    follow_up: z.enum(FOLLOW_UPS),
    previous: z.enum(REPLIES),
    reply_index: a.ordinal,
    ms_since_follow_up: a.ms,
  }),
});

/** Being asked, and saying nothing: types 18 and 23. */
export const silenceTypes = (a: Atoms) => ({
  invite_sent: z.strictObject({
    ...reserved(a),
    ...cycle(a),
    message_id: a.uuid,
    invite_index: a.ordinal,
    template: a.template,
    copy_version: a.version,
    segments: a.count,
    queued_ms: a.ms,
    quiet_hours_delay_ms: a.ms,
    via: z.enum(INVITE_VIAS),
  }),
  invitee_timeout: z.strictObject({
    ...reserved(a),
    ...cycle(a),
    stage: z.enum(TIMEOUT_STAGES),
    timeout_ms: a.ms,
    timeout_index: a.ordinal,
    reminders_before: a.count,
    ms_since_invite: a.ms,
    last_reply: z.enum(REPLIES),
    terminal: a.flag,
  }),
});
