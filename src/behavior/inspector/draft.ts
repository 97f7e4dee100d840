/*
 * A row that only lacks its place in the commit: all but `id` and `timestamp`. Checked here, inside
 * the step, so that the projector has nothing left to validate.
 *
 * On the path of each step, as all of the inspector. There no literal begins with a spread and then gains
 * keys: in V8 each of those costs as much as building the whole object otherwise (docs/architecture.md).
 */
import { type Catalogue, SCHEMA_VERSION, UNKNOWN_VERSION } from '../catalogue/index.ts';
import { NIL_ID } from '../derived-id.ts';
import type { Subject } from '../meta.ts';
import { entryId, type LogRow } from '../row.ts';
import type { Cycle, EventType, Platform } from '../vocabulary.ts';
import type { Origin } from './trace.ts';

export type Draft = {
  readonly row: Omit<LogRow, 'id' | 'timestamp'>;
  /** Why the row cannot go into the log; empty when it can. */
  readonly problems: readonly string[];
  /** The `error` row that says another entry of the step went to quarantine. */
  readonly confession: boolean;
};

/** An entry as the outbox keeps it: the row, and why it must go to quarantine if it must. */
export type Entry = { readonly row: LogRow; readonly problems: readonly string[] };

export type Drafting = {
  readonly type: EventType;
  readonly owner: string;
  readonly subject: Subject;
  readonly origin: Origin | null;
  readonly cycle: Cycle | null;
  readonly correlationId: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly problems: readonly string[];
};

/** Cycles whose rows without a platform of their own happen on the SMS side. */
const SMS_CYCLES: readonly (Cycle | null)[] = [
  'text',
  'phone_line',
  'event_invitation',
  'syncup_invitation',
];

/** What a gathering does by itself is nobody's act, whoever had it begun. */
const ownActs = (of: Drafting): Drafting =>
  of.cycle === 'gathering' ? { ...of, origin: null } : of;

export function draftOf(
  deps: { readonly catalogue: Catalogue; readonly backendVersion: string },
  drafting: Drafting,
): Draft {
  const { catalogue } = deps;
  const of = ownActs(drafting);
  const platform = platformFor(catalogue, of);
  const byClient = platform === 'web' || platform === 'ios_app';
  const metadata: Record<string, unknown> = Object.assign({}, of.metadata, {
    v: SCHEMA_VERSION,
    correlation_id: of.correlationId,
  });
  if (byClient) metadata.backend_version = deps.backendVersion;
  const ids = {
    organizer_id: of.owner,
    invitee_phone: of.subject.phone ?? null,
    event_id: of.subject.eventId ?? null,
    crew_id: of.subject.crewId ?? null,
    syncup_id: of.subject.syncupId ?? null,
    session_id: of.origin?.sessionId ?? null,
  };
  const row = {
    event_type: of.type,
    ...catalogue.columns(of.type, ids, of.metadata.target),
    platform,
    version: byClient ? (of.origin?.version ?? UNKNOWN_VERSION) : deps.backendVersion,
    metadata,
  };
  const checked = catalogue.check({ id: NIL_ID, timestamp: 0, ...row });
  const problems = checked.ok ? of.problems : [...of.problems, ...checked.problems];
  return { row, problems, confession: false };
}

function platformFor(catalogue: Catalogue, { type, origin, cycle }: Drafting): Platform {
  const { platforms } = catalogue.types[type];
  const own = SMS_CYCLES.includes(cycle) ? 'sms' : (origin?.platform ?? 'system');
  return platforms.includes(own) ? own : catalogue.platform(type, own);
}

/** Gives drafts their ids and time: `position` runs through the commit, `ordinal` through the source. */
export function placeDrafts(
  drafts: readonly Draft[],
  place: {
    readonly at: number;
    readonly source: string;
    readonly position: number;
    readonly ordinal: number;
  },
): readonly Entry[] {
  return drafts.map(({ row, problems }, n) => ({
    row: {
      id: entryId({
        at: place.at,
        position: place.position + n,
        source: place.source,
        ordinal: place.ordinal + n,
      }),
      timestamp: place.at,
      ...row,
    },
    problems,
  }));
}
