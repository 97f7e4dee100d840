/*
 * The engine: what the rest of the house may ask of it, and its loops. Requests come in and outcomes
 * go out; steps become commits; the outbox becomes the log.
 */
import { NIL_ID } from '../behavior/derived-id.ts';
import { type ErrorCode, errorFact } from '../behavior/registries.ts';
import type { InstanceKey, InstanceRow } from '../store/instances.ts';
import { insertJobs } from '../store/jobs.ts';
import type { Queryable, Sql } from '../store/orm.ts';
import { startClock } from './clock.ts';
import { type Core, createCore, type EngineDeps } from './core.ts';
import { type Delivery, deliver } from './deliver.ts';
import { startLoop } from './loop.ts';
import { createMeasure, type Measure } from './measuring.ts';
import { createNotes, type Note, type Notes } from './notes.ts';
import type { Delivered, Started } from './outcome.ts';
import { startProjector } from './projector.ts';
import { type SendPayload, sendJob } from './promises.ts';
import { createSeen } from './seen.ts';
import { type Starting, start } from './start.ts';
import { watchedClock } from './watched-clock.ts';
import { startWorker } from './worker.ts';

export type Engine = {
  readonly deliver: (delivery: Delivery) => Promise<Delivered>;
  readonly start: (starting: Starting) => Promise<Started>;
  readonly load: (key: InstanceKey) => Promise<InstanceRow | undefined>;
  /**
   * As `load`, but from memory where this process knows it, so perhaps out of date: only for a commit that
   * would find that out.
   */
  readonly recall: (key: InstanceKey) => Promise<InstanceRow | undefined>;
  /** What an instance runs on, which never changes: known without reading where it was known here. */
  readonly chartOf: (key: InstanceKey) => Promise<ChartName | undefined>;
  /** Notes activity of an instance that is no step. */
  readonly markSeen: (key: InstanceKey) => void;
  /** Makes a durable send inside somebody else's transaction; `key` (a uuid) makes it once. */
  readonly promise: (sql: Queryable, key: string, payload: SendPayload) => Promise<void>;
  /** Hints that there are jobs to do, after such a transaction. */
  readonly nudge: () => void;
  readonly notes: Notes;
  /** Tells how long something of the server's own took; it is kept where it is slow or of the sample. */
  readonly measure: Measure;
  /** Runs the loops: timers, jobs, projector, notes. */
  readonly run: (pools: ProjectorPools) => Running;
  /** Instances with work under way in this process. */
  readonly busy: () => number;
};

/** A chart, and which of its versions. */
export type ChartName = Pick<InstanceRow, 'machine' | 'version'>;

/** The outbox's database and the log's, both as the projector's role; one pool where they are one. */
export type ProjectorPools = { readonly outbox: Sql; readonly log: Sql };

export type Running = {
  readonly activeJobs: () => number;
  /** Ends the loops after what is under way, and flushes what is only in memory. */
  readonly stop: () => Promise<void>;
};

export type EngineHooks = {
  /** An error of a loop: the world's, most likely the database's. The loop goes on. */
  readonly onLoopError: (loop: string, error: unknown) => void;
  readonly onUndeliverable: () => void;
  readonly onRefusedRow: (reason: string) => void;
};

const SEEN_EVERY_MS = 5_000;
const NOTES_EVERY_MS = 200;

export function createEngine(deps: EngineDeps, hooks: EngineHooks): Engine {
  const seen = createSeen(deps.sql);
  const notes = createNotes(deps);
  const now = watchedClock(deps.now, () => notes.take(errorNote('clock.backwards', deps.id())));
  const measure = createMeasure({
    ...{ notes, now: deps.now, random: deps.random },
    onFailure: deps.onInspectorFailure,
  });
  const hints = { jobs: () => {}, seen: () => {} };
  const core = createCore(
    { ...deps, now },
    {
      after: ({ jobs }) => {
        if (jobs) hints.jobs();
      },
      measure,
      seenAt: ({ id, seenAt, begunAt }) => Math.max(seen.lastOf(id) ?? 0, seenAt ?? begunAt),
    },
  );
  return {
    notes,
    measure,
    deliver: (delivery) => deliver(core, delivery),
    start: (starting) => start(core, starting),
    load: (key) => core.load(key),
    recall: (key) => recall(core, key),
    chartOf: (key) => recall(core, key),
    markSeen: (key) => {
      if (seen.mark(key, deps.now())) hints.seen();
    },
    promise: (sql, key, payload) => promise(deps, sql, { key, payload }),
    nudge: () => hints.jobs(),
    busy: () => core.mailbox.size(),
    run: (pools) => run({ core, notes, hooks, pools, seen, hints }),
  };
}

async function recall(core: Core, key: InstanceKey): Promise<InstanceRow | undefined> {
  const known = core.memory.recall(key);
  if (known !== undefined) return known;
  const row = await core.load(key);
  if (row !== undefined) core.memory.keep(row);
  return row;
}

async function promise(
  deps: EngineDeps,
  sql: Queryable,
  { key, payload }: { readonly key: string; readonly payload: SendPayload },
): Promise<void> {
  await insertJobs(sql, NIL_ID, [sendJob(key, payload, deps.now())]);
}

function run(of: {
  readonly core: Core;
  readonly notes: Notes;
  readonly hooks: EngineHooks;
  readonly pools: ProjectorPools;
  readonly seen: ReturnType<typeof createSeen>;
  readonly hints: { jobs: () => void; seen: () => void };
}): Running {
  const { core, notes, hooks, pools, seen, hints } = of;
  const told = (loop: string) => (error: unknown) => hooks.onLoopError(loop, error);
  const flushing = (everyMs: number, name: string, flush: () => Promise<void>) =>
    startLoop({
      everyMs,
      onError: told(name),
      turn: async () => {
        await flush();
        return false;
      },
    });

  const worker = startWorker({
    core,
    notes,
    onThrow: hooks.onLoopError,
    onError: told('jobs'),
    onUndeliverable: hooks.onUndeliverable,
  });
  const clock = startClock({ core, notes, onThrow: hooks.onLoopError, onError: told('timers') });
  const projector = startProjector({
    ...pools,
    now: core.now,
    onRefused: ({ reason, type }) => {
      // An error about an error that is refused would be refused in its turn, for ever.
      if (type !== 'error') notes.take(errorNote('logging.insert_refused', core.id()));
      hooks.onRefusedRow(reason);
    },
    onOutage: () => notes.take(errorNote('logging.unavailable', core.id())),
    onError: told('projector'),
  });
  const seeing = flushing(SEEN_EVERY_MS, 'seen', seen.flush);
  const flushers = [seeing, flushing(NOTES_EVERY_MS, 'notes', notes.flush)];
  hints.seen = seeing.nudge;
  hints.jobs = worker.nudge;
  return {
    activeJobs: worker.active,
    stop: async () => {
      await Promise.all([worker.stop(), clock.stop(), ...flushers.map((loop) => loop.stop())]);
      const ending = [seen.flush(), notes.flush()];
      for (const result of await Promise.allSettled(ending)) {
        if (result.status === 'rejected') told('flush')(result.reason);
      }
      await projector.stop();
    },
  };
}

/** An `error` row of the server's own. */
const errorNote = (code: ErrorCode, correlationId: string): Note => ({
  type: 'error',
  correlationId,
  metadata: errorFact(code, true),
});
