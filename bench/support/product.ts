/*
 * The whole product in this process, without HTTP: engine, charts, actors and read models as a server has
 * them, with a carrier that accepts everything at once. What goes wrong in it ends the benchmark.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { openPools, type Pools } from '../../src/compose/database.ts';
import { engineOf } from '../../src/compose/engine.ts';
import type { Engine, Running } from '../../src/engine/index.ts';
import type { Carrier } from '../../src/sms/carrier/carrier.ts';
import { createStandstill } from '../../src/sms/standstill.ts';

const carrier: Carrier = {
  send: async () => ({
    ...{ kind: 'accepted', status: 'queued', segments: 1, providerMs: 1, from: null },
    sid: `SM${randomBytes(16).toString('hex')}`,
  }),
  find: async () => undefined,
  provider: 'emulator',
  handlesOptOut: true,
};

export type Product = {
  readonly engine: Engine;
  readonly running: Running;
  readonly pools: Pools;
  readonly close: () => Promise<void>;
};

/** It runs as soon as it is made. */
export function productOver(url: string): Product {
  const pools = openPools({ url, behaviorUrl: url });
  const fail = (error: unknown) => {
    throw error;
  };
  const { engine } = engineOf({
    ...{ sql: pools.app, carrier, backendVersion: '0.1.0' },
    ...{ now: Date.now, elapsedMs: () => performance.now(), id: randomUUID, random: Math.random },
    standstill: createStandstill({ now: Date.now, onBegin: () => undefined }),
    ...{ pushes: null, numbers: [], onLost: () => undefined },
    config: {
      ...{ delays: {}, smsPaused: false, smsPerSecond: null, quietHours: false },
      stateSnapshots: false,
    },
    onBatch: () => undefined,
    onInspectorFailure: fail,
    hooks: {
      onLoopError: (_, error) => fail(error),
      onUndeliverable: () => fail(new Error('A send found no receiver.')),
      onRefusedRow: (reason) => fail(new Error(`The log refused a row: ${reason}`)),
    },
  });
  const running = engine.run({ outbox: pools.outbox, log: pools.log });
  return {
    ...{ engine, running, pools },
    close: async () => {
      await running.stop();
      await pools.end();
    },
  };
}

const LOOK_EVERY_MS = 20;

/** Resolves when no job is under way, and none is promised any more; who talks meanwhile does not matter. */
export async function settled({ running, pools: { app } }: Product): Promise<void> {
  const isSettled = async () =>
    // The database is asked only then: what it says of a table just emptied is dear.
    running.activeJobs() === 0 && (await app`select from jobs limit 1`).length === 0;
  while (!(await isSettled())) await delay(LOOK_EVERY_MS);
}
