/*
 * A node that is stopped where it stands (SIGSTOP) for longer than its leases, and then goes on as if
 * nothing had been: what it writes late is refused, and what it was doing has been done by the other.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { judgeTown } from '../checks/invariants.ts';
import { startCrowd } from '../load/crowd.ts';
import { MIXED } from '../load/flows.ts';
import { openTown, type Town } from '../parts/town.ts';
import type { Finding, Scenario, Stage } from '../scenario.ts';

const CLIENTS = 6;
const FREEZES = { short: 2, full: 10 };
/** Longer than any lease. */
const FROZEN_MS = { short: 13_000, full: 40_000 };
const IDLE_MS = { short: 8_000, full: 15_000 };

export const freeze: Scenario = {
  name: 'freeze',
  claim: 'A node that was frozen beyond its leases writes nothing late',
  run: async (stage) => {
    const town = await openTown(stage, {
      ...{ name: 'freeze', servers: 2 },
      delays: { idle: stage.sized(IDLE_MS), reconcile: 500 },
    });
    try {
      return await freezeNodes(stage, town);
    } finally {
      await town.close();
    }
  },
};

async function freezeNodes(stage: Stage, town: Town): Promise<Finding> {
  const crowd = startCrowd(town, { clients: CLIENTS, mix: MIXED, random: stage.random });
  // Carriers take their time, so that a node is frozen in the middle of sending.
  await town.carrier.faults({ kind: 'late', times: 1_000_000, delayMs: 300 });
  for (let n = 0; n < stage.sized(FREEZES) && !stage.signal.aborted; n += 1) {
    const node = town.nodes[n % town.nodes.length];
    await delay(stage.random.int(1_500, 3_000));
    node?.child().freeze();
    await delay(stage.sized(FROZEN_MS));
    await delay(1_500);
    node?.child().thaw();
  }
  await crowd.stop();
  await crowd.invitees?.stop();
  const judged = await judgeTown(town, crowd.ledger, {
    ...{ withinMs: 90_000, soonMs: 60_000, ageLeases: stage.size === 'short' },
  });
  const { tally } = crowd;
  return {
    facts: {
      freezes: stage.sized(FREEZES),
      'tries without an answer': tally.unanswered,
      'answers found by key': tally.replayed,
      ...judged.facts,
    },
    broken: [...new Set(tally.wrong), ...judged.broken],
  };
}
