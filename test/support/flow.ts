/*
 * Walks a chart without an engine: events in, states and log entries out, by the real kernel and the
 * real inspector. Between any two events the snapshot goes through JSON, so every story is also a
 * restart test. Every row must be one that the catalogue takes.
 */
import { expect } from 'vitest';
import type { ActorError, ChartModule, Prompt } from '../../machines/kit.ts';
import { createCatalogue } from '../../src/behavior/catalogue/index.ts';
import {
  type Draft,
  type InspectorDeps,
  inspect,
  newTrace,
  type Origin,
  type Stimulus,
  type Trace,
} from '../../src/behavior/inspector/index.ts';
import type { RootMeta } from '../../src/behavior/meta.ts';
import { errorCodes } from '../../src/behavior/registries.ts';
import { askingOf } from '../../src/chart/asking.ts';
import type { Effect } from '../../src/chart/effects.ts';
import { wordsOf } from '../../src/chart/registry.ts';
import { beginChart, type ChartStep, takeStep } from '../../src/chart/step.ts';

export const OWNER = '11111111-1111-4111-8111-111111111111';
export const RUN = '22222222-2222-4222-8222-222222222222';
export const SESSION = '33333333-3333-4333-8333-333333333333';
const CORRELATION = '44444444-4444-4444-8444-444444444444';
const ORIGIN: Origin = { sessionId: SESSION, platform: 'ios_app', version: '1.2.3' };
/** When every story begins: Monday, June 1st 2026, noon UTC. */
export const NOON = Date.UTC(2026, 5, 1, 12);

type Event = { readonly type: string; readonly [field: string]: unknown };
type Given = { readonly id?: string; readonly at?: number; readonly via?: 'text' | 'picker' };
type Timer = { readonly event: Event; readonly armedAt: number; readonly dueAt: number };

/** A story of one instance. Each verb acts or asserts, and gives the story back. */
export type Story = {
  /** A client's or another instance's event, some time after the last. */
  readonly on: (event: Event, waitMs?: number) => Story;
  /** The same, where no transition may take it. */
  readonly refuses: (event: Event) => Story;
  /** Lets the armed timer of this delay fire when it is due, or `lateMs` after. */
  readonly after: (delay: string, of?: { seenAt?: number; lateMs?: number }) => Story;
  readonly done: (actor: string, output: unknown) => Story;
  readonly fails: (actor: string, error: ActorError) => Story;
  readonly isIn: (path: string) => Story;
  /** The entries of the last step, as `type{words of its metadata}`. */
  readonly logged: (...rows: string[]) => Story;
  readonly asks: (step: string, text: RegExp) => Story;
  /** What came of it, as a chat says it. */
  readonly says: (text: RegExp) => Story;
  /** What is asked now, as a client is told. */
  readonly prompt: () => Prompt | undefined;
  readonly now: () => number;
  readonly ended: () => boolean;
  readonly view: () => Readonly<Record<string, unknown>>;
  readonly rows: () => readonly Draft['row'][];
  readonly all: () => readonly Draft['row'][];
  readonly row: (type: string) => Readonly<Record<string, unknown>>;
  readonly effects: () => readonly Effect[];
  readonly delays: () => Readonly<Record<string, number>>;
  readonly context: <C>() => C;
  readonly problems: (event: Event) => readonly { path: string; code: string }[];
};

