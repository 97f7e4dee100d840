/*
 * Is the log whole? Every instance counts its entries, and every row's id names its source and its place
 * among that source's entries (src/behavior/row.ts). One grouped read of the log is held against the
 * counts; only where they differ are the rows of that source looked at one by one. What still waits in
 * the outbox, or was set aside in quarantine, is not missing. Notes have no counter and no place here.
 */
import type { Queryable, Sql } from './orm.ts';

/** A source whose rows are not exactly its entries. */
export type Gap = {
  readonly instanceId: string;
  readonly machine: string;
  readonly expected: number;
  readonly found: number;
  /** Places among the source's entries, from 0. */
  readonly missing: readonly number[];
  readonly repeated: readonly number[];
};

export type Completeness = {
  readonly instances: number;
  readonly entries: number;
  /** Entries that are on their way. */
  readonly waiting: number;
  /** Entries that were set aside and not put back. */
  readonly quarantined: number;
  readonly gaps: readonly Gap[];
};

type Databases = {
  /** The database of the instances and the outbox. */
  readonly app: Sql;
  /** The log's; the same where it is the same database. */
  readonly log: Sql;
};

/** Holds the whole log against all instances. */
export async function checkCompleteness({ app, log }: Databases): Promise<Completeness> {
  // First what is expected, as of one moment; then the log, which can only have grown meanwhile.
  const { sources, waiting } = await app.begin('isolation level repeatable read', async (tx) => ({
    sources: await readSources(tx),
    waiting: idsBySource(await readWaiting(tx)),
  }));
  const known = new Set(sources.map(({ key }) => key));
  const aside = idsBySource(await readQuarantined(log));
  const sums = new Map((await sumLog(log)).map((sum) => [sum.key, sum]));
  const gaps: Gap[] = [];
  for (const source of sources) {
    const apart = [...(waiting.get(source.key) ?? []), ...(aside.get(source.key) ?? [])];
    if (apart.length === 0 && isWhole(sums.get(source.key), source.entries)) continue;
    const ids = new Set([...(await readIds(log, source)), ...apart]);
    const gap = gapOf(source, [...ids].sort());
    if (gap !== undefined) gaps.push(gap);
  }
  return {
    instances: sources.length,
    entries: sources.reduce((total, { entries }) => total + entries, 0),
    waiting: countIds(waiting, known),
    quarantined: countIds(aside, known),
    gaps,
  };
}

type Source = {
  readonly id: string;
  readonly machine: string;
  readonly key: string;
  readonly entries: number;
  /** Epoch ms; rows of later steps are none of this check. */
  readonly steppedAt: number;
};

async function readSources(sql: Queryable): Promise<readonly Source[]> {
  return await sql<Source[]>`
    select id, machine, entries, (extract(epoch from stepped_at) * 1000)::float8 as "steppedAt",
      translate(left(md5(id::text), 1), '0123456789abcdef', '89ab89ab89ab89ab')
        || substr(md5(id::text), 2, 13) as key
    from instances where entries > 0`;
}

type Keyed = { readonly key: string; readonly id: string };

async function readWaiting(sql: Queryable): Promise<readonly Keyed[]> {
  return await sql<Keyed[]>`
    select substr(replace(e ->> 'id', '-', ''), 17, 14) as key, e ->> 'id' as id
    from log_outbox cross join lateral json_array_elements(entries) as e`;
}

async function readQuarantined(sql: Queryable): Promise<readonly Keyed[]> {
  return await sql<Keyed[]>`
    select substr(replace(id::text, '-', ''), 17, 14) as key, id::text as id
    from log_quarantine where replayed_at is null`;
}

/** Rows of one source: how many, and two sums of their places that a lost and a doubled row would change. */
type LogSum = {
  readonly key: string;
  readonly rows: number;
  readonly sum: number;
  readonly squares: number;
};

async function sumLog(sql: Queryable): Promise<readonly LogSum[]> {
  return await sql<LogSum[]>`
    select key, count(*)::int as rows, sum(place)::float8 as sum, sum(place * place)::float8 as squares
    from (
      select substr(replace(id::text, '-', ''), 17, 14) as key,
        ('x' || right(id::text, 2))::bit(8)::int as place
      from behavior_logs
    ) placed group by key`;
}

function isWhole(found: LogSum | undefined, entries: number): boolean {
  if (found?.rows !== entries) return false;
  const sums = { sum: 0, squares: 0 };
  for (let n = 0; n < entries; n += 1) {
    sums.sum += n % 256;
    sums.squares += (n % 256) ** 2;
  }
  return sums.sum === found.sum && sums.squares === found.squares;
}

async function readIds(sql: Queryable, { key, steppedAt }: Source): Promise<readonly string[]> {
  const rows = await sql<{ id: string }[]>`
    select id::text as id from behavior_logs
    where substr(replace(id::text, '-', ''), 17, 14) = ${key}
      and "timestamp" <= to_timestamp(${steppedAt}::float8 / 1000)`;
  return rows.map(({ id }) => id);
}

/** Walks a source's rows in order: each must have the place after the one before it. */
export function gapOf(
  { id, machine, entries }: Pick<Source, 'id' | 'machine' | 'entries'>,
  sortedIds: readonly string[],
): Gap | undefined {
  const missing: number[] = [];
  const repeated: number[] = [];
  let next = 0;
  for (const place of sortedIds.map((row) => Number.parseInt(row.slice(-2), 16))) {
    const ahead = (place - (next % 256) + 256) % 256;
    // Just behind is the last one again; anything else is a jump over what is missing.
    if (ahead >= 128) repeated.push(next - (256 - ahead));
    else {
      for (let lost = 0; lost < ahead; lost += 1) missing.push(next + lost);
      next += ahead + 1;
    }
  }
  for (; next < entries; next += 1) missing.push(next);
  if (missing.length === 0 && repeated.length === 0 && next === entries) return undefined;
  return {
    ...{ instanceId: id, machine, expected: entries, found: sortedIds.length, missing, repeated },
  };
}

function idsBySource(rows: readonly Keyed[]): ReadonlyMap<string, readonly string[]> {
  const bySource = new Map<string, string[]>();
  for (const { key, id } of rows) bySource.set(key, [...(bySource.get(key) ?? []), id]);
  return bySource;
}

/** Entries of instances; those of notes have no counter. */
const countIds = (
  bySource: ReadonlyMap<string, readonly string[]>,
  known: ReadonlySet<string>,
): number =>
  [...bySource].reduce((total, [key, ids]) => total + (known.has(key) ? ids.length : 0), 0);
