/* What holds of every chart, also of those that are not written yet. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { charts } from '../../machines/index.ts';
import type { ChartModule } from '../../machines/kit.ts';
import { createCatalogue } from '../../src/behavior/catalogue/index.ts';
import { errorCodes } from '../../src/behavior/registries.ts';
import { askingOf } from '../../src/chart/asking.ts';
import { wordsOf } from '../../src/chart/registry.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { takeStep } from '../../src/chart/step.ts';
import { nodesOf, transitionsOf } from '../../src/chart/walk.ts';
import { CASES, type Event } from './walking/cases.ts';
import { type Visit, type Walk, walk } from './walking/walk.ts';

const modules: readonly ChartModule[] = charts;
const titleOf = ({ machine: { id, version } }: ChartModule) => `${id}@${version}`;
const titled = modules.map((module) => [titleOf(module), module] as const);

const catalogue = createCatalogue({
  ...wordsOf(modules),
  ...{ errorCodes: errorCodes(), templates: new Set(['none']), parserRules: new Set(['none']) },
});

describe.each(titled)('%s', (_title, module) => {
  const { machine } = module;
  const cases = CASES[machine.id];
  const actors = new Set(Object.keys(cases?.outcomes ?? {}));
  let walked: Walk;

  beforeAll(() => {
    if (cases === undefined) {
      throw new Error(`Say in test/machines/walking/cases.ts how '${machine.id}' is begun.`);
    }
    walked = walk(module, cases, catalogue);
    // Some charts have thousands of edges, and a machine may have other work.
  }, 120_000);
  const visits = () => [...walked.visits.values()];

  test('keeps the rules of charts', () => {
    expect(problemsOf(module, actors)).toEqual([]);
  });

  test.each(
    transitionsOf(machine).map((taken) => [
      `${taken.source.id} on ${taken.event || 'always'}`,
      taken.meta,
    ]),
  )('%s says what it logs, or why it logs nothing', (_name, meta) => {
    expect(Object.keys(meta ?? {}).some((key) => ['left', 'logs', 'silent'].includes(key))).toBe(
      true,
    );
  });

  test('is walked through all of its states', () => {
    const reached = new Set(visits().map(({ path }) => path));
    const waits = nodesOf(machine.root).filter(
      ({ type, always }) => ['atomic', 'final'].includes(type) && (always ?? []).length === 0,
    );
    expect(waits.map(({ path }) => path.join('.')).filter((path) => !reached.has(path))).toEqual(
      [],
    );
  });

  test('gives rows and contexts that their schemas take, wherever it is', () => {
    expect([...walked.problems]).toEqual([]);
    const described = Object.keys(module.describe);
    expect(described.filter((type) => !walked.types.has(type))).toEqual([]);
  });

  test('comes to an end, or back to rest, by time alone from everywhere', () => {
    expect(stuck(walked, restOf(module, visits()))).toEqual([]);
  });

  test('takes every event that it offers, if only to say what is wrong with it', () => {
    // A picker's id is used once: a repetition is answered 409, and that it came is no fact.
    const aboutPickers = /^organizer\.(opened_picker|closed_picker|picked_people)$/;
    const refused = walked.edges
      .filter(({ from, to }) => from.asking.step !== null && to === null)
      .filter(({ from, event }) => from.asking.events.includes(event.type))
      .map(({ from, event }) => `${from.path}: ${event.type}`);
    expect(
      [...new Set(refused)].filter((line) => !aboutPickers.test(line.split(': ')[1] ?? '')),
    ).toEqual([]);
  });

  test('says what it asks', () => {
    const silent = visits().flatMap(({ path, snapshot, asking }) => {
      const prompt = module.copy[asking.prompt ?? ''];
      const said = prompt?.(JSON.parse(snapshot).context as never).text ?? '';
      return asking.step === null || said !== '' ? [] : [path];
    });
    expect(silent).toEqual([]);
  });

  test('says what came of it, wherever it is completed', () => {
    const silent = visits().flatMap(({ path, snapshot, status, asking }) => {
      const closing = module.copy[asking.closing ?? ''];
      const said = closing?.(JSON.parse(snapshot).context as never).text ?? '';
      const completed = nodesOf(machine.root).some(
        ({ meta, path: own }) => meta?.ends === 'completed' && own.join('.') === path,
      );
      return status !== 'done' || !completed || said !== '' ? [] : [path];
    });
    expect(silent).toEqual([]);
  });

  test('shows itself and knows what it is about, wherever it is', () => {
    for (const { snapshot } of visits()) {
      const context = JSON.parse(snapshot).context as never;
      expect(JSON.stringify(module.view(context))).toBeTypeOf('string');
      expect(module.subject(context)).toBeTypeOf('object');
    }
  });

  test('counts what it remembers wherever it is snapped, and shows nothing of it but numbers', () => {
    for (const { snapshot, path } of visits()) {
      const context = JSON.parse(snapshot).context as Remembered;
      const { counts = {}, ...rest } = snapped(module, context);
      expect(rest, path).toEqual({});
      expect(Object.values(counts).filter((count) => !Number.isInteger(count))).toEqual([]);
      expect(counts, path).toMatchObject(countedOf(context));
      if ('reply' in context) {
        const { yes = 0, no = 0, pending = 0, votes_total: votes = 0 } = counts;
        const answers = { yes, no, none: pending, vote: Math.min(1, votes), unknown: 1 };
        expect(answers[context.reply ?? 'none'], path).toBe(1);
      }
    }
  });

  test('has a recording, so that its instances go on after every change', async () => {
    await expectRecording(module, walked);
  });
});

/** The parts of a context that there may be more or fewer of. */
type Remembered = {
  readonly people?: readonly object[];
  readonly invited?: readonly object[];
  readonly options?: readonly object[];
  readonly ballot?: readonly object[];
  readonly reminders?: number;
  readonly unknowns?: number;
  readonly tally?: Readonly<Record<'invited' | 'yes' | 'no' | 'unknown' | 'pending', number>>;
  readonly reply?: 'yes' | 'no' | 'none' | 'vote' | 'unknown';
};

