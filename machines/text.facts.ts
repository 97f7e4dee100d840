/* What a text leaves in the log and in the read models. */
import type { DescribedMetadata } from '../src/behavior/catalogue/index.ts';
import { type ErrorCode, errorFact } from '../src/behavior/registries.ts';
import type { ActorError, Fact, ModelRow, Subject } from './kit.ts';
import type { OutputOf, SendTextOutput, TextContext } from './text.model.ts';

type Of = Fact<TextContext>;

const outputOf = (fact: Of): SendTextOutput | undefined =>
  fact.event.output as SendTextOutput | undefined;
const acceptedOf = (fact: Of) => fact.event.output as OutputOf<'accepted'>;

/** How long it waited with us, the carrier's own time not counted. */
const queuedMs = ({ after, at }: Of, providerMs: number): number =>
  Math.max(0, at - after.queuedAt - Math.round(providerMs));

export const describe = {
  invite_sent: (fact: Of): DescribedMetadata<'invite_sent'> => {
    const { cycle, invite, template, copyVersion } = fact.after;
    const { segments, providerMs } = acceptedOf(fact);
    return {
      ...(cycle === null ? {} : { cycle_id: cycle.id }),
      target: cycle?.target ?? 'event',
      message_id: fact.id,
      invite_index: invite?.index ?? 1,
      template,
      copy_version: copyVersion,
      segments,
      queued_ms: queuedMs(fact, providerMs),
      quiet_hours_delay_ms: fact.after.quietMs,
      via: invite?.via ?? 'flow',
    };
  },
  sms_sent: (fact: Of): DescribedMetadata<'sms_sent'> => {
    const { cycle, purpose, template, copyVersion, attempts } = fact.after;
    const { provider, segments, encoding, providerMs } = acceptedOf(fact);
    return {
      message_id: fact.id,
      provider,
      purpose,
      template,
      copy_version: copyVersion,
      segments,
      encoding,
      attempt: attempts,
      queued_ms: queuedMs(fact, providerMs),
      provider_ms: Math.max(0, Math.round(providerMs)),
      ...(cycle === null ? {} : { cycle_id: cycle.id }),
    };
  },
  /** A round trip: from the invitee's message to our answer at the carrier. Every one is logged. */
  latency: (fact: Of): DescribedMetadata<'latency'> => {
    const durationMs = Math.max(0, fact.at - (fact.after.answersAt ?? fact.at));
    return {
      operation: 'sms_round_trip',
      duration_ms: durationMs,
      provider_ms: Math.max(0, acceptedOf(fact).providerMs),
      slo_ms: ROUND_TRIP_SLO_MS,
      breached: durationMs > ROUND_TRIP_SLO_MS,
      ...{ ok: true, sample_rate: 1 },
    };
  },
  error: (fact: Of): DescribedMetadata<'error'> => {
    const { cycle, attempts, providerCode } = fact.after;
    const output = outputOf(fact);
    const httpStatus = output !== undefined && 'httpStatus' in output ? output.httpStatus : null;
    return {
      ...errorFact(codeOf(fact), true),
      ...(attempts > 0 ? { attempt: attempts } : {}),
      ...(providerCode === null ? {} : { provider_code: providerCode }),
      ...(httpStatus === null ? {} : { http_status: httpStatus }),
      ...(cycle === null ? {} : { cycle_id: cycle.id }),
      message_id: fact.id,
    };
  },
};

/** As long as a person looks at the phone after having written. */
const ROUND_TRIP_SLO_MS = 10_000;

const REJECTED: Readonly<Record<OutputOf<'rejected'>['reason'], ErrorCode>> = {
  bad_number: 'sms.rejected',
  opted_out: 'sms.rejected',
  ours: 'sms.rejected',
  config: 'sms.misconfigured',
  credentials: 'sms.bad_credentials',
};

function codeOf(fact: Of): ErrorCode {
  const output = outputOf(fact);
  if (fact.event.type === 'carrier.reported') return 'sms.undelivered';
  if (output?.kind === 'withheld') return 'sms.withheld';
  if (output?.kind === 'rejected') return REJECTED[output.reason];
  if (fact.after.status === 'failed') return 'sms.failed';
  if (output?.kind === 'retry') return 'sms.transient';
  if (output !== undefined) return 'sms.unknown_outcome';
  return (fact.event.error as ActorError).code as ErrorCode;
}

export const view = ({ purpose, status }: TextContext) => ({ purpose, status });

export const subject = ({ subject: about, phone }: TextContext): Subject => ({ ...about, phone });

/** Its message; and the phone, once the carrier says that it has opted out. */
export function rows(context: TextContext): readonly ModelRow[] {
  const { owner, id, phone, purpose, status, sid, providerCode, queuedAt, updatedAt } = context;
  const message = {
    ...{ organizerId: owner, id, phone, purpose, status, sid, providerCode, queuedAt, updatedAt },
  };
  const { optedOutAt } = context;
  return [
    { table: 'messages', row: message },
    ...(optedOutAt === null
      ? []
      : [
          {
            table: 'phones' as const,
            row: { phone, optedOut: true, updatedAt: optedOutAt },
          },
        ]),
  ];
}
