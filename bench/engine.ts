/*
 * Goal 1: the engine beside hand-written SQL that does the same writes, at 1, 16, 64 and 256 in flight.
 * Rounds of the three are interleaved on one database whose projector runs all the time, and each
 * begins with an empty outbox. The hand-written pools are tried in several sizes, and the best is kept.
 */
import type { Sql } from '../src/store/orm.ts';
import { type BenchEngine, benchEngine } from './support/bench-engine.ts';
import { type Crowd, copyInstances, crowdOf, give, makeTemplate } from './support/crowd.ts';
import {
  handPool,
  inTransaction,
  inTwoStatements,
  type Payload,
  payloadOf,
} from './support/hand-written.ts';
import { inFlight, type Round } from './support/in-flight.ts';
import { type Bench, type Finding, found, type Measure, type Table } from './support/measure.ts';
import { drained, entriesAndRows } from './support/outbox.ts';
import { median, rounded } from './support/stats.ts';

const LEVELS = [1, 16, 64, 256] as const;
const POOL_SIZES = [2, 4, 8, 16, 32, 64];
const CROWD = 2_048;

const FORMS = { transaction: inTransaction, statements: inTwoStatements } as const;
type Form = keyof typeof FORMS;
type Side = 'engine' | Form;
type Contest = {
  readonly level: number;
  readonly rounds: Readonly<Record<Side, readonly Round[]>>;
};

type Ground = {
  readonly bench: Bench;
  readonly url: string;
  readonly house: BenchEngine;
  readonly payload: Payload;
  /** Each conversation remembers where on its circle it is, from level to level. */
  readonly crowds: Readonly<Record<'engine' | 'hand', Crowd>>;
};

export const engine: Measure = {
  item: 1,
  title: 'The engine beside hand-written SQL',
  run: async (bench) => {
    const { url, drop } = await bench.database();
    const house = benchEngine(url);
    house.run();
    try {
      // More rounds than an instance keeps keys: the rows have the size that they will keep.
      const template = await makeTemplate(house.engine, 12);
      await drained(house.pools.app);
      const payload = await payloadOf(house.pools.app, template);
      const due = { from: Date.now() + 3_600_000, to: Date.now() + 7_200_000 };
      for (const crowd of ['engine', 'hand']) {
        await copyInstances(url, template, { crowd, count: CROWD, due });
      }
      const before = await entriesAndRows(house.pools.app);
      const crowds = { engine: crowdOf('engine', CROWD), hand: crowdOf('hand', CROWD) };
      const ground = { bench, url, house, payload, crowds };
      const contests: Contest[] = [];
      const pools: unknown[] = [];
      for (const level of LEVELS) {
        const sizes = await bestPools(ground, level);
        pools.push({ level, ...sizes });
        contests.push(await contest(ground, level, sizes));
      }
      await verify(house.pools.app, before);
      return {
        findings: contests.flatMap(findingsOf),
        tables: [tableOf(contests), costOf(contests)],
        raw: { contests, pools, rowBytes: JSON.stringify(payload.row).length },
      };
    } finally {
      await house.close();
      await drop();
    }
  },
};

/** The pool size with which each hand-written form is fastest at this level. */
async function bestPools({ bench, url, payload, crowds }: Ground, level: number) {
  const best: Record<Form, { size: number; tried: Record<number, number> }> = {
    transaction: { size: 1, tried: {} },
    statements: { size: 1, tried: {} },
  };
  const durationMs = bench.quick ? 200 : 1_500;
  for (const form of Object.keys(FORMS) as Form[]) {
    for (const size of POOL_SIZES.filter((max) => max <= Math.max(2, level))) {
      const sql = handPool(url, size);
      const store = FORMS[form](sql, payload);
      const load = { lanes: level, durationMs, cpu: bench.cpu };
      const work = (lane: number) => store(crowds.hand.next(lane, level).key);
      await inFlight({ ...load, durationMs: durationMs / 5 }, work);
      const round = await inFlight(load, work);
      await sql.end();
      const { tried } = best[form];
      tried[size] = rounded(round.perSecond);
      if (round.perSecond >= Math.max(...Object.values(tried)) * 0.999) best[form].size = size;
    }
  }
  return best;
}

