/*
 * Goal 6: 10,000 timers due at the same instant, each of which fires once, held against what the engine
 * does with as many events; and how late a timer is when nothing else happens. Lateness counts to the
 * commit as another connection sees it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../src/store/connect.ts';
import type { InstanceRow } from '../src/store/instances.ts';
import type { Sql } from '../src/store/orm.ts';
import { benchEngine } from './support/bench-engine.ts';
import { copyInstances, crowdOf, give, makeTemplate } from './support/crowd.ts';
import { inFlight } from './support/in-flight.ts';
import { type Bench, found, type Measure } from './support/measure.ts';
import { drained, entriesAndRows } from './support/outbox.ts';
import { median, quantile } from './support/stats.ts';

const LANES = 256;
const CROWD = 2_048;
/** What timers may cost beyond events. */
const MARGIN = 1.5;
const IDLE_GOAL_MS = 300;
const HOUR_MS = 3_600_000;
/** A claim puts `wake_at` off by less than this; all other timers are due much later. */
const CLAIMED_MS = 60_000;

type Ground = {
  readonly bench: Bench;
  readonly url: string;
  readonly sql: Sql;
  readonly template: InstanceRow;
};

export const timers: Measure = {
  item: 6,
  title: 'Timers: a storm, and one at a time',
  run: async (bench) => {
    const { url, drop } = await bench.database();
    const house = benchEngine(url);
    house.run();
    const sql = connect({ url, max: 1, applicationName: 'bench timers' });
    try {
      const template = await makeTemplate(house.engine, 0);
      const ground = { bench, url, sql, template };
      const idleMs = await oneAtATime(ground);

      const live = await makeTemplate(house.engine, 12);
      const later = { from: Date.now() + HOUR_MS, to: Date.now() + 2 * HOUR_MS };
      await copyInstances(url, live, { crowd: 'live', count: CROWD, due: later });
      const crowd = crowdOf('live', CROWD);
      const load = { lanes: LANES, durationMs: bench.quick ? 500 : 5_000, cpu: bench.cpu };
      const rates: number[] = [];
      for (let n = 0; n < 4; n += 1) {
        const { perSecond } = await inFlight(load, (lane) => {
          const { key, event } = crowd.next(lane, LANES);
          return give(house.engine, key, event);
        });
        // The first is the compiler's.
        if (n > 0) rates.push(perSecond);
        await drained(sql);
      }
      const storms: Storm[] = [];
      for (let n = 0; n < (bench.quick ? 1 : 3); n += 1) storms.push(await storm(ground, n));
      return { findings: findingsOf({ idleMs, rates, storms }), raw: { idleMs, rates, storms } };
    } finally {
      await house.close();
      await sql.end();
      await drop();
    }
  },
};

/** Timers that are due one after the other, with nothing between them; the lateness of each in ms. */
async function oneAtATime({ bench, url, sql, template }: Ground): Promise<readonly number[]> {
  const count = bench.quick ? 10 : 200;
  const from = Date.now() + 2_000;
  const due = { from, to: from + count * 150 };
  await copyInstances(url, template, { crowd: 'idle', count, due });
  const lateMs: number[] = [];
  while (lateMs.length < count) {
    const [found] = await sql<{ done: number }[]>`
      select count(*)::int as done from instances where status = 'done'`;
    const now = Date.now();
    // They are due in order, so that the n-th that has fired is the n-th that was due.
    while (lateMs.length < (found?.done ?? 0)) {
      lateMs.push(now - (due.from + ((due.to - due.from) * lateMs.length) / count));
    }
    await delay(5);
  }
  return lateMs;
}

type Storm = { readonly count: number; readonly p50Ms: number; readonly p99Ms: number };

async function storm({ bench, url, sql, template }: Ground, n: number): Promise<Storm> {
  const count = bench.quick ? 1_000 : 10_000;
  const before = await entriesAndRows(sql);
  const at = Date.now() + (bench.quick ? 3_000 : 15_000);
  await copyInstances(url, template, { crowd: `storm ${n}`, count, due: { from: at, to: at } });
  if (Date.now() > at) throw new Error('The storm began before all of it was there.');
  const copied = await entriesAndRows(sql);
  await delay(at - Date.now());
  const p50Ms = await untilLeft({ sql, count: count / 2, at });
  const p99Ms = await untilLeft({ sql, count: count / 100, at });
  await untilLeft({ sql, count: 0, at });
  await drained(sql);
  const after = await entriesAndRows(sql);
  const fired = after.rows - before.rows;
  const [twice] = await sql<{ count: number }[]>`
    select count(*)::int as count from instances
    where machine = 'crew-creation' and status = 'done' and seq <> ${template.seq + 1}`;
  if (fired !== count || after.entries - copied.entries !== count || twice?.count !== 0) {
    throw new Error(`${count} timers were due, and ${fired} drop-offs were logged.`);
  }
  bench.say(`${count} due at once: p50 ${p50Ms} ms, p99 ${p99Ms} ms late`);
  return { count, p50Ms, p99Ms };
}

/** Waits until at most `count` timers of before `at` are left; how late that is. */
async function untilLeft(of: { sql: Sql; count: number; at: number }): Promise<number> {
  for (;;) {
    const [found] = await of.sql<{ armed: number }[]>`
      select count(*)::int as armed from instances
      where wake_at < to_timestamp(${of.at + CLAIMED_MS}::float8 / 1000)`;
    if ((found?.armed ?? 0) <= of.count) return Date.now() - of.at;
    // Each look reads the whole index: seldom enough to cost the engine little.
    await delay(50);
  }
}

function findingsOf(of: {
  readonly idleMs: readonly number[];
  readonly rates: readonly number[];
  readonly storms: readonly Storm[];
}) {
  const rate = median(of.rates);
  const { count = 0 } = of.storms[0] ?? {};
  const allowedMs = Math.round((count / rate) * 1_000 * MARGIN);
  return [
    found('Events/s at 256 in flight', rate, 'events/s'),
    found(`Lateness of ${count} at once, p99`, median(of.storms.map((s) => s.p99Ms)), 'ms', {
      atMost: allowedMs,
    }),
    found('Lateness alone, p50', quantile(of.idleMs, 0.5), 'ms'),
    found('Lateness alone, p99', quantile(of.idleMs, 0.99), 'ms', { atMost: IDLE_GOAL_MS }),
  ];
}
