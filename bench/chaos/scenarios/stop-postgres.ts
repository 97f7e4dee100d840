/*
 * PostgreSQL goes away at once, as by an immediate stop or a kill of its postmaster, and comes back on
 * its port, while clients go on. The servers live on; every request is answered in time, if only by
 * "come again"; and when the database is back, so is the service.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { connect } from '../../../src/store/connect.ts';
import { judgeTown } from '../checks/invariants.ts';
import { type Crowd, startCrowd } from '../load/crowd.ts';
import { CREWS, MIXED } from '../load/flows.ts';
import { PROMISED_MS, percentile } from '../load/requests.ts';
import { until } from '../parts/processes.ts';
import { openTown, type Town } from '../parts/town.ts';
import type { Finding, Scenario, Stage } from '../scenario.ts';

const STOPS = { short: 3, full: 50 };
const CLIENTS = 8;
/** Longer than a request is held for a database that comes back, so that some are told to come again. */
const LONGEST_MS = { short: 5_000, full: 7_000 };
const FIRST_SUCCESS_MS = 2_000;
const IDLE_MS = { short: 8_000, full: 15_000 };

export const stopPostgres: Scenario = {
  name: 'stop-postgres',
  claim:
    'A database that dies is survived by the same process, which answers in time and is back at once',
  alone: true,
  run: async (stage) => {
    const town = await openTown(stage, {
      ...{ name: 'stop-postgres', servers: 1 },
      delays: { idle: stage.sized(IDLE_MS), reconcile: 500 },
    });
    try {
      return await play(stage, town);
    } finally {
      await town.close();
    }
  },
};

type Stop = { readonly backMs: number; readonly saidAway: boolean };

async function play(stage: Stage, town: Town): Promise<Finding> {
  const mix = stage.sized({ short: CREWS, full: MIXED });
  const crowd = startCrowd(town, { clients: CLIENTS, mix, random: stage.random });
  const [node] = town.nodes;
  const pid = node?.child().pid;
  const stops: Stop[] = [];
  for (let n = 0; n < stage.sized(STOPS) && !stage.signal.aborted; n += 1) {
    await delay(stage.random.int(300, 1_500));
    stops.push(await stopOnce(stage, { town, crowd, n }));
    if (n % 10 === 9) stage.say(`${n + 1} stops, ${crowd.ledger.steps} steps acknowledged`);
  }
  await crowd.stop();
  await crowd.invitees?.stop();
  const judged = await judgeTown(town, crowd.ledger, {
    ...{ withinMs: 90_000, soonMs: 60_000 },
    ageLeases: stage.size === 'short',
  });
  const { tally } = crowd;
  const slowest = percentile([...tally.answered, ...tally.refused], 1);
  const back = stops.map(({ backMs }) => backMs);
  const isSame = pid !== undefined && node?.child().pid === pid && !node.child().hasExited();
  return {
    facts: {
      stops: stops.length,
      '503 with Retry-After': tally.refused.length,
      'answers found by key': tally.replayed,
      'slowest answer ms': Math.round(slowest),
      'first success after, median ms': percentile(back, 0.5),
      'first success after, worst ms': Math.max(...back),
      ...judged.facts,
    },
    broken: [
      ...(isSame ? [] : ['The server process did not live on.']),
      ...(slowest <= PROMISED_MS ? [] : [`An answer took ${Math.round(slowest)} ms.`]),
      ...(tally.silent === 0 ? [] : [`${tally.silent} requests were never answered.`]),
      ...(tally.unanswered === tally.silent ? [] : [`${tally.unanswered} connections broke.`]),
      ...back
        .filter((ms) => ms > FIRST_SUCCESS_MS)
        .map((ms) => `The first success came ${ms} ms after PostgreSQL was back.`),
      ...stops
        .filter(({ saidAway }) => !saidAway)
        .map(() => '/readyz did not say that it is away.'),
      ...new Set(tally.wrong),
      ...judged.broken,
    ],
  };
}

async function stopOnce(
  { cluster, random, sized }: Stage,
  { town, crowd, n }: { readonly town: Town; readonly crowd: Crowd; readonly n: number },
): Promise<Stop> {
  await cluster.crash(n % 2 === 0 ? 'immediate' : 'kill');
  const [status] = await Promise.all([
    readiness(town),
    delay(n % 3 === 2 ? sized(LONGEST_MS) : random.int(100, 1_500)),
  ]);
  const restarting = cluster.restart();
  await until('PostgreSQL accepts connections', 60_000, () => accepts(town.databaseUrl));
  const acceptsAt = Date.now();
  await restarting;
  await until('a request succeeds', 60_000, async () => crowd.tally.lastSuccessAt > acceptsAt);
  const first = crowd.tally.successes.find((at) => at > acceptsAt) ?? Date.now();
  return { backMs: first - acceptsAt, saidAway: status === 503 };
}

/** What /readyz says; 0 where it says nothing in time. */
const readiness = ({ nodes }: Town): Promise<number> =>
  fetch(`${nodes[0]?.url}/readyz`, { signal: AbortSignal.timeout(PROMISED_MS) }).then(
    async (answer) => {
      await answer.text();
      return answer.status;
    },
    () => 0,
  );

async function accepts(url: string): Promise<boolean> {
  const sql = connect({ url, max: 1, applicationName: 'chaos probe' });
  try {
    await sql`select 1`;
    return true;
  } catch {
    return false;
  } finally {
    await sql.end({ timeout: 1 });
  }
}