async function contest(
  { bench, url, house, payload, crowds }: Ground,
  level: number,
  sizes: Awaited<ReturnType<typeof bestPools>>,
): Promise<Contest> {
  const pools = {
    transaction: handPool(url, sizes.transaction.size),
    statements: handPool(url, sizes.statements.size),
  };
  const stores = {
    transaction: inTransaction(pools.transaction, payload),
    statements: inTwoStatements(pools.statements, payload),
  };
  const work: Readonly<Record<Side, (lane: number) => Promise<void>>> = {
    engine: (lane) => {
      const { key, event } = crowds.engine.next(lane, level);
      return give(house.engine, key, event);
    },
    transaction: (lane) => stores.transaction(crowds.hand.next(lane, level).key),
    statements: (lane) => stores.statements(crowds.hand.next(lane, level).key),
  };
  const rounds: Record<Side, Round[]> = { engine: [], transaction: [], statements: [] };
  const durationMs = bench.quick ? 500 : 5_000;
  const sides = Object.keys(work) as Side[];
  const load = { lanes: level, durationMs, cpu: bench.cpu };
  for (const side of sides) await inFlight({ ...load, durationMs: durationMs / 2 }, work[side]);
  for (let n = 0; n < (bench.quick ? 2 : 5); n += 1) {
    for (const side of sides) {
      await drained(house.pools.app);
      const round = await inFlight(load, work[side]);
      rounds[side].push(round);
      bench.say(`${level} in flight, ${side}: ${Math.round(round.perSecond)} events/s`);
    }
  }
  await drained(house.pools.app);
  await Promise.all(Object.values(pools).map((sql) => sql.end()));
  return { level, rounds };
}

/** Every entry that an instance counted is in the log, and nothing else is. */
async function verify(sql: Sql, before: Awaited<ReturnType<typeof entriesAndRows>>): Promise<void> {
  await drained(sql);
  const after = await entriesAndRows(sql);
  const made = after.entries - before.entries;
  const logged = after.rows - before.rows;
  if (made !== logged) throw new Error(`${made} entries were made, and ${logged} rows logged.`);
}

const perSecond = (rounds: readonly Round[]): number => median(rounds.map((r) => r.perSecond));
const p50 = (rounds: readonly Round[]): number => median(rounds.map((r) => r.p50Ms));
const p99 = (rounds: readonly Round[]): number => median(rounds.map((r) => r.p99Ms));

/** Ratios of rounds that stood next to each other, so that what slows the machine slows both. */
const ratio = (ours: readonly Round[], theirs: readonly Round[]): number =>
  median(ours.map((round, n) => round.perSecond / (theirs[n]?.perSecond ?? Number.NaN)));

function findingsOf({ level, rounds }: Contest): readonly Finding[] {
  const { engine, transaction, statements } = rounds;
  const at = `at ${level} in flight`;
  const goalA = { 64: 2, 256: 2.5 }[level];
  const goalB = { 64: 1.3, 256: 1.3 }[level];
  return [
    found(`Events/s of the engine ${at}`, perSecond(engine), 'events/s'),
    ...(level === 1
      ? [found(`p50 ÷ the transaction's ${at}`, p50(engine) / p50(transaction), 'x', { atMost: 1 })]
      : []),
    found(
      `Events/s ÷ the transaction's ${at}`,
      ratio(engine, transaction),
      'x',
      goalA === undefined ? null : { atLeast: goalA },
    ),
    found(
      `Events/s ÷ the two statements' ${at}`,
      ratio(engine, statements),
      'x',
      goalB === undefined ? null : { atLeast: goalB },
    ),
  ];
}

const tableOf = (contests: readonly Contest[]): Table => ({
  title: 'Events/s, p50 ms, p99 ms (medians of rounds)',
  head: ['in flight', 'engine', '', '', '(a) transaction', '', '', '(b) statements', '', ''],
  rows: contests.map(({ level, rounds: { engine, transaction, statements } }) => [
    level,
    ...[engine, transaction, statements].flatMap((rounds) => [
      Math.round(perSecond(rounds)),
      rounded(p50(rounds)),
      rounded(p99(rounds)),
    ]),
  ]),
});

const costOf = (contests: readonly Contest[]): Table => ({
  title: 'Processor ms per event, of Node and of PostgreSQL (projector included)',
  head: ['in flight', 'engine', '', '(a) transaction', '', '(b) statements', ''],
  rows: contests.map(({ level, rounds: { engine, transaction, statements } }) => [
    level,
    ...[engine, transaction, statements].flatMap((rounds) => [
      rounded(median(rounds.map(({ nodeMs }) => nodeMs))),
      rounded(median(rounds.map(({ postgresMs }) => postgresMs))),
    ]),
  ]),
});
