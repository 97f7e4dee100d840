/*
 * Everything that can be wrong with the log, while organizers and invitees go on: nobody's flow fails or
 * waits for it, every row is there afterwards, and one `error` row says what happened.
 */

import { connect } from '../../../src/store/connect.ts';
import { judgeTown } from '../checks/invariants.ts';
import { latencyProblem, median } from '../checks/latency.ts';
import { few, judgeLog } from '../checks/logged.ts';
import { settle } from '../checks/settle.ts';
import { MIXED } from '../load/flows.ts';
import { mergeLedgers, playWindow, type Window } from '../load/window.ts';
import { openProxy } from '../parts/proxy.ts';
import { openTown, type Town } from '../parts/town.ts';
import type { Facts, Finding, Scenario, Stage } from '../scenario.ts';
import { type Fault, serverAway, tableFaults } from './log-tables.ts';

const ROUNDS = { short: 1, full: 3 };
const WINDOW_MS = { short: 1_500, full: 30_000 };
/** Long enough for a p99, whatever lasts longer. */
const SOUND_MS = { short: 1_500, full: 100_000 };
/** How long the log's own server is away. */
const AWAY_MS = { short: 4_000, full: 300_000 };
const IDLE_MS = { short: 6_000, full: 10_000 };

export const logTables: Scenario = {
  name: 'log-tables',
  claim:
    'Whatever is wrong with the table of the log, every flow succeeds as fast as ever, and every row is there afterwards',
  run: playTables,
};

export const logAway: Scenario = {
  name: 'log-away',
  claim: 'A database of the log that is away delays its rows and nothing else',
  run: playElsewhere,
};

const delaysOf = (stage: Stage) => ({ idle: stage.sized(IDLE_MS), reconcile: 500 });

async function playTables(stage: Stage): Promise<Finding> {
  const town = await openTown(stage, { name: 'log-tables', servers: 1, delays: delaysOf(stage) });
  try {
    const of = { stage, town, rounds: stage.sized(ROUNDS), windowMs: stage.sized(WINDOW_MS) };
    return await playFaults(of, tableFaults(town.sql));
  } finally {
    await town.close();
  }
}

async function playElsewhere(stage: Stage): Promise<Finding> {
  const proxy = await openProxy();
  const logUrl = await stage.cluster.database('chaos_log_elsewhere');
  const town = await openTown(stage, {
    ...{ name: 'log-away', servers: 1, delays: delaysOf(stage) },
    env: { BEHAVIOR_DATABASE_URL: proxy.through(logUrl) },
  });
  const log = connect({ url: logUrl, max: 2, applicationName: 'chaos' });
  try {
    const of = { stage, town, log, rounds: 1, windowMs: stage.sized(AWAY_MS) };
    return await playFaults(of, [serverAway(proxy)]);
  } finally {
    await town.close();
    await log.end({ timeout: 2 });
    await proxy.close();
  }
}

type Playing = {
  readonly stage: Stage;
  readonly town: Town;
  /** Where the log is, if elsewhere. */
  readonly log?: Town['sql'];
  readonly rounds: number;
  readonly windowMs: number;
};

/** A window with the fault, and the two without it around it: each begins when what was before has been done. */
type Round = {
  readonly sound: readonly Window[];
  readonly during: Window;
  readonly caughtUpMs: number;
};

