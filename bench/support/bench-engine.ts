/*
 * The engine as a server has it (real store, kernel, inspector and catalogue, the same pools), in this
 * process and without HTTP, with one of the product's charts.
 */
import { randomUUID } from 'node:crypto';
import * as crewCreation from '../../machines/crew-creation.machine.ts';
import type { ChartModule } from '../../machines/kit.ts';
import { createRegistry } from '../../src/chart/registry.ts';
import { openPools, type Pools } from '../../src/compose/database.ts';
import { catalogueOfCharts } from '../../src/compose/engine.ts';
import { saveCrew } from '../../src/domain/crews.ts';
import { createEngine, type Engine, type Running } from '../../src/engine/index.ts';

export type BenchEngine = {
  readonly engine: Engine;
  readonly pools: Pools;
  /** Starts the loops: timers, jobs, projector, notes. */
  readonly run: () => Running;
  readonly close: () => Promise<void>;
};

export type BenchEngineOptions = {
  /** In place of crew creation as it is. */
  readonly chart?: ChartModule;
  /** How many commits went together. */
  readonly onBatch?: (size: number) => void;
};

/** An engine over this database. What goes wrong in it ends the benchmark. */
export function benchEngine(url: string, options: BenchEngineOptions = {}): BenchEngine {
  const pools = openPools({ url, behaviorUrl: url });
  const actors = { transaction: { saveCrew }, jobs: {} };
  const nothing = async () => undefined;
  const fail = (error: unknown) => {
    throw error;
  };
  const engine = createEngine(
    {
      ...{ sql: pools.app, actors, catalogue: catalogueOfCharts(), backendVersion: '0.1.0' },
      charts: createRegistry([options.chart ?? crewCreation], {
        actors: new Set(Object.keys(actors.transaction)),
      }),
      writers: { invitations: nothing, messages: nothing, sms_prompts: nothing, phones: nothing },
      ...{ now: Date.now, elapsedMs: () => performance.now(), id: randomUUID },
      onInspectorFailure: fail,
      ...(options.onBatch && { onBatch: options.onBatch }),
    },
    {
      onLoopError: (_, error) => fail(error),
      onUndeliverable: () => fail(new Error('A send found no receiver.')),
      onRefusedRow: (reason) => fail(new Error(`The log refused a row: ${reason}`)),
    },
  );
  let running: Running | undefined;
  return {
    engine,
    pools,
    run: () => {
      running = engine.run({ outbox: pools.outbox, log: pools.log });
      return running;
    },
    close: async () => {
      await running?.stop();
      await pools.end();
    },
  };
}
