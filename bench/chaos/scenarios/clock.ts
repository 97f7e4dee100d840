/*
 * Clocks that jump an hour, either way, on one node of two: the order of things stays, nothing takes less
 * than no time, and nothing is done twice.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { judgeTown } from '../checks/invariants.ts';
import { type Crowd, startCrowd } from '../load/crowd.ts';
import { MIXED } from '../load/flows.ts';
import { until } from '../parts/processes.ts';
import { openTown, type Town } from '../parts/town.ts';
import type { Finding, Scenario, Stage } from '../scenario.ts';

const CLIENTS = 6;
const STAY_MS = { short: 2_000, full: 20_000 };
const HOUR_MS = 3_600_000;
/** Longer than the jumps: a flow is not to end because a clock says that an hour has passed. */
const IDLE_MS = 6 * HOUR_MS;
/** How far ahead the clocks stand in the end: what was committed ahead is due by then, and what was left has ended. */
const END_MS = HOUR_MS + IDLE_MS + 60_000;

export const clock: Scenario = {
  name: 'clock',
  claim: 'A clock that jumps an hour, either way, changes no order and makes nothing happen twice',
  run: async (stage) => {
    const town = await openTown(stage, {
      ...{ name: 'clock', servers: 2, main: 'bench/chaos/house/main.ts' },
      delays: { idle: IDLE_MS, cap: 24 * HOUR_MS },
    });
    try {
      return await jumpClocks(stage, town);
    } finally {
      await town.close();
    }
  },
};

async function jumpClocks(stage: Stage, town: Town): Promise<Finding> {
  const crowd = startCrowd(town, { clients: CLIENTS, mix: MIXED, random: stage.random });
  const [first, second] = town.nodes;
  const stayMs = stage.sized(STAY_MS);
  const shift = (node: typeof first, clockShiftMs: number) => node?.child().tell({ clockShiftMs });
  await delay(stayMs);
  shift(first, HOUR_MS);
  await delay(stayMs);
  shift(first, 0);
  shift(second, HOUR_MS);
  await delay(stayMs);
  shift(second, -HOUR_MS);
  await delay(stayMs);
  shift(second, 0);
  await delay(stayMs);
  await crowd.stop();
  const stuck = await waitingForTheClock(town);
  await crowd.invitees?.stop();
  // What was committed an hour ahead is due an hour ahead: the clocks get there. No lease is to lapse by that.
  await until('no call is under way', 20_000, async () => (await underWay(town)) === 0);
  shift(first, END_MS);
  shift(second, END_MS);
  const now = () => Date.now() + END_MS;
  const judged = await judgeTown(town, crowd.ledger, { withinMs: 60_000, now });
  return {
    facts: { 'jobs due an hour ahead': stuck, ...judged.facts, ...(await orderFacts(town)) },
    broken: [
      ...new Set(crowd.tally.wrong),
      ...judged.broken,
      ...(await orderProblems(town, crowd)),
    ],
  };
}

async function waitingForTheClock({ sql }: Town): Promise<number> {
  const [row] = await sql<{ jobs: number }[]>`
    select count(*)::int as jobs from jobs
    where due_at > to_timestamp(${Date.now() + 60_000}::float8 / 1000)`;
  return row?.jobs ?? 0;
}

/** Calls that somebody has taken: their leases end within a minute. */
async function underWay({ sql }: Town): Promise<number> {
  const [row] = await sql<{ jobs: number }[]>`
    select count(*)::int as jobs from jobs
    where kind = 'actor' and leased_until is not null`;
  return row?.jobs ?? 0;
}

async function orderFacts({ sql }: Town): Promise<Readonly<Record<string, number>>> {
  const [row] = await sql<{ ahead: number }[]>`
    select count(*)::int as ahead from behavior_logs
    where "timestamp" > to_timestamp(${Date.now() + 1_800_000}::float8 / 1000)`;
  return { 'rows an hour ahead': row?.ahead ?? 0 };
}

/** Within each run rows have the order of its steps, though clocks differed between them. */
async function orderProblems({ sql }: Town, { ledger }: Crowd): Promise<readonly string[]> {
  const runs = ledger.flows.filter(({ end }) => end === 'completed').map(({ id }) => id);
  const rows = await sql<{ run: string; type: string }[]>`
    select metadata ->> 'flow_run_id' as run, event_type as type from behavior_logs
    where event_type in ('flow_started', 'flow_completed') order by id`;
  const ends = new Set<string>();
  const wrong: string[] = [];
  for (const { run, type } of rows) {
    if (type === 'flow_completed') ends.add(run);
    else if (ends.has(run)) wrong.push(`Run ${run} ends before it begins.`);
  }
  return [...wrong, ...runs.filter((run) => !ends.has(run)).map((run) => `Run ${run} has no end.`)];
}
