/*
 * A bad line between a server and its database. A storm of resets, stalls and half-open lines under load:
 * every outcome that nobody knows is found by its key. Then one commit with a transaction actor, struck
 * at each of its statements in turn: all of it, or nothing.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { judgeTown } from '../checks/invariants.ts';
import { startCrowd } from '../load/crowd.ts';
import { CREWS, MIXED } from '../load/flows.ts';
import { PROMISED_MS, percentile } from '../load/requests.ts';
import { type Blow, openProxy, type PostgresProxy } from '../parts/proxy.ts';
import { openTown, type Town } from '../parts/town.ts';
import { type Finding, type Scenario, type Stage, together } from '../scenario.ts';
import { strikeEveryStatement } from './statement-boundaries.ts';

const CLIENTS = 8;
const STORM_MS = { short: 6_000, full: 180_000 };
/** Longer than the engine waits for a statement. */
const STALL_MS = 6_000;
const IDLE_MS = { short: 6_000, full: 12_000 };

export const badLine: Scenario = {
  name: 'proxy',
  claim:
    'Whatever the line to the database does, an unknown outcome is found by its key, and a commit is whole or nothing',
  alone: true,
  run: async (stage) => {
    const proxy = await openProxy();
    const town = await openTown(stage, {
      ...{ name: 'proxy', servers: 1, delays: { idle: stage.sized(IDLE_MS), reconcile: 500 } },
      through: async (url) => proxy.through(url),
    });
    try {
      const struck = await strikeEveryStatement(stage, { town, proxy });
      return together({ storm: await storm(stage, town, proxy), 'each statement': struck });
    } finally {
      await town.close();
      await proxy.close();
    }
  },
};

const BLOWS: readonly Blow[] = [
  { kind: 'reset before' },
  { kind: 'reset after' },
  { kind: 'reset after' },
  { kind: 'stall before', ms: STALL_MS },
  { kind: 'stall after', ms: STALL_MS },
  { kind: 'half-open' },
];

/** Statements after which something is durable: a commit, and the batch that is one by itself. */
const isDurable = (sql: string): boolean => /^\s*commit/i.test(sql) || /into log_outbox/.test(sql);

async function storm(stage: Stage, town: Town, proxy: PostgresProxy): Promise<Finding> {
  const struck = new Map<string, number>();
  let next: Blow | undefined;
  proxy.decide = (_, { sql }) => {
    if (next === undefined || !isDurable(sql)) return undefined;
    const blow = next;
    next = undefined;
    struck.set(blow.kind, (struck.get(blow.kind) ?? 0) + 1);
    return blow;
  };
  const mix = stage.sized({ short: CREWS, full: MIXED });
  const crowd = startCrowd(town, { clients: CLIENTS, mix, random: stage.random });
  const until = Date.now() + stage.sized(STORM_MS);
  while (Date.now() < until && !stage.signal.aborted) {
    await delay(stage.random.int(50, 300));
    next ??= stage.random.pick(BLOWS);
  }
  next = undefined;
  await crowd.stop();
  await crowd.invitees?.stop();
  proxy.decide = () => undefined;
  const { ledger, tally } = crowd;
  const judged = await judgeTown(town, ledger, {
    ...{ withinMs: 60_000, soonMs: 60_000, ageLeases: stage.size === 'short' },
  });
  const slowest = percentile([...tally.answered, ...tally.refused], 1);
  return {
    facts: {
      ...Object.fromEntries(struck),
      '503 with Retry-After': tally.refused.length,
      'answers found by key': tally.replayed,
      'p50 ms': percentile(tally.answered, 0.5),
      'slowest answer ms': Math.round(slowest),
      ...judged.facts,
    },
    broken: [
      ...(slowest <= PROMISED_MS ? [] : [`An answer took ${Math.round(slowest)} ms.`]),
      ...(tally.unanswered === 0 ? [] : [`${tally.unanswered} requests were not answered.`]),
      ...new Set(tally.wrong),
      ...judged.broken,
    ],
  };
}
