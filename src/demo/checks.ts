/*
 * The demo's judgment of itself: each run, session and invitee against its case of the contract, and all
 * rows against the invariants. Pure: rows in, verdicts out.
 */
import type { Catalogue } from '../behavior/catalogue/index.ts';
import {
  crewCreated,
  eventCreated,
  reminded,
  sessionCase,
  syncupCreated,
  syncupDecided,
} from '../behavior/reports/cases.ts';
import { judgeInvariants } from '../behavior/reports/invariants.ts';
import { groupBy, ofType, type Verdict } from '../behavior/reports/logged.ts';
import { deviationOf, type Sequence } from '../behavior/reports/sequence.ts';
import type { LogRow } from '../behavior/row.ts';
import type { EventType } from '../behavior/vocabulary.ts';
import { CREW, INVITEES, REMINDED, SILENT, VOTERS, WINNER } from './story.ts';
import { OPTIONS } from './taps.ts';

/** What the demo leaves to be judged; plain JSON. */
export type DemoEvidence = {
  /** The log, whole. */
  readonly rows: readonly LogRow[];
  /** What the live stream gave, one id per row given. */
  readonly streamed: readonly string[];
  /** The sids of all messages that the carrier took from us. */
  readonly sids: readonly string[];
  /** What `npm run complete` said of the log and the instances. */
  readonly complete: { readonly ok: boolean; readonly said: string };
  /** Rows that the server set aside because they broke the contract. */
  readonly quarantined: number;
};

/** Cases first, then invariants. */
export function judgeDemo(evidence: DemoEvidence, catalogue: Catalogue): readonly Verdict[] {
  const { rows, streamed, sids, complete, quarantined } = evidence;
  return [
    ...judgeCases(rows),
    ...judgeInvariants({ rows, sids, catalogue, endedBy: Number.POSITIVE_INFINITY }),
    {
      ...{ id: '20', claim: 'Every entry that an instance made is in the log' },
      broken: complete.ok ? [] : [complete.said],
    },
    {
      ...{ id: '-', claim: 'No row was set aside' },
      broken: quarantined === 0 ? [] : [`${quarantined} rows are in quarantine.`],
    },
    {
      ...{ id: '-', claim: 'The live stream gave the same rows' },
      broken: streamProblems(rows, streamed),
    },
  ];
}

/** What she does, flow by flow: each is run once, and is one case of the contract. */
const FLOWS: readonly Flow[] = [
  ['crew_creation', 'CC-1', 'She makes a crew', crewCreated(CREW.length)],
  ['syncup_creation', 'SC-1', 'She asks for votes', syncupCreated(VOTERS.length, OPTIONS)],
  ['event_creation', 'EC-1', 'She makes an event for the crew', eventCreated(CREW.length)],
  ['finalize', 'FI-2', 'The vote becomes an event', syncupDecided(VOTERS.length, WINNER)],
  [
    ...(['reminder', 'RE-1', 'She reminds who has not answered'] as const),
    reminded(REMINDED.length, SILENT.length - REMINDED.length),
  ],
];
type Flow = readonly [flow: string, id: string, claim: string, sequence: Sequence];

function judgeCases(rows: readonly LogRow[]): readonly Verdict[] {
  const sessions = rows.filter(({ event_type }) => /^session_/.test(event_type));
  return [
    exact('S-1', 'Maya opens the app and leaves it', sessions, sessionCase('explicit')),
    ...FLOWS.map(([flow, id, claim, sequence]) => exact(id, claim, runOf(rows, flow), sequence)),
    ...INVITEES.map(({ caseId, claim, phone, sequence }) =>
      exact(caseId, claim, rowsOf(rows, phone), sequence),
    ),
    {
      ...{ id: '-', claim: 'Nothing else is in the log' },
      broken: strangers(rows).map((row) => `extra: ${row.event_type} ${row.id}`),
    },
  ];
}

const exact = (
  id: string,
  claim: string,
  rows: readonly LogRow[],
  sequence: Sequence,
): Verdict => ({ id, claim, broken: [deviationOf(rows, sequence) ?? []].flat() });

/** All rows of the flow's runs: a second run is one too many. */
const runOf = (rows: readonly LogRow[], flow: string): readonly LogRow[] => {
  const runs = new Set(
    ofType('flow_started', rows)
      .filter(({ metadata }) => metadata.flow === flow)
      .map(({ metadata }) => metadata.flow_run_id),
  );
  return rows.filter(({ metadata }) => runs.has(String(metadata.flow_run_id)));
};

const rowsOf = (rows: readonly LogRow[], phone: string): readonly LogRow[] =>
  rows.filter(({ invitee_phone }) => invitee_phone === phone);

const ASIDE: readonly EventType[] = ['session_start', 'session_end', 'latency', 'state_snapshot'];

/** Rows of no case: of no run that began, of nobody who was invited. */
function strangers(rows: readonly LogRow[]): readonly LogRow[] {
  const known = new Set([
    ...FLOWS.flatMap(([flow]) => runOf(rows, flow)),
    ...INVITEES.flatMap(({ phone }) => rowsOf(rows, phone)),
  ]);
  return rows.filter((row) => !known.has(row) && !ASIDE.includes(row.event_type));
}

function streamProblems(rows: readonly LogRow[], streamed: readonly string[]): readonly string[] {
  const given = new Set(streamed);
  const logged = groupBy(rows, ({ id }) => id);
  return [
    ...rows.filter(({ id }) => !given.has(id)).map(({ id }) => `The stream passed over ${id}.`),
    ...[...given].filter((id) => !logged.has(id)).map((id) => `The log has no row ${id}.`),
  ];
}
