/*
 * Goal 5: a database that has grown. Parked conversations with their timers armed lie around the ones
 * that go on; the engine's rate is held against that with the fewest of them. Then the server itself
 * over the largest, under load for minutes: its memory at the end beside that at the beginning.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type BenchEngine, benchEngine } from './support/bench-engine.ts';
import { converse, SECRET } from './support/conversations.ts';
import { type Crowd, copyInstances, crowdOf, give, makeTemplate } from './support/crowd.ts';
import { startHttpLoad } from './support/http-load.ts';
import { inFlight, type Round } from './support/in-flight.ts';
import { residentMb } from './support/machine.ts';
import { type Bench, type Database, found, type Measure } from './support/measure.ts';
import { drained } from './support/outbox.ts';
import { startServer } from './support/processes.ts';
import { median, rounded } from './support/stats.ts';

const LANES = 64;
const CONNECTIONS = 16;
const CROWD = 2_048;
const DAY_MS = 86_400_000;

type Grown = {
  readonly parked: number;
  readonly database: Database;
  readonly house: BenchEngine;
  readonly crowd: Crowd;
  readonly rounds: Round[];
};

export const growth: Measure = {
  item: 5,
  title: 'A database that has grown',
  run: async (bench) => {
    const sizes = bench.quick ? [1_000, 10_000] : [1_000, 100_000, 1_000_000];
    const grown: Grown[] = [];
    try {
      for (const parked of sizes) grown.push(await grow(bench, parked));
      const durationMs = bench.quick ? 500 : 10_000;
      for (const one of grown) await round(bench, one, durationMs);
      for (let n = 0; n < (bench.quick ? 2 : 5); n += 1) {
        for (const one of grown) one.rounds.push(await round(bench, one, durationMs));
      }
      for (const { house } of grown) await house.close();
      const memory = await memoryOver(bench, grown.at(-1)?.database.url ?? '');
      return {
        findings: [
          ...grown.slice(1).map((one) => findingOf(grown[0], one)),
          ...memoryFindings(memory),
        ],
        tables: [tableOf(grown)],
        raw: { rounds: grown.map(({ parked, rounds }) => ({ parked, rounds })), memory },
      };
    } finally {
      for (const { house, database } of grown) {
        await house.close();
        await database.drop();
      }
    }
  },
};

async function grow(bench: Bench, parked: number): Promise<Grown> {
  const database = await bench.database();
  const { url } = database;
  const house = benchEngine(url);
  house.run();
  // As somebody leaves who has stopped in the middle.
  const left = await makeTemplate(house.engine, 0);
  const live = await makeTemplate(house.engine, 12);
  const begun = performance.now();
  const from = Date.now() + 3_600_000;
  const due = { from, to: from + 30 * DAY_MS };
  await copyInstances(url, left, { crowd: 'parked', count: parked, due });
  await copyInstances(url, live, { crowd: 'live', count: CROWD, due });
  await drained(house.pools.app);
  bench.say(`${parked} parked in ${Math.round((performance.now() - begun) / 1_000)} s`);
  return { parked, database, house, crowd: crowdOf('live', CROWD), rounds: [] };
}

async function round(bench: Bench, grown: Grown, durationMs: number): Promise<Round> {
  const { house, crowd, parked } = grown;
  const measured = await inFlight({ lanes: LANES, durationMs, cpu: bench.cpu }, (lane) => {
    const { key, event } = crowd.next(lane, LANES);
    return give(house.engine, key, event);
  });
  await drained(house.pools.app);
  bench.say(`beside ${parked} parked: ${Math.round(measured.perSecond)} events/s`);
  return measured;
}

type Memory = {
  readonly everyMs: number;
  readonly firstMs: number;
  readonly mb: readonly number[];
};

/** The server's resident memory, sampled while 16 organizers talk to it without a pause. */
async function memoryOver(bench: Bench, url: string): Promise<Memory> {
  const server = await startServer({
    ...{ DATABASE_URL: url, AUTH_SECRET: SECRET, DATA_DIR: await bench.folder('growth') },
  });
  const load = startHttpLoad();
  const everyMs = bench.quick ? 100 : 1_000;
  const durationMs = bench.quick ? 2_000 : 300_000;
  try {
    const connections = await Promise.all(
      Array.from({ length: CONNECTIONS }, () => converse(server.url)),
    );
    // The first seconds are the compiler's.
    await load.run({ url: server.url, durationMs: durationMs / 10, connections });
    let over = false;
    const running = load.run({ url: server.url, durationMs, connections }).finally(() => {
      over = true;
    });
    const mb: number[] = [];
    while (!over) {
      mb.push((await residentMb(server.pid)) ?? Number.NaN);
      await delay(everyMs);
    }
    await running;
    return { everyMs, firstMs: durationMs / 5, mb };
  } finally {
    await load.stop();
    await server.stop();
  }
}

function memoryFindings({ everyMs, firstMs, mb }: Memory) {
  const samples = Math.max(1, Math.floor(firstMs / everyMs));
  const first = median(mb.slice(0, samples));
  const last = median(mb.slice(-samples));
  return [
    found("The server's memory, last minute's median", last, 'MB', { atMost: 250 }),
    found('The same ÷ the first minute’s', last / first, 'x', { atMost: 1.2 }),
  ];
}

function findingOf(smallest: Grown | undefined, { parked, rounds }: Grown) {
  const ratios = rounds.map(
    (one, n) => one.perSecond / (smallest?.rounds[n]?.perSecond ?? Number.NaN),
  );
  const name = `Events/s beside ${parked} parked ÷ beside ${smallest?.parked}`;
  return found(name, median(ratios), 'x', { atLeast: 0.9 });
}

const tableOf = (grown: readonly Grown[]) => ({
  title: 'Medians of rounds at 64 in flight',
  head: ['parked', 'events/s', 'p50 ms', 'p99 ms', 'Node ms/event', 'PostgreSQL ms/event'],
  rows: grown.map(({ parked, rounds }) => [
    parked,
    Math.round(median(rounds.map((r) => r.perSecond))),
    ...(['p50Ms', 'p99Ms', 'nodeMs', 'postgresMs'] as const).map((key) =>
      rounded(median(rounds.map((r) => r[key]))),
    ),
  ]),
});
