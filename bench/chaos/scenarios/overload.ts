/*
 * Ten times as many requests as the server can work on, from a process that does not wait for answers:
 * those that are too many are told at once when to come again, memory stays where it is, and when the flood
 * is over the service is back.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { signToken } from '../../../src/compose/development-secret.ts';
import { judgeTown } from '../checks/invariants.ts';
import { startCrowd } from '../load/crowd.ts';
import type { Flood, FloodEnd } from '../load/flood.ts';
import { CREWS } from '../load/flows.ts';
import { createLedger } from '../load/ledger.ts';
import { createRequester, newTally, PROMISED_MS } from '../load/requests.ts';
import { newId, openTown, type Town } from '../parts/town.ts';
import type { Finding, Scenario, Stage } from '../scenario.ts';

const TIMES = 10;
const MEASURED_MS = { short: 3_000, full: 15_000 };
const FLOOD_SECONDS = { short: 6, full: 60 };
const CLIENTS = 16;
const ORGANIZERS = 50;
const SAMPLE_MS = 200;
const RECOVERED_WITHIN_MS = 5_000;
/** So many answers in a row make a recovery. */
const IN_A_ROW = 10;
/** What a flat memory may still do: a garbage collection more or less. */
const FLAT = { times: 1.25, plusMb: 48 };

export const overload: Scenario = {
  name: 'overload',
  claim:
    'Ten times too many requests are told when to come again; memory is flat, and the service is back in 5 s',
  run: async (stage) => {
    const town = await openTown(stage, {
      name: 'overload',
      servers: 1,
      delays: { idle: 3_600_000 },
    });
    try {
      return await play(stage, town);
    } finally {
      await town.close();
    }
  },
};

async function play(stage: Stage, town: Town): Promise<Finding> {
  const sustained = await sustainableRate(stage, town);
  const perSecond = TIMES * sustained;
  const { end, rssMb } = await flood(stage, town, perSecond);
  const recoveredMs = await recover(stage, town);
  const judged = await judgeTown(town, createLedger(), { withinMs: 60_000 });
  const lost = await countLost(town, end.ids);
  const early = rssMb.slice(Math.floor(rssMb.length / 4), Math.ceil(rssMb.length / 2));
  const [before, most] = [Math.max(...early), Math.max(...rssMb)];
  const statuses = Object.entries(end.byStatus).map(([status, count]) => `${count} × ${status}`);
  const others = Object.keys(end.byStatus).filter((one) => !['201', '429', '503'].includes(one));
  const errors = Object.entries(end.errors).map(([code, count]) => `${count} × ${code}`);
  return {
    facts: {
      'sustained requests/s': sustained,
      'flood requests/s': perSecond,
      sent: end.sent,
      'held back by the flood itself': end.heldBack,
      answers: statuses.join(', '),
      'slowest answer ms': end.slowestMs,
      'p99 of what was taken, ms': end.takenP99Ms,
      'p99 of what was refused, ms': end.refusedP99Ms,
      'memory MB': `${rssMb[0]} before, ${before} early, ${most} at most`,
      'recovered after ms': recoveredMs,
      'log rows': judged.facts['log rows'] ?? 0,
      'caught up after ms': judged.facts['settled ms'] ?? 0,
    },
    broken: [
      ...(end.byStatus['503'] || end.byStatus['429'] ? [] : ['Nobody was told to come again.']),
      ...others.map((status) => `${end.byStatus[status]} answers were ${status}.`),
      ...(errors.length === 0 ? [] : [`Connections broke: ${errors.join(', ')}.`]),
      ...(end.without === 0 ? [] : [`${end.without} refusals did not say when to come again.`]),
      ...(end.slowestMs <= PROMISED_MS ? [] : [`An answer took ${end.slowestMs} ms.`]),
      ...(most <= before * FLAT.times + FLAT.plusMb
        ? []
        : [`Memory grew from ${before} to ${most} MB.`]),
      ...(recoveredMs <= RECOVERED_WITHIN_MS ? [] : [`It was back after ${recoveredMs} ms only.`]),
      ...(lost === 0 ? [] : [`${lost} flows were acknowledged as begun and are not there.`]),
      ...judged.broken.filter((sentence) => !sentence.startsWith('invariant 1 ')),
    ],
  };
}

/** Requests per second that a crowd gets answered which waits for its answers. */
async function sustainableRate(stage: Stage, town: Town): Promise<number> {
  const crowd = startCrowd(town, { clients: CLIENTS, mix: CREWS, random: stage.random });
  await delay(stage.sized(MEASURED_MS) / 3);
  const before = crowd.tally.answered.length;
  await delay(stage.sized(MEASURED_MS));
  const answered = crowd.tally.answered.length - before;
  await crowd.stop();
  return Math.max(1, Math.round(answered / (stage.sized(MEASURED_MS) / 1_000)));
}

async function flood(
  stage: Stage,
  { nodes, secret }: Town,
  perSecond: number,
): Promise<{ readonly end: FloodEnd; readonly rssMb: readonly number[] }> {
  const [node] = nodes;
  if (node === undefined) throw new Error('There is no server to flood.');
  const expiresAt = Date.now() + 3_600_000;
  const tokens = await Promise.all(
    Array.from({ length: ORGANIZERS }, () =>
      signToken(secret, { owner: newId(), platform: 'web', expiresAt }),
    ),
  );
  const orders: Flood = { url: node.url, tokens, perSecond, seconds: stage.sized(FLOOD_SECONDS) };
  const rssMb = [await node.child().rssMb()];
  const sampling = setInterval(() => {
    void node
      .child()
      .rssMb()
      .then((mb) => rssMb.push(mb));
  }, SAMPLE_MS);
  const child = stage.nursery.start('bench/chaos/load/flood.ts', [JSON.stringify(orders)], {});
  try {
    return { end: JSON.parse(await child.firstLine) as FloodEnd, rssMb };
  } finally {
    clearInterval(sampling);
    await child.end();
  }
}

/** Until so many requests in a row are taken, each in less than half a second. */
async function recover(stage: Stage, { nodes, secret }: Town): Promise<number> {
  const begunAt = Date.now();
  const tally = newTally();
  const requester = await createRequester({
    ...{ secret, tally, signal: stage.signal, urls: () => nodes.map(({ url }) => url) },
  });
  let inARow = 0;
  let firstOfRow = begunAt;
  while (inARow < IN_A_ROW) {
    const { length: refused } = tally.refused;
    const askedAt = Date.now();
    await requester.post('/v1/machines/crew-creation', {});
    const isGood = tally.refused.length === refused && Date.now() - askedAt < 500;
    if (inARow === 0) firstOfRow = askedAt;
    inARow = isGood ? inARow + 1 : 0;
  }
  return firstOfRow - begunAt;
}

async function countLost({ sql }: Town, ids: readonly string[]): Promise<number> {
  const [row] = await sql<{ found: number }[]>`
    select count(*)::int as found from json_array_elements_text(${JSON.stringify(ids)}) as told(id)
    join instances i on i.id = told.id::uuid`;
  return ids.length - (row?.found ?? 0);
}
