/*
 * Ten times as many requests as the server can work on, from a process that does not wait for answers:
 * those that are too many are told at once when to come again, memory stays where it is, and when the flood
 * is over the service is back.
 */

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judgeTown } from '../checks/invariants.ts';
import type { Flood, FloodEnd } from '../load/flood.ts';
import { createLedger } from '../load/ledger.ts';
import { createRequester, newTally, PROMISED_MS } from '../load/requests.ts';
import { openTown, type Town } from '../parts/town.ts';
import type { Finding, Scenario, Stage } from '../scenario.ts';

const TIMES = 10;
const MEASURED_SECONDS = { short: 3, full: 15 };
/** So many under way at once are worked on with ease. */
const AT_ONCE = 64;
const FLOOD_SECONDS = { short: 4, full: 60 };
const CLIENTS = 16;
const FLOWS = 300;
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
  alone: true,
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
  const flows = await openFlows(stage, town);
  const run = (load: Flood['load'], seconds: number) =>
    flood(stage, { town, orders: { flows, load, seconds } });
  // What is new is slow: the first of it is not measured.
  const warm = await run({ atOnce: AT_ONCE }, stage.sized(MEASURED_SECONDS) / 2);
  const sustained = await run({ atOnce: AT_ONCE }, stage.sized(MEASURED_SECONDS));
  const rate = sustained.end.taken / stage.sized(MEASURED_SECONDS);
  const perSecond = Math.round(TIMES * rate);
  const { end, rssMb, cpuMs } = await run({ perSecond }, stage.sized(FLOOD_SECONDS));
  const taken = warm.end.taken + sustained.end.taken + end.taken;
  const recoveredMs = await recover(stage, town);
  const judged = await judgeTown(town, createLedger(), { withinMs: 60_000 });
  const lost = taken - (await countTaken(town, flows));
  const early = rssMb.slice(Math.floor(rssMb.length / 4), Math.ceil(rssMb.length / 2));
  const [before, most] = [Math.max(...early), Math.max(...rssMb)];
  const statuses = Object.entries(end.byStatus).map(([status, count]) => `${count} × ${status}`);
  const others = Object.keys(end.byStatus).filter((one) => !['422', '429', '503'].includes(one));
  const errors = Object.entries(end.errors).map(([code, count]) => `${count} × ${code}`);
  return {
    facts: {
      'sustained requests/s': Math.round(rate),
      'processor ms of one of them': perOne(sustained),
      'flood requests/s': perSecond,
      sent: end.sent,
      'held back by the flood itself': end.heldBack,
      answers: statuses.join(', '),
      'processor ms of one in the flood': perOne({ end, cpuMs }),
      'slowest answer ms': end.slowestMs,
      'the flood itself was late by ms': end.ownLagMs,
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
      ...(lost <= 0 ? [] : [`${lost} steps were acknowledged and not taken.`]),
      ...judged.broken.filter((sentence) => !sentence.startsWith('invariant 1 ')),
    ],
  };
}

type OpenFlow = Flood['flows'][number];

/** Flows of as many organizers, each of which asks for a name. */
async function openFlows(stage: Stage, { nodes, secret }: Town): Promise<readonly OpenFlow[]> {
  const deps = { secret, tally: newTally(), signal: stage.signal };
  const urls = () => nodes.map(({ url }) => url);
  const flows: OpenFlow[] = [];
  const open = async () => {
    while (flows.length < FLOWS) {
      const { post, token } = await createRequester({ ...deps, urls });
      const { body } = await post('/v1/machines/crew-creation', {});
      flows.push({ id: body.id, token });
    }
  };
  await Promise.all(Array.from({ length: CLIENTS }, open));
  return flows;
}

type Flooded = {
  readonly end: FloodEnd;
  readonly rssMb: readonly number[];
  readonly cpuMs: number;
};

/** Processor time of the server for one request, ms. */
const perOne = ({ end, cpuMs }: Pick<Flooded, 'end' | 'cpuMs'>): number =>
  Math.round((100 * cpuMs) / Math.max(1, end.sent)) / 100;

async function flood(
  stage: Stage,
  of: { readonly town: Town; readonly orders: Omit<Flood, 'url'> },
): Promise<Flooded> {
  const [node] = of.town.nodes;
  if (node === undefined) throw new Error('There is no server to flood.');
  const orders: Flood = { ...of.orders, url: node.url };
  const path = join(stage.cluster.folder, 'flood.json');
  await writeFile(path, JSON.stringify(orders));
  const rssMb = [await node.child().rssMb()];
  const cpuBefore = await node.child().cpuMs();
  const sampling = setInterval(() => {
    void node
      .child()
      .rssMb()
      .then((mb) => rssMb.push(mb));
  }, SAMPLE_MS);
  const child = stage.nursery.start('bench/chaos/load/flood.ts', [path], {});
  try {
    const end = JSON.parse(await child.firstLine) as FloodEnd;
    return { end, rssMb, cpuMs: (await node.child().cpuMs()) - cpuBefore };
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

/** Answers that the flows have left as invalid, as their instances count their rows. */
async function countTaken({ sql }: Town, flows: readonly OpenFlow[]): Promise<number> {
  const ids = flows.map(({ id }) => id);
  const [row] = await sql<{ taken: number }[]>`
    select sum(entries - 1)::int as taken from instances where id in ${sql(ids)}`;
  return row?.taken ?? 0;
}
