/*
 * Two servers on one database, killed in turn (SIGKILL) while clients go on, and started again. Whoever
 * was told yes must find it done, once, whichever process said so and died.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { judgeTown } from '../checks/invariants.ts';
import { type Crowd, startCrowd } from '../load/crowd.ts';
import { CREWS, MIXED } from '../load/flows.ts';
import { percentile } from '../load/requests.ts';
import { openTown, type Town } from '../parts/town.ts';
import type { Finding, Scenario, Stage } from '../scenario.ts';

const CLIENTS = 8;
const KILLS = { short: 6, full: 300 };
const STEPS = { short: 0, full: 50_000 };
/** Short enough that every flow and session has ended when the log is judged. */
const IDLE_MS = 6_000;

export const killServers: Scenario = {
  name: 'kill-servers',
  claim: 'Servers killed under load lose nothing that was acknowledged and do nothing twice',
  run: async (stage) => {
    const town = await openTown(stage, {
      ...{ name: 'kill-servers', servers: 2 },
      delays: { idle: IDLE_MS, reconcile: 500 },
    });
    try {
      return await play(stage, town);
    } finally {
      await town.close();
    }
  },
};

async function play(stage: Stage, town: Town): Promise<Finding> {
  const mix = stage.sized({ short: CREWS, full: MIXED });
  const crowd = startCrowd(town, { clients: CLIENTS, mix, random: stage.random });
  const begunAt = Date.now();
  const kills = await killInTurn(stage, town, crowd);
  const seconds = (Date.now() - begunAt) / 1_000;
  await crowd.stop();
  await crowd.invitees?.stop();
  const { ledger, tally } = crowd;
  const judged = await judgeTown(town, ledger, {
    ...{ withinMs: 90_000, soonMs: 60_000 },
    ageLeases: stage.size === 'short',
  });
  return {
    facts: {
      ...{ kills, seconds: Math.round(seconds) },
      'tries without an answer': tally.unanswered,
      'answers found by key': tally.replayed,
      'p99 ms': percentile(tally.answered, 0.99),
      ...judged.facts,
    },
    broken: [...judged.broken, ...new Set(tally.wrong)],
  };
}

/** Kills one node after the other until there were enough kills, and enough steps. */
async function killInTurn(stage: Stage, { nodes }: Town, { ledger }: Crowd): Promise<number> {
  const wanted = stage.sized(KILLS);
  const steps = stage.sized(STEPS);
  let kills = 0;
  while ((kills < wanted || ledger.steps < steps) && !stage.signal.aborted) {
    const node = nodes[kills % nodes.length];
    if (node === undefined) throw new Error('There is no server to kill.');
    await delay(stage.random.int(0, 400));
    await node.kill();
    await node.start();
    kills += 1;
    if (kills % 10 === 0) stage.say(`${kills} kills, ${ledger.steps} steps acknowledged`);
  }
  return kills;
}