/** What the contract has a count for. */
function countedOf(context: Remembered): Readonly<Record<string, unknown>> {
  const { people, invited, options, reminders, unknowns: unknown } = context;
  const ballot = (context.ballot ?? []).length === 0 ? undefined : context.ballot;
  const { invited: _, ...tally } = context.tally ?? { invited: 0 };
  const offered = options ?? ballot;
  return {
    ...(people === undefined ? {} : { members: expect.any(Number) }),
    ...(invited === undefined ? {} : { members: invited.length }),
    ...(offered === undefined ? {} : { options: offered.length }),
    ...(reminders === undefined ? {} : { reminders }),
    ...(unknown === undefined ? {} : { unknown }),
    ...tally,
  };
}

type Snapped = { readonly counts?: Readonly<Record<string, number>> };

function snapped(module: ChartModule, context: Remembered): Snapped {
  const fact = { before: context, after: context, event: { type: 'manual' } };
  return (module.describe.state_snapshot?.(fact as never) ?? {}) as Snapped;
}

/** Where an instance may stay: a final state; of a chart that never ends, the state that it begins in. */
function restOf({ machine }: ChartModule, [first, ...rest]: readonly Visit[]): ReadonlySet<string> {
  const ends = [first, ...rest].filter((visit) => visit?.status === 'done');
  const endless = nodesOf(machine.root).every(({ type }) => type !== 'final');
  const resting = endless ? [first, ...rest].filter((visit) => visit?.path === first?.path) : ends;
  return new Set(resting.flatMap((visit) => visit?.key ?? []));
}

/** Visits from which no timer and no actor's answer leads to rest, one after the other. */
function stuck({ visits, edges }: Walk, rest: ReadonlySet<string>): readonly string[] {
  const saved = new Set(rest);
  const moving = edges.filter(({ byItself }) => byItself);
  for (let grown = true; grown; ) {
    const found = moving.filter(({ from, to }) => saved.has(to ?? '') && !saved.has(from.key));
    for (const { from } of found) saved.add(from.key);
    grown = found.length > 0;
  }
  return [...visits.keys()].filter((key) => !saved.has(key));
}

/** One instance as it was stored, and where each event that its state takes led. */
type Recorded = {
  readonly snapshot: {
    readonly status: string;
    readonly value: unknown;
    readonly context: unknown;
  };
  readonly steps: readonly { readonly event: Event; readonly leadsTo: string }[];
};

const FOLDER = new URL('./recorded/', import.meta.url);

/** An instance in each state, with a step by each type of event, as today's chart takes it. */
function recordingOf({ edges, visits }: Walk): readonly Recorded[] {
  const byPath = new Map<string, Map<string, Walk['edges'][number]>>();
  for (const edge of edges) {
    if (edge.to === null) continue;
    const own = byPath.get(edge.from.path) ?? new Map();
    const [first = edge] = own.values();
    if (first.from === edge.from && !own.has(edge.event.type)) own.set(edge.event.type, edge);
    byPath.set(edge.from.path, own);
  }
  return [...byPath.values()].map((own) => {
    const steps = [...own.values()].map(({ event, from, to }) => ({
      event: { ...event, at: from.at + 60_000 },
      leadsTo: visits.get(to ?? '')?.path ?? '',
    }));
    const [first] = own.values();
    return { snapshot: JSON.parse(first?.from.snapshot ?? 'null'), steps };
  });
}

async function expectRecording(module: ChartModule, walked: Walk): Promise<void> {
  const file = new URL(`${titleOf(module)}.json`, FOLDER);
  if (await readFile(file).catch(() => undefined)) return;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(file, `${JSON.stringify(recordingOf(walked), null, 1)}\n`);
  throw new Error(
    `${titleOf(module)} had no recording. One was made now: look at it, run 'npx biome format --write test/machines/recorded', and commit it with the chart.`,
  );
}

describe('a recorded instance', async () => {
  const names = (await readdir(FOLDER).catch(() => [])).filter((name) => name.endsWith('.json'));

  test.each(names)('of %s is restored and goes on as it did', async (name) => {
    const title = name.replace(/\.json$/, '');
    const module = modules.find((one) => titleOf(one) === title);
    if (module === undefined) {
      throw new Error(`${title} was released once: keep that version in machines/archive.`);
    }
    const recorded = JSON.parse(await readFile(new URL(name, FOLDER), 'utf8')) as Recorded[];
    expect(recorded.length).toBeGreaterThan(0);
    const went = recorded.map(({ snapshot, steps }) => {
      module.context.parse(structuredClone(snapshot.context));
      askingOf(module.machine, structuredClone(snapshot));
      return steps.map(
        ({ event }) => takeStep(module.machine, structuredClone(snapshot), event).standing.path,
      );
    });
    expect(
      went,
      `${title} steps otherwise than its recording. Was it released? Then this change is a new version; else delete the recording and run this test again.`,
    ).toEqual(recorded.map(({ steps }) => steps.map(({ leadsTo }) => leadsTo)));
  });
});
