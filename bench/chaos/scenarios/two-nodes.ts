/*
 * Two servers on one DATABASE_URL share the work; when either is killed, the other finishes all of it,
 * texts under way and timers too; and what happens to the log meanwhile changes no answer.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { judgeTown } from '../checks/invariants.ts';
import { settle } from '../checks/settle.ts';
import { startCrowd } from '../load/crowd.ts';
import { MIXED } from '../load/flows.ts';
import { percentile } from '../load/requests.ts';
import { type Node, openTown, type Town } from '../parts/town.ts';
import { type Finding, type Scenario, type Stage, together } from '../scenario.ts';

const CLIENTS = 6;
const SHARED_MS = { short: 4_000, full: 60_000 };
const FINISH_WITHIN_MS = 30_000;
/** Abandoned flows run out within it, also those of the node that died. */
const IDLE_MS = { short: 6_000, full: 10_000 };
const QUARTER = 0.25;

export const twoNodes: Scenario = {
  name: 'two-nodes',
  claim:
    'Two servers share the work; when either is killed, the other finishes all of it within 30 s',
  run: async (stage) => {
    const town = await openTown(stage, {
      ...{ name: 'two-nodes', servers: 2 },
      delays: { idle: stage.sized(IDLE_MS), reconcile: 500 },
    });
    try {
      const shared = await share(stage, town);
      const killed: Record<string, Finding> = {};
      for (const node of stage.sized({ short: town.nodes.slice(0, 1), full: town.nodes })) {
        killed[`${node.name} killed`] = await killOne(stage, town, node);
        await node.start();
      }
      return together({ shared, ...killed });
    } finally {
      await town.close();
    }
  },
};

async function share(stage: Stage, town: Town): Promise<Finding> {
  const before = await Promise.all(town.nodes.map(commitsOf));
  const crowd = startCrowd(town, { clients: CLIENTS, mix: MIXED, random: stage.random });
  await delay(stage.sized(SHARED_MS));
  await crowd.stop();
  await crowd.invitees?.stop();
  const judged = await judgeTown(town, crowd.ledger, { withinMs: 60_000, soonMs: 60_000 });
  const after = await Promise.all(town.nodes.map(commitsOf));
  const commits = after.map((count, n) => count - (before[n] ?? 0));
  const all = commits.reduce((sum, count) => sum + count, 0);
  return {
    facts: {
      'commits by node': commits.join(' and '),
      'smallest share': Math.round((100 * Math.min(...commits)) / all) / 100,
      'p99 ms': percentile(crowd.tally.answered, 0.99),
      ...judged.facts,
    },
    broken: [
      ...(Math.min(...commits) >= QUARTER * all
        ? []
        : [`One node made less than a quarter of the commits: ${commits.join(' and ')}.`]),
      ...new Set(crowd.tally.wrong),
      ...judged.broken,
    ],
  };
}

/** Kills a node in the middle of its work; the other one is left alone with all of it. */
async function killOne(stage: Stage, town: Town, node: Node): Promise<Finding> {
  const crowd = startCrowd(town, {
    ...{ clients: CLIENTS, mix: MIXED, random: stage.random.fork(node.name) },
  });
  // Carriers take their time; so the dead node leaves texts behind of which nobody knows the end.
  await town.carrier.faults({ kind: 'late', times: 1_000_000, delayMs: 400 });
  await delay(stage.sized({ short: 4_000, full: 15_000 }));
  await node.kill();
  const killedAt = Date.now();
  await crowd.stop();
  await crowd.invitees?.stop();
  const leased = await countLeased(town);
  const finished = await settle(town, { withinMs: 90_000, soonMs: 60_000 });
  const tookMs = Date.now() - killedAt;
  const judged = await judgeTown(town, crowd.ledger, { withinMs: 5_000 });
  return {
    facts: { ...judged.facts, 'jobs it had taken': leased, 'finished after ms': tookMs },
    broken: [
      ...finished.left,
      ...(tookMs <= FINISH_WITHIN_MS
        ? []
        : [`The other node had finished everything only after ${tookMs} ms.`]),
      ...judged.broken,
    ],
  };
}

async function countLeased({ sql }: Town): Promise<number> {
  const [row] = await sql<{ leased: number }[]>`
    select count(*)::int as leased from jobs where tries > 0`;
  return row?.leased ?? 0;
}

/** Commits that went through a node's own batches; of more than one instance at once there are few. */
async function commitsOf({ url }: Node): Promise<number> {
  const text = await fetch(`${url}/metrics`).then((answer) => answer.text());
  const [, sum = '0'] = /^funlet_batch_size_sum (\S+)$/m.exec(text) ?? [];
  return Number(sum);
}
