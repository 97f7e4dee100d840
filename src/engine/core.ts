/*
 * What every part of the engine works with: its dependencies, the batched reads and writes, and the
 * one place where a commit's time is decided.
 */
import type { ModelRow } from '../../machines/kit.ts';
import type { Catalogue } from '../behavior/catalogue/index.ts';
import type { ChartRegistry } from '../chart/registry.ts';
import { type InstanceKey, type InstanceRow, loadInstances } from '../store/instances.ts';
import type { Queryable, Sql } from '../store/orm.ts';
import { Unstorable } from '../store/storable-json.ts';
import { transact, withDeadline, withDeadlines } from '../store/transact.ts';
import { writeInstances } from '../store/write-instances.ts';
import type { Actors } from './actors.ts';
import { type Ask, askTogether } from './asking.ts';
import { type Batch, createBatch } from './batch.ts';
import type { CommitWrite } from './commit.ts';
import { createMailbox, type Mailbox } from './mailbox.ts';
import type { Measure } from './measuring.ts';
import type { MemberDeps } from './member.ts';
import { createMemory, type Memory } from './memory.ts';
import { isRefused } from './sql-state.ts';

/** Keeps read-model rows of one table: idempotent, in the transaction given. */
export type ModelWriter = (
  sql: Queryable,
  rows: readonly Readonly<Record<string, unknown>>[],
) => Promise<void>;

export type EngineDeps = {
  readonly sql: Sql;
  readonly charts: ChartRegistry;
  readonly catalogue: Catalogue;
  readonly backendVersion: string;
  /** Of all runs, how many leave a `state_snapshot` with each step; absent, none, nor errors. */
  readonly snapshotRate?: number | undefined;
  readonly actors: Actors;
  readonly writers: Readonly<Record<ModelRow['table'], ModelWriter>>;
  readonly now: () => number;
  /** Time that nobody sets, ms since whenever: leases are counted by it. */
  readonly elapsedMs: () => number;
  readonly id: () => string;
  /** From 0 to 1: which latencies are kept; absent, none is. */
  readonly random?: (() => number) | undefined;
  readonly onInspectorFailure: (error: unknown) => void;
  readonly onBatch?: (size: number) => void;
  /** How many rows are remembered between steps; 0 reads each anew. */
  readonly remembered?: number;
};

/** What a commit has left to be done, told after it is durable. A hint: the loops look by themselves. */
export type Aftermath = { readonly jobs: boolean };

export type Core = EngineDeps & {
  /** The pool for readings: each statement has its deadline. */
  readonly reading: Queryable;
  readonly ask: Ask;
  readonly mailbox: Mailbox;
  readonly memory: Memory;
  readonly member: MemberDeps;
  readonly load: Batch<InstanceKey, InstanceRow | undefined>;
  /** Writes a commit of one instance; false where someone else stepped it (or began it) first. */
  readonly write: Batch<CommitWrite, boolean>;
  readonly after: (done: Aftermath) => void;
  readonly measure: Measure;
  /** The last activity of an instance that this process knows of, epoch ms. */
  readonly seenAt: (row: InstanceRow) => number;
};

/** Longer than any statement of ours takes, short enough for a caller to be answered within 5 s. */
export const DEADLINE_MS = 4_000;
/** Small enough that with 64 in flight one batch is decided here while PostgreSQL writes another. */
const MAX_BATCH = 32;
const MAX_RUNS = 2;

export function createCore(
  deps: EngineDeps,
  { after, seenAt, measure }: Pick<Core, 'after' | 'seenAt' | 'measure'>,
): Core {
  const { sql } = deps;
  const reading = withDeadlines(sql, DEADLINE_MS);
  return {
    ...deps,
    after,
    seenAt,
    measure,
    reading,
    ask: askTogether(reading),
    mailbox: createMailbox(),
    memory: createMemory(deps.remembered),
    member: {
      catalogue: deps.catalogue,
      backendVersion: deps.backendVersion,
      snapshotRate: deps.snapshotRate,
      onInspectorFailure: deps.onInspectorFailure,
      isJob: (src) => Object.hasOwn(deps.actors.jobs, src),
    },
    load: createBatch({
      run: (keys) => loadAll(sql, keys),
      maxItems: MAX_BATCH,
      maxRuns: MAX_RUNS,
      separable: () => false,
    }),
    write: createBatch({
      run: (commits) => writeAll(deps, commits),
      maxItems: MAX_BATCH,
      maxRuns: MAX_RUNS,
      ...(deps.onBatch === undefined ? {} : { onRun: deps.onBatch }),
      separable: (error) => isRefused(error) || error instanceof Unstorable,
    }),
  };
}

async function loadAll(
  sql: Sql,
  keys: readonly InstanceKey[],
): Promise<readonly (InstanceRow | undefined)[]> {
  const rows = await withDeadline(DEADLINE_MS, loadInstances(sql, keys));
  const found = new Map(rows.map((row) => [`${row.organizerId}${row.id}`, row]));
  return keys.map(({ organizerId, id }) => found.get(`${organizerId}${id}`));
}

/**
 * A commit that has waited longer than this for its batch is decided anew, so that no row becomes
 * visible later than this and a deadline after its time: readers of the log go by that.
 */
const STALE_MS = 1_000;

async function writeAll(
  deps: EngineDeps,
  all: readonly CommitWrite[],
): Promise<readonly boolean[]> {
  const oldest = deps.now() - STALE_MS;
  const commits = all.filter(({ writes }) => writes.every(({ row }) => row.steppedAt >= oldest));
  if (commits.length === 0) return all.map(() => false);
  const writes = commits.flatMap((commit) => commit.writes);
  const modeled = commits.some(({ models }) => models.length > 0);
  const written = modeled
    ? await transact(deps.sql, DEADLINE_MS, async (tx) => {
        const ids = idsOf(await writeInstances(tx, writes));
        const kept = commits.filter((commit) => isWritten(commit, ids));
        await writeModels(
          deps,
          tx,
          kept.flatMap(({ models }) => models),
        );
        return ids;
      })
    : idsOf(await withDeadline(DEADLINE_MS, writeInstances(deps.sql, writes)));
  return all.map((commit) => commits.includes(commit) && isWritten(commit, written));
}

/** The ids that a write returned. */
export const idsOf = (rows: readonly { readonly id: string }[]): ReadonlySet<string> =>
  new Set(rows.map(({ id }) => id));

const isWritten = ({ writes }: CommitWrite, ids: ReadonlySet<string>): boolean =>
  writes.every(({ row }) => ids.has(row.id));

/** Writes read-model rows, table by table. */
export async function writeModels(
  deps: Pick<EngineDeps, 'writers'>,
  tx: Queryable,
  models: readonly ModelRow[],
): Promise<void> {
  for (const table of new Set(models.map((model) => model.table))) {
    const rows = models.filter((model) => model.table === table).map(({ row }) => row);
    await deps.writers[table](tx, rows);
  }
}

/** A commit's time: never before its members' last steps, nor before what caused it. */
export const timeAfter = (core: Pick<Core, 'now'>, floors: readonly number[]): number =>
  Math.max(core.now(), ...floors.map((floor) => floor + 1));