async function playFaults(playing: Playing, faults: readonly Fault[]): Promise<Finding> {
  const { stage, town, log, rounds } = playing;
  // What is new is slow once: plans, caches, the compiler.
  const warm = await playSound(playing, 'warm');
  const sound = [await playSound(playing, 'before')];
  const played = new Map<string, Round[]>();
  const errorRows = new Map<string, number>();
  for (let n = 0; n < rounds; n += 1) {
    for (const fault of faults) {
      const before = await countErrors(playing);
      const { during, caughtUpMs } = await playFault(playing, fault, `${fault.name} ${n}`);
      sound.push(await playSound(playing, `after ${fault.name} ${n}`));
      const round = { sound: sound.slice(-2), during, caughtUpMs };
      played.set(fault.name, [...(played.get(fault.name) ?? []), round]);
      errorRows.set(
        fault.name,
        (errorRows.get(fault.name) ?? 0) + (await countErrors(playing)) - before,
      );
    }
  }
  const windows = [...sound, ...[...played.values()].flat().map(({ during }) => during)];
  const ledger = mergeLedgers([warm, ...windows].map((window) => window.ledger));
  const judged = await judgeTown(town, ledger, {
    ...{ withinMs: 60_000, soonMs: 60_000 },
    ...(log === undefined ? {} : { log }),
  });
  const found = faults.map((fault) =>
    findingOf(stage, {
      ...{ fault, all: played.get(fault.name) ?? [] },
      errorRows: errorRows.get(fault.name) ?? 0,
    }),
  );
  return {
    facts: { ...Object.assign({}, ...found.map(({ facts }) => facts)), ...judged.facts },
    broken: [...found.flatMap(({ broken }) => broken), ...judged.broken],
  };
}

const PATIENCE = { withinMs: 60_000 };

/** A window without a fault, after which everything that it caused is done. */
async function playSound(playing: Playing, name: string): Promise<Window> {
  const { stage, town, windowMs } = playing;
  const ms = Math.min(windowMs, stage.sized(SOUND_MS));
  const window = await playWindow(town, { ms, mix: MIXED, random: stage.random.fork(name) });
  await settle(town, PATIENCE);
  return window;
}

async function playFault(playing: Playing, fault: Fault, name: string) {
  const { stage, town, windowMs: ms } = playing;
  const undo = await fault.begin();
  let during: Window;
  try {
    during = await playWindow(town, { ms, mix: MIXED, random: stage.random.fork(name) });
  } finally {
    await undo();
  }
  const { tookMs: caughtUpMs } = await settle(town, PATIENCE);
  return { during, caughtUpMs };
}

/** `error` rows that speak of the log, in the log. */
async function countErrors({ town, log = town.sql }: Playing): Promise<number> {
  const { errors } = await judgeLog({ app: town.sql, log, mayQuarantine: true });
  return Object.entries(errors)
    .filter(([code]) => /^(logging|db)\./.test(code))
    .reduce((sum, [, count]) => sum + count, 0);
}

function findingOf(
  { size }: Stage,
  {
    fault,
    all,
    errorRows,
  }: { readonly fault: Fault; readonly all: readonly Round[]; readonly errorRows: number },
): Finding {
  const { name } = fault;
  const isTold =
    errorRows === all.length ||
    (errorRows === 0 && fault.maySayNothing === true && size === 'short');
  const without = all.flatMap(({ sound }) => sound.map(({ p99Ms }) => p99Ms));
  const withFault = all.map(({ during }) => during.p99Ms);
  const flows = all.flatMap(({ during }) => during.ledger.flows);
  const failed = flows.filter(({ end }) => end === 'given up' || end === 'open');
  const facts: Facts = {
    [`${name}, flows`]: flows.length,
    [`${name}, p99 ms`]: `${median(withFault)} beside ${median(without)}`,
    [`${name}, caught up after ms`]: Math.max(...all.map(({ caughtUpMs }) => caughtUpMs)),
    [`${name}, error rows`]: errorRows,
  };
  const wrong = all.flatMap(({ during }) => during.tally.wrong);
  return {
    facts,
    broken: [
      failed.length === 0 ? [] : [`${failed.length} of ${flows.length} flows failed.`],
      latencyProblem(size, { without, withFault }),
      isTold ? [] : [`${errorRows} error rows speak of it; it happened ${all.length} times.`],
      few([...new Set(wrong)]),
    ]
      .flat()
      .map((sentence) => `${name}: ${sentence}`),
  };
}
