/*
 * Goal 3: the engine with logging and without: no entry, no outbox row, nothing to project. Pairs of
 * rounds at 64 in flight, now the one first and now the other, each on a database of its own whose
 * instances are the same. Then pairs at a steady rate, half of what both can do: what users feel
 * where the machine is not full.
 */
import * as crewCreation from '../machines/crew-creation.machine.ts';
import { atRate, type Paced } from './support/at-rate.ts';
import { type BenchEngine, benchEngine } from './support/bench-engine.ts';
import { type Crowd, copyInstances, crowdOf, give, makeTemplate } from './support/crowd.ts';
import { inFlight, type Round } from './support/in-flight.ts';
import { type Bench, found, type Measure } from './support/measure.ts';
import { drained, entriesAndRows } from './support/outbox.ts';
import { silentChart } from './support/silent-chart.ts';
import { median, rounded } from './support/stats.ts';

const LANES = 64;
const CROWD = 2_048;
const PAIRS = 5;

type Side = {
  readonly house: BenchEngine;
  readonly crowd: Crowd;
  readonly close: () => Promise<void>;
};

export const logging: Measure = {
  item: 3,
  title: 'Logging on against off',
  run: async (bench) => {
    const on = await side(bench, true);
    const off = await side(bench, false);
    try {
      const durationMs = bench.quick ? 500 : 10_000;
      const rounds: Record<'on' | 'off', Round[]> = { on: [], off: [] };
      await round(bench, on, durationMs / 2);
      await round(bench, off, durationMs / 2);
      for (let n = 0; n < PAIRS; n += 1) {
        for (const name of orderOf(n)) {
          const measured = await round(bench, name === 'on' ? on : off, durationMs);
          rounds[name].push(measured);
          bench.say(`logging ${name}: ${Math.round(measured.perSecond)} events/s`);
        }
      }
      const perSecond = median(rounds.on.map((r) => r.perSecond)) / 2;
      const paced: Record<'on' | 'off', Paced[]> = { on: [], off: [] };
      for (let n = 0; n < PAIRS; n += 1) {
        for (const name of orderOf(n)) {
          const pace = { perSecond, durationMs: durationMs / 2 };
          paced[name].push(await pacedRound(name === 'on' ? on : off, pace));
        }
      }
      const { rows } = await entriesAndRows(off.house.pools.app);
      // That the flow began is said by the chart's root, once: the template's.
      if (rows > 1) throw new Error(`Logging was off, and ${rows} rows were logged.`);
      return {
        findings: [...findingsOf(rounds), ...pacedFindings(paced, perSecond)],
        tables: [tableOf(rounds)],
        raw: { rounds, paced, perSecond },
      };
    } finally {
      await on.close();
      await off.close();
    }
  },
};

async function side(bench: Bench, isOn: boolean): Promise<Side> {
  const { url, drop } = await bench.database();
  const house = benchEngine(url, isOn ? {} : { chart: silentChart(crewCreation) });
  house.run();
  const template = await makeTemplate(house.engine, 12);
  const due = { from: Date.now() + 3_600_000, to: Date.now() + 7_200_000 };
  await copyInstances(url, template, { crowd: 'crowd', count: CROWD, due });
  await drained(house.pools.app);
  return {
    house,
    crowd: crowdOf('crowd', CROWD),
    close: async () => {
      await house.close();
      await drop();
    },
  };
}

async function round(bench: Bench, { house, crowd }: Side, durationMs: number): Promise<Round> {
  const load = { lanes: LANES, durationMs, cpu: bench.cpu };
  const measured = await inFlight(load, (lane) => {
    const { key, event } = crowd.next(lane, LANES);
    return give(house.engine, key, event);
  });
  await drained(house.pools.app);
  return measured;
}

/** Now the one first and now the other. */
const orderOf = (n: number) => (n % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const));

async function pacedRound(
  { house, crowd }: Side,
  pace: { readonly perSecond: number; readonly durationMs: number },
): Promise<Paced> {
  const measured = await atRate(pace, (n) => {
    const { key, event } = crowd.next(n % LANES, LANES);
    return give(house.engine, key, event);
  });
  await drained(house.pools.app);
  return measured;
}

function pacedFindings(
  { on, off }: Readonly<Record<'on' | 'off', readonly Paced[]>>,
  perSecond: number,
) {
  const more = (of: (round: Paced) => number) =>
    median(on.map((round, n) => of(round) - (off[n] === undefined ? Number.NaN : of(off[n]))));
  return [
    found('Steady rate of the next two', perSecond, 'events/s'),
    found(
      'p50 with logging at that rate, more than without',
      more((r) => r.p50Ms),
      'ms',
    ),
    found(
      'p99 with logging at that rate, more than without',
      more((r) => r.p99Ms),
      'ms',
      {
        atMost: 2,
      },
    ),
  ];
}

type Rounds = Readonly<Record<'on' | 'off', readonly Round[]>>;

function findingsOf({ on, off }: Rounds) {
  const pairs = on.flatMap((one, n) => {
    const other = off[n];
    return other === undefined ? [] : [{ on: one, off: other }];
  });
  return [
    found(
      'Throughput with logging ÷ without',
      median(pairs.map((pair) => pair.on.perSecond / pair.off.perSecond)),
      'x',
      { atLeast: 0.9 },
    ),
    found(
      'p99 with logging, more than without',
      median(pairs.map((pair) => pair.on.p99Ms - pair.off.p99Ms)),
      'ms',
      { atMost: 2 },
    ),
  ];
}

const tableOf = (rounds: Rounds) => ({
  title: 'Medians of rounds at 64 in flight',
  head: ['logging', 'events/s', 'p50 ms', 'p99 ms', 'Node ms/event', 'PostgreSQL ms/event'],
  rows: (['on', 'off'] as const).map((name) => [
    name,
    Math.round(median(rounds[name].map((r) => r.perSecond))),
    ...(['p50Ms', 'p99Ms', 'nodeMs', 'postgresMs'] as const).map((key) =>
      rounded(median(rounds[name].map((r) => r[key]))),
    ),
  ]),
});
