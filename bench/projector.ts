/*
 * Goal 7: the projector. Alone, how many rows it moves in a second; under load, how long an entry
 * takes from its commit to the log; and what is written: bytes of a log row with its indexes, bytes of
 * WAL of an event with its projection.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../src/store/connect.ts';
import type { Sql } from '../src/store/orm.ts';
import { type BenchEngine, benchEngine } from './support/bench-engine.ts';
import { copyInstances, crowdOf, give, idsOf, makeTemplate } from './support/crowd.ts';
import { fillOutbox } from './support/fill-outbox.ts';
import { inFlight } from './support/in-flight.ts';
import { bytesPerLogRow } from './support/log-size.ts';
import { type Bench, found, type Measure } from './support/measure.ts';
import { drained } from './support/outbox.ts';
import { median, quantile } from './support/stats.ts';

const LANES = 64;
const CROWD = 2_048;

export const projector: Measure = {
  item: 7,
  title: 'The projector',
  run: async (bench) => {
    const { url, drop } = await bench.database();
    const sql = connect({ url, max: 1, applicationName: 'bench projector' });
    try {
      const house = benchEngine(url);
      house.run();
      const template = await makeTemplate(house.engine, 12);
      await drained(sql);
      const due = { from: Date.now() + 3_600_000, to: Date.now() + 7_200_000 };
      await copyInstances(url, template, { crowd: 'crowd', count: CROWD + 1, due });
      const load = await underLoad({ bench, house, sql });
      const bytes = await bytesPerLogRow(house.engine, sql);
      await house.close();
      const alone = await aloneFor({ bench, url, sql });
      return {
        findings: [
          found('Rows/s, alone', median(alone), 'rows/s', { atLeast: 20_000 }),
          found('Commit to log under load, p50', quantile(load.visibleMs, 0.5), 'ms'),
          found('Commit to log under load, p99', quantile(load.visibleMs, 0.99), 'ms', {
            atMost: 1_000,
          }),
          found('Events/s meanwhile', load.perSecond, 'events/s'),
          found('Bytes of a log row with its indexes', bytes, 'bytes', { atMost: 700 }),
          found('WAL of an event with its projection', load.walBytes, 'bytes'),
        ],
        raw: { alone, load, bytes },
      };
    } finally {
      await sql.end();
      await drop();
    }
  },
};

type Ground = { readonly bench: Bench; readonly house: BenchEngine; readonly sql: Sql };

/** 64 conversations, and one more whose entries are watched on their way into the log. */
async function underLoad({ bench, house, sql }: Ground) {
  const crowd = crowdOf('crowd', CROWD);
  const load = { lanes: LANES, durationMs: bench.quick ? 1_000 : 30_000, cpu: bench.cpu };
  const work = (lane: number) => {
    const { key, event } = crowd.next(lane, LANES);
    return give(house.engine, key, event);
  };
  await inFlight({ ...load, durationMs: load.durationMs / 5 }, work);
  await drained(sql);
  const wal = await walAt(sql);
  let over = false;
  const loading = inFlight(load, work).finally(() => {
    over = true;
  });
  const visibleMs: number[] = [];
  const { next } = watchedCrowd();
  const { organizerId } = idsOf('crowd', CROWD);
  for (let seen = await countOf(sql, organizerId); !over; ) {
    const { key, event } = next();
    await give(house.engine, key, event);
    const committed = performance.now();
    while ((await countOf(sql, organizerId)) === seen) await delay(3);
    seen += 1;
    visibleMs.push(performance.now() - committed);
    await delay(20);
  }
  const { perSecond, count } = await loading;
  await drained(sql);
  const walBytes = ((await walAt(sql)) - wal) / (count + visibleMs.length);
  return { visibleMs, perSecond, walBytes };
}

/** The last of the crowd, whom no lane talks to. */
function watchedCrowd() {
  const { next } = crowdOf('crowd', CROWD + 1);
  return { next: () => next(CROWD, CROWD + 1) };
}

async function countOf(sql: Sql, organizerId: string): Promise<number> {
  const [found] = await sql<{ count: number }[]>`
    select count(*)::int as count from behavior_logs where organizer_id = ${organizerId}`;
  return found?.count ?? 0;
}

async function walAt(sql: Sql): Promise<number> {
  const [found] = await sql<{ bytes: number }[]>`
    select (pg_current_wal_insert_lsn() - '0/0')::float8 as bytes`;
  return found?.bytes ?? 0;
}

/** Rows a second from a full outbox, with nothing else to do; one value each time. */
async function aloneFor({ bench, url, sql }: { bench: Bench; url: string; sql: Sql }) {
  const rows = bench.quick ? 5_000 : 200_000;
  const rates: number[] = [];
  for (let n = 0; n < (bench.quick ? 1 : 3); n += 1) {
    await fillOutbox(sql, rows);
    const house = benchEngine(url);
    const begun = performance.now();
    house.run();
    await drained(sql);
    const perSecond = (rows / (performance.now() - begun)) * 1_000;
    await house.close();
    rates.push(perSecond);
    bench.say(`${rows} rows moved: ${Math.round(perSecond)} rows/s`);
  }
  return rates;
}
