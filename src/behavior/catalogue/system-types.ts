import { z } from 'zod';
import {
  COMPONENTS,
  FLOWS,
  INTENTS,
  OPERATIONS,
  PROVIDERS,
  ROUTINGS,
  RUN_STATUSES,
  SEVERITIES,
  SMS_ENCODINGS,
  SMS_PURPOSES,
  SNAPSHOT_TRIGGERS,
  STEPS,
} from '../vocabulary.ts';
import { type Atoms, reserved } from './atoms.ts';

/** Every text that goes out and comes in: types 25 and 26. The carrier's sids stay elsewhere. */
export const smsTypes = (a: Atoms) => ({
  sms_sent: z.strictObject({
    ...reserved(a),
    message_id: a.uuid,
    provider: z.enum(PROVIDERS),
    purpose: z.enum(SMS_PURPOSES),
    template: a.template,
    copy_version: a.version,
    segments: a.count,
    encoding: z.enum(SMS_ENCODINGS),
    attempt: a.ordinal,
    queued_ms: a.ms,
    provider_ms: a.ms,
    cycle_id: a.uuid.optional(),
    caused_by: a.uuid,
  }),
  sms_received: z.strictObject({
    ...reserved(a),
    inbound_id: a.uuid,
    provider: z.enum(PROVIDERS),
    intent: z.enum(INTENTS),
    routing: z.enum(ROUTINGS),
    candidates: a.count,
    segments: a.count,
    media: a.count,
  }),
});

/** What went wrong and how long things took: types 27 and 28. No message, no stack. */
export const troubleTypes = (a: Atoms) => ({
  error: z.strictObject({
    ...reserved(a),
    code: a.errorCode,
    severity: z.enum(SEVERITIES),
    component: z.enum(COMPONENTS),
    handled: a.flag,
    attempt: a.count.optional(),
    http_status: z.int().min(0).max(999).optional(),
    provider_code: z.int().min(0).max(999_999).optional(),
    machine: a.machine.optional(),
    at_state: a.statePath.optional(),
    flow_run_id: a.uuid.optional(),
    cycle_id: a.uuid.optional(),
    message_id: a.uuid.optional(),
  }),
  latency: z.strictObject({
    ...reserved(a),
    operation: z.enum(OPERATIONS),
    duration_ms: a.duration,
    queue_ms: a.duration.optional(),
    db_ms: a.duration.optional(),
    provider_ms: a.duration.optional(),
    slo_ms: a.ms,
    breached: a.flag,
    ok: a.flag,
    sample_rate: a.rate,
    flow: z.enum(FLOWS).optional(),
    step: z.enum(STEPS).optional(),
  }),
});

/** Where an instance stands: type 29. An allow-list of counts, never the chart's context. */
export const snapshotTypes = (a: Atoms) => ({
  state_snapshot: z.strictObject({
    ...reserved(a),
    machine: a.machine,
    machine_version: a.version,
    run_id: a.uuid,
    status: z.enum(RUN_STATUSES),
    state: a.statePath,
    trigger: z.enum(SNAPSHOT_TRIGGERS),
    sample_rate: a.rate,
    counts: z.strictObject({
      yes: a.count.optional(),
      no: a.count.optional(),
      unknown: a.count.optional(),
      pending: a.count.optional(),
      votes_total: a.count.optional(),
      members: a.count.optional(),
      options: a.count.optional(),
      reminders: a.count.optional(),
    }),
  }),
});