/** Begins an instance of a chart with its own input. */
export function flow(
  module: ChartModule,
  input: Record<string, unknown>,
  given: Given = {},
): Story {
  const id = given.id ?? RUN;
  let at = given.at ?? NOON;
  const begun = { ...module.input.parse(withoutResume(input)), ...resumeOf(input) };
  let step = beginChart(module.machine, { ...begun, id, owner: OWNER, at });
  let trace: Trace = newTrace(stimulusAt(at));
  let timers: Record<string, Timer> = {};
  let last: readonly Draft['row'][] = [];
  const all: Draft['row'][] = [];
  const deps = inspectorFor(module);
  const chart = {
    ...{ id: module.machine.id, version: String(module.machine.version) },
    ...{ root: module.machine.root.meta as RootMeta, describe: module.describe },
    subject: module.subject,
  };

  const absorb = (taken: ChartStep, begins: boolean): void => {
    step = taken;
    const of = { step, trace, stimulus: stimulusAt(at, given.via), begins };
    const { drafts, trace: next } = inspect(deps, { chart, id, owner: OWNER }, of);
    expect(drafts.flatMap(({ problems }) => problems)).toEqual([]);
    module.context.parse(JSON.parse(JSON.stringify(step.standing.context)));
    trace = next;
    timers = timersAfter(timers, step, at);
    last = drafts.map(({ row }) => row);
    all.push(...last);
  };
  const take = (event: Event): ChartStep =>
    takeStep(module.machine, JSON.parse(JSON.stringify(step.snapshot)), { ...event, at });
  const give = (event: Event): Story => {
    const taken = take(event);
    expect(taken.handled, `${event.type} in ${step.standing.path}`).toBe(true);
    absorb(taken, false);
    return story;
  };
  absorb(step, true);

  const story: Story = {
    on: (event, waitMs = 1_000) => {
      at += waitMs;
      return give(payloadChecked(module, event));
    },
    refuses: (event) => {
      expect(take(payloadChecked(module, event)).handled).toBe(false);
      return story;
    },
    after: (delay, { seenAt = 0, lateMs = 0 } = {}) => {
      const id = Object.keys(timers).find((name) => name.startsWith(`xstate.after.${delay}.`));
      const timer = id === undefined ? undefined : timers[id];
      if (id === undefined || timer === undefined) throw new Error(`No timer '${delay}' is armed.`);
      delete timers[id];
      at = timer.dueAt + lateMs;
      const { event, armedAt, dueAt } = timer;
      return give({ ...event, armedAt, dueAt, seenAt });
    },
    done: (actor, output) => give({ type: `xstate.done.actor.${actor}`, output, actorId: actor }),
    fails: (actor, error) => give({ type: `xstate.error.actor.${actor}`, error, actorId: actor }),
    isIn: (path) => {
      expect(step.standing.path).toBe(path);
      return story;
    },
    logged: (...rows) => {
      expect(last.map(shortRow)).toEqual(rows);
      return story;
    },
    asks: (name, text) => {
      const asking = askingOf(module.machine, JSON.parse(JSON.stringify(step.snapshot)));
      expect(asking.step).toBe(name);
      const said = module.copy[asking.prompt ?? '']?.(step.standing.context as never);
      expect(said?.text).toMatch(text);
      for (const { event } of said?.choices ?? []) expect(asking.events).toContain(event);
      return story;
    },
    says: (text) => {
      const { closing } = askingOf(module.machine, JSON.parse(JSON.stringify(step.snapshot)));
      expect(module.copy[closing ?? '']?.(step.standing.context as never).text).toMatch(text);
      return story;
    },
    prompt: () => {
      const asking = askingOf(module.machine, JSON.parse(JSON.stringify(step.snapshot)));
      return module.copy[asking.prompt ?? '']?.(step.standing.context as never);
    },
    now: () => at,
    ended: () => step.status === 'done',
    view: () => module.view(step.standing.context as never),
    rows: () => last,
    all: () => all,
    row: (type) => {
      const found = last.filter((row) => row.event_type === type);
      expect(found, `rows of type ${type}`).toHaveLength(1);
      return found[0]?.metadata ?? {};
    },
    effects: () => step.effects,
    delays: () =>
      Object.fromEntries(
        Object.entries(timers).map(([name, timer]) => [
          name.split('.')[2] ?? name,
          timer.dueAt - timer.armedAt,
        ]),
      ),
    context: <C>() => step.standing.context as C,
    problems: (event) => [
      ...(module.problems?.[event.type]?.(event as never, step.standing.context as never) ?? []),
    ],
  };
  return story;
}

const stimulusAt = (at: number, via?: 'text' | 'picker'): Stimulus => ({
  at,
  correlationId: CORRELATION,
  origin: ORIGIN,
  via,
});

const withoutResume = ({ resume: _, ...input }: Record<string, unknown>) => input;
const resumeOf = ({ resume }: Record<string, unknown>) => (resume === undefined ? {} : { resume });

const inspectors = new WeakMap<object, InspectorDeps>();

/** Compiling all schemas takes longer than a whole story. */
function inspectorFor(module: ChartModule): InspectorDeps {
  const known = inspectors.get(module.machine) ?? newInspector(module);
  inspectors.set(module.machine, known);
  return known;
}

const newInspector = (module: ChartModule): InspectorDeps => ({
  catalogue: createCatalogue({
    ...wordsOf([module]),
    errorCodes: errorCodes(),
    templates: new Set(['none']),
    parserRules: new Set(['none']),
  }),
  backendVersion: '0.1.0',
});

/** An event as the API would let it in; a wrong shape is a mistake of the test. */
function payloadChecked(module: ChartModule, event: Event): Event {
  const { type, ...payload } = event;
  return { type, ...module.events.payloads[type]?.parse(payload) };
}

function timersAfter(timers: Record<string, Timer>, step: ChartStep, at: number) {
  const next = { ...timers };
  for (const effect of step.effects) {
    if (effect.kind === 'disarm') delete next[effect.id];
    if (effect.kind === 'arm') {
      next[effect.id] = { event: effect.event, armedAt: at, dueAt: at + effect.delayMs };
    }
  }
  return step.status === 'done' ? {} : next;
}

/** `flow_step{name_crew,completed}`: what tells two rows of a type apart, and not more. */
function shortRow({ event_type: type, metadata }: Draft['row']): string {
  const { step, outcome, reason, code, severity, action } = metadata as Record<string, unknown>;
  const words = [step, outcome, reason, code, severity === 'fatal' ? severity : null, action];
  const said = words.filter((word) => word !== undefined && word !== null);
  return said.length === 0 ? type : `${type}{${said.join(',')}}`;
}
