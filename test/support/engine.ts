/*
 * An engine over a test file's database: the real store, kernel and inspector, with a clock that the
 * test moves. Loops run only when a test asks, so that it decides what happens when.
 */
import { randomUUID } from 'node:crypto';
import type { ChartModule } from '../../machines/kit.ts';
import { type Catalogue, createCatalogue } from '../../src/behavior/catalogue/index.ts';
import type { Origin } from '../../src/behavior/inspector/index.ts';
import { errorCodes } from '../../src/behavior/registries.ts';
import type { LogRow } from '../../src/behavior/row.ts';
import { createRegistry, wordsOf } from '../../src/chart/registry.ts';
import {
  type Actors,
  createEngine,
  type Engine,
  type EngineDeps,
  type Running,
} from '../../src/engine/index.ts';
import { connect, type Sql } from '../../src/store/connect.ts';
import type { InstanceRow } from '../../src/store/instances.ts';
import type { TestDatabase } from './database.ts';

export type TestEngine = {
  readonly engine: Engine;
  readonly clock: { now: number };
  /** Starts the loops. */
  readonly run: () => Running;
  /** The log and the outbox together, in order: what the log will hold. */
  readonly rows: () => Promise<readonly LogRow[]>;
  readonly types: () => Promise<readonly string[]>;
  readonly load: (id: string) => Promise<InstanceRow>;
  readonly errors: unknown[];
  readonly close: () => Promise<void>;
};

export const OWNER = '11111111-1111-4111-8111-111111111111';
export const ORIGIN: Origin = {
  sessionId: '33333333-3333-4333-8333-333333333333',
  platform: 'web',
  version: '1.2.3',
};
/** A stimulus of the organizer; each session of its own unless one is named. */
export const cause = (sessionId: string = randomUUID()) => ({
  correlationId: randomUUID(),
  origin: { ...ORIGIN, sessionId },
});

export type TestEngineOptions = {
  readonly charts: readonly ChartModule[];
  readonly actors?: Actors;
  readonly delays?: Readonly<Record<string, number>>;
  readonly writers?: Partial<EngineDeps['writers']>;
  /** A pool other than the file's own, for tests that break it. */
  readonly sql?: Sql;
  /** The real clock, for tests that run the loops. */
  readonly now?: () => number;
  /** Breaks the catalogue, or puts the log elsewhere. */
  readonly catalogue?: (good: Catalogue) => Catalogue;
  readonly logUrl?: string;
};

export function testEngine(database: TestDatabase, options: TestEngineOptions): TestEngine {
  const actors = options.actors ?? { transaction: {}, jobs: {} };
  const sql = options.sql ?? database.sql;
  const clock = { now: Date.UTC(2026, 5, 1, 12) };
  const errors: unknown[] = [];
  const nothing = async () => undefined;
  const registries = { templates: new Set<string>(), parserRules: new Set<string>() };
  const asProjector = (url: string) =>
    connect({ url, max: 2, role: 'funlet_projector', applicationName: 'projector' });
  const outbox = asProjector(database.url);
  const log = options.logUrl === undefined ? outbox : asProjector(options.logUrl);
  const engine = createEngine(
    {
      sql,
      actors,
      charts: createRegistry(options.charts, {
        actors: new Set([...Object.keys(actors.transaction), ...Object.keys(actors.jobs)]),
        ...(options.delays === undefined ? {} : { delays: options.delays }),
      }),
      catalogue: (options.catalogue ?? ((good) => good))(
        createCatalogue({ ...wordsOf(options.charts), ...registries, errorCodes: errorCodes() }),
      ),
      backendVersion: '0.1.0',
      writers: {
        invitations: nothing,
        messages: nothing,
        sms_prompts: nothing,
        phones: nothing,
        ...options.writers,
      },
      now: options.now ?? (() => clock.now),
      elapsedMs: () => performance.now(),
      id: randomUUID,
      onInspectorFailure: (error) => errors.push(error),
    },
    {
      onLoopError: (_, error) => errors.push(error),
      onUndeliverable: () => undefined,
      onRefusedRow: () => undefined,
    },
  );
  let running: Running | undefined;
  const rows = () => loggedRows(database.sql);
  return {
    engine,
    clock,
    errors,
    rows,
    types: async () => (await rows()).map(({ event_type }) => event_type),
    load: async (id) => {
      const row = await engine.load({ organizerId: OWNER, id });
      if (row === undefined) throw new Error(`There is no instance ${id}.`);
      return row;
    },
    run: () => {
      running = engine.run({ outbox, log });
      return running;
    },
    close: async () => {
      await running?.stop();
      await Promise.all([outbox.end(), log.end()]);
    },
  };
}

/** Log and outbox as one list, in the order of the log. */
export async function loggedRows(sql: Sql): Promise<readonly LogRow[]> {
  const rows = await sql<{ row: LogRow }[]>`
    select row from (
      select e as row from log_outbox, jsonb_array_elements(entries::jsonb) e
      union all
      select to_jsonb(b) || jsonb_build_object('timestamp', (extract(epoch from b."timestamp") * 1000)::bigint)
      from behavior_logs b
    ) all_rows order by row ->> 'id'`;
  return rows.map(({ row }) => row);
}

/** Waits for a condition by looking again and again; rejects with what it last saw. */
export async function until<T>(
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
  withinMs = 10_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (isSo(seen)) return seen;
    if (Date.now() > deadline)
      throw new Error(`It never came true; last seen: ${JSON.stringify(seen)}`);
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
