/*
 * Code of the log that is broken: facts that cannot be described, and an inspector that throws. One node
 * has it, another beside it has not; each is asked in turn.
 */
import { judgeTown } from '../checks/invariants.ts';
import { latencyProblem, median } from '../checks/latency.ts';
import { MIXED } from '../load/flows.ts';
import { mergeLedgers, playWindow, type Window } from '../load/window.ts';
import { type Node, openTown, type Town } from '../parts/town.ts';
import { type Finding, type Scenario, type Stage, together } from '../scenario.ts';

const ROUNDS = { short: 1, full: 3 };
const WINDOW_MS = { short: 1_500, full: 20_000 };
const IDLE_MS = { short: 6_000, full: 10_000 };

type CodeFault = { readonly name: string; readonly code: string; readonly quarantines: boolean };

const FAULTS: readonly CodeFault[] = [
  { name: 'describe throws', code: 'logging.describe_failed', quarantines: true },
  // Nothing is left of the rows of such a step but the one that says so.
  { name: 'inspector throws', code: 'logging.inspector_failed', quarantines: false },
];

export const logCode: Scenario = {
  name: 'log-code',
  claim:
    'Facts that cannot be described and an inspector that throws cost their own row, and no flow anything',
  run: async (stage) => {
    const findings: Record<string, Finding> = {};
    for (const fault of FAULTS) findings[fault.name] = await playFault(stage, fault);
    return together(findings);
  },
};

async function playFault(stage: Stage, fault: CodeFault): Promise<Finding> {
  const town = await openTown(stage, {
    ...{ name: `log-${fault.name.replaceAll(' ', '-')}`, servers: 2 },
    delays: { idle: stage.sized(IDLE_MS), reconcile: 500 },
    main: 'bench/chaos/house/main.ts',
    each: [{ CHAOS_FAULT: fault.name }, {}],
  });
  try {
    const windows = await playWindows(stage, town);
    return await judgeFault(stage, { town, fault, windows });
  } finally {
    await town.close();
  }
}

type Windows = { readonly broken: readonly Window[]; readonly sound: readonly Window[] };

async function playWindows(stage: Stage, town: Town): Promise<Windows> {
  const [brokenNode, soundNode] = town.nodes;
  const play = (node: Node | undefined, name: string) =>
    playWindow(town, {
      ...{ ms: stage.sized(WINDOW_MS), mix: MIXED, random: stage.random.fork(name) },
      url: node?.url ?? '',
    });
  const broken: Window[] = [];
  const sound: Window[] = [];
  // The first window of each warms it up: plans, caches, the compiler.
  for (let n = 0; n <= stage.sized(ROUNDS); n += 1) {
    sound.push(await play(soundNode, `sound ${n}`));
    broken.push(await play(brokenNode, `broken ${n}`));
  }
  return { broken, sound };
}

async function judgeFault(
  { size }: Stage,
  of: { readonly town: Town; readonly fault: CodeFault; readonly windows: Windows },
): Promise<Finding> {
  const { town, fault, windows } = of;
  const all = [...windows.sound, ...windows.broken];
  const ledger = mergeLedgers(all.map((window) => window.ledger));
  const judged = await judgeTown(town, ledger, {
    ...{ withinMs: 60_000, soonMs: 60_000, mayQuarantine: true },
  });
  const flows = windows.broken.flatMap((window) => window.ledger.flows);
  const made = flows.filter(({ end }) => end === 'completed').length;
  const failed = flows.filter(({ end }) => end === 'given up' || end === 'open').length;
  const errors = judged.errors[fault.code] ?? 0;
  const p99s = (list: readonly Window[]) => list.slice(1).map(({ p99Ms }) => p99Ms);
  const compared = { without: p99s(windows.sound), withFault: p99s(windows.broken) };
  return {
    facts: {
      'facts that could not be told': made,
      'error rows of it': errors,
      'rows in quarantine': judged.quarantined,
      'p99 ms': `${median(compared.withFault)} beside ${median(compared.without)}`,
      ...judged.facts,
    },
    broken: [
      ...(failed === 0 ? [] : [`${failed} of ${flows.length} flows failed.`]),
      ...(errors === made ? [] : [`${made} facts could not be told, ${errors} error rows say so.`]),
      ...(judged.quarantined === (fault.quarantines ? made : 0)
        ? []
        : [`${judged.quarantined} rows are in quarantine, of ${made}.`]),
      ...latencyProblem(size, compared),
      ...new Set(all.flatMap((window) => window.tally.wrong)),
      ...judged.broken,
    ],
  };
}
