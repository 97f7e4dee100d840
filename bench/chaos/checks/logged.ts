/*
 * The log after it all: complete against the instances' own counts, and true to the contract. Rows are
 * judged by organizer, since some invariants compare every row with every other.
 */
import { judgeInvariants } from '../../../src/behavior/reports/invariants.ts';
import { ofType } from '../../../src/behavior/reports/logged.ts';
import { carriedProblems } from '../../../src/behavior/reports/text-checks.ts';
import { type LogRow, parseEntryId } from '../../../src/behavior/row.ts';
import { catalogueOfCharts } from '../../../src/compose/engine.ts';
import { checkCompleteness } from '../../../src/store/completeness.ts';
import type { Sql } from '../../../src/store/connect.ts';

export type LogFinding = {
  readonly rows: number;
  readonly entries: number;
  readonly quarantined: number;
  readonly errors: Readonly<Record<string, number>>;
  readonly broken: readonly string[];
};

export type LogPlaces = {
  readonly app: Sql;
  /** Where the log is; the same where it is the same database. */
  readonly log?: Sql;
  /** The sids of all messages that the carrier took. */
  readonly sids?: readonly string[];
  /** Rows are expected in quarantine; how many is the scenario's to judge. */
  readonly mayQuarantine?: boolean;
};

const SHOWN = 6;

export async function judgeLog({ app, log = app, ...of }: LogPlaces): Promise<LogFinding> {
  const complete = await checkCompleteness({ app, log });
  const rows = await readRows(log);
  const gaps = complete.gaps.map(
    ({ machine, instanceId, expected, found, missing, repeated }) =>
      `${machine} ${instanceId} made ${expected} entries, the log has ${found}; missing ${missing.join()}, twice ${repeated.join()}.`,
  );
  const aside =
    complete.quarantined > 0 && of.mayQuarantine !== true
      ? [`${complete.quarantined} rows are in quarantine.`]
      : [];
  const waiting = complete.waiting > 0 ? [`${complete.waiting} entries still wait.`] : [];
  // With rows set aside the rest is not whole, and says so.
  const contract = of.mayQuarantine === true ? [] : contractProblems(rows, of.sids);
  const errors = Object.fromEntries(countBy(ofType('error', rows).map((row) => row.metadata.code)));
  return {
    ...{ rows: rows.length, entries: complete.entries, quarantined: complete.quarantined, errors },
    broken: [...few(gaps), ...aside, ...waiting, ...contract, ...few(negativeProblems(rows))],
  };
}

function contractProblems(
  rows: readonly LogRow[],
  sids: readonly string[] | undefined,
): readonly string[] {
  const catalogue = catalogueOfCharts();
  const endedBy = Number.POSITIVE_INFINITY;
  const broken = new Map<string, string[]>();
  for (const own of byOrganizer(rows)) {
    for (const verdict of judgeInvariants({ rows: own, catalogue, endedBy })) {
      const name = `invariant ${verdict.id} (${verdict.claim})`;
      if (verdict.broken.length > 0)
        broken.set(name, [...(broken.get(name) ?? []), ...verdict.broken]);
    }
  }
  return [...broken]
    .flatMap(([name, sentences]) => few(sentences).map((sentence) => `${name}: ${sentence}`))
    .concat(sids === undefined ? [] : few(carriedProblems(rows, sids)));
}

/**
 * Rows of the texts, phones and sessions of one organizer stand together; notes of nobody too. A source stays whole: of
 * what a phone's line leaves, some rows bear the phone and some must not.
 */
export function byOrganizer(rows: readonly LogRow[]): Iterable<readonly LogRow[]> {
  const ownerOf = new Map<string, string>();
  for (const { organizer_id, invitee_phone } of rows)
    if (organizer_id !== null && invitee_phone !== null) ownerOf.set(invitee_phone, organizer_id);
  const known = (row: LogRow) => row.organizer_id ?? ownerOf.get(row.invitee_phone ?? '');
  const sourceOf = ({ id }: LogRow) => parseEntryId(id).sourceHash;
  const ownerOfSource = new Map(
    rows.flatMap((row) => {
      const owner = known(row);
      return owner === undefined ? [] : [[sourceOf(row), owner] as const];
    }),
  );
  const groups = new Map<string, LogRow[]>();
  for (const row of rows) {
    const owner = known(row) ?? ownerOfSource.get(sourceOf(row)) ?? 'nobody';
    const group = groups.get(owner);
    if (group === undefined) groups.set(owner, [row]);
    else group.push(row);
  }
  return groups.values();
}

const negativeProblems = (rows: readonly LogRow[]): readonly string[] =>
  rows.flatMap(({ event_type, id, metadata }) =>
    Object.entries(metadata)
      .filter(([key, value]) => /_(ms|min|s)$/.test(key) && typeof value === 'number' && value < 0)
      .filter(([key]) => key !== 'tz_offset_min')
      .map(([key, value]) => `${event_type} ${id} has ${key} ${value}.`),
  );

async function readRows(sql: Sql): Promise<readonly LogRow[]> {
  return await sql<LogRow[]>`
    select id, event_type, (extract(epoch from "timestamp") * 1000)::float8 as "timestamp",
      organizer_id, invitee_phone, event_id, crew_id, syncup_id, session_id, platform, version, metadata
    from behavior_logs order by id`;
}

function countBy(words: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

export const few = (sentences: readonly string[]): readonly string[] =>
  sentences.length <= SHOWN
    ? sentences
    : [...sentences.slice(0, SHOWN), `and ${sentences.length - SHOWN} more like it.`];
