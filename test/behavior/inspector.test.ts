/* The ten rules by which steps become rows (docs/architecture.md), each on a chart of the tests. */
import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, setup } from 'xstate';
import type { ChartModule } from '../../machines/kit.ts';
import { createCatalogue } from '../../src/behavior/catalogue/index.ts';
import type { Stimulus } from '../../src/behavior/inspector/index.ts';
import { errorCodes } from '../../src/behavior/registries.ts';
import { type LogRow, parseEntryId, sourceKey } from '../../src/behavior/row.ts';
import { createRegistry, wordsOf } from '../../src/chart/registry.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import { writesOf } from '../../src/engine/commit.ts';
import { beginMember, type Member, memberOf, stepMember } from '../../src/engine/member.ts';
import * as door from '../engine/door.machine.ts';
import * as counter from './counter.machine.ts';

const OWNER = '11111111-1111-4111-8111-111111111111';
const RUN = '22222222-2222-4222-8222-222222222222';
const SESSION = '33333333-3333-4333-8333-333333333333';
const OTHER_SESSION = '55555555-5555-4555-8555-555555555555';
const CORRELATION = '44444444-4444-4444-8444-444444444444';
const NOON = Date.UTC(2026, 5, 1, 12);
const ACTORS = ['saveDoor', 'ringBell'];

type Event = { readonly type: string; readonly [field: string]: unknown };
type Told = Partial<Pick<Stimulus, 'at' | 'via' | 'origin' | 'correlationId' | 'beginning'>>;
type Row = LogRow & { readonly problems?: readonly string[] };

/** Commits of one instance of a chart; every commit begins from what JSON keeps of the last. */
function play(module: ChartModule) {
  const registry = createRegistry([module], { actors: new Set(ACTORS) });
  const chart = registry.live(module.machine.id);
  if (chart === undefined) throw new Error('The registry has just been made of it.');
  const deps = {
    catalogue: createCatalogue({
      ...wordsOf([module]),
      ...{ templates: new Set<string>(), parserRules: new Set<string>(), errorCodes: errorCodes() },
    }),
    backendVersion: '0.1.0',
    onInspectorFailure: (error: unknown) => {
      throw error;
    },
    isJob: (src: string) => src !== 'saveDoor',
  };
  const stimulus = (told: Told): Stimulus => ({
    at: NOON,
    correlationId: CORRELATION,
    origin: { sessionId: SESSION, platform: 'ios_app', version: '1.2.3' },
    ...told,
  });
  return {
    begin: (told: Told = {}, id = RUN): Member =>
      beginMember(deps, { chart, id, owner: OWNER, input: {} }, stimulus(told)),
    /** A further step of the same commit. */
    also: (member: Member, event: Event, told: Told = {}): Member =>
      moved(stepMember(deps, cloned(member), { event, stimulus: stimulus(told) })),
    /** A step of the next commit. */
    give: (member: Member, event: Event, told: Told = {}): Member =>
      moved(stepMember(deps, stored(member), { event, stimulus: stimulus(told) })),
    tries: (member: Member, event: Event): Member | undefined =>
      stepMember(deps, stored(member), { event, stimulus: stimulus({}) }),
  };
  function stored(member: Member): Member {
    if (chart === undefined) throw new Error('It is there.');
    const { row } = cloned(member);
    return memberOf(chart, { ...row, seq: member.seen + 1 });
  }
}

/** Without the chart, which holds functions. */
function cloned(member: Member): Member {
  return { ...member, row: JSON.parse(JSON.stringify(member.row)) };
}

function moved(member: Member | undefined): Member {
  if (member === undefined) throw new Error('No transition takes this event.');
  return member;
}

const rowsOf = (...members: Member[]): readonly Row[] =>
  writesOf(members).writes.flatMap(({ log }) => (log ?? []) as readonly Row[]);
const typesOf = (...members: Member[]) => rowsOf(...members).map(({ event_type }) => event_type);
const metadataOf = (member: Member, type: string) =>
  rowsOf(member).find(({ event_type }) => event_type === type)?.metadata;

const desk = play(counter);
const house = play(door);
const saved = (told: Told = {}) =>
  house.give(
    house.give(house.begin(), { type: 'organizer.named', name: 'Owls' }),
    {
      type: 'organizer.saved',
    },
    told,
  );

describe('1 a beginning', () => {
  test('of a flow is flow_started, and then what its first transitions say', () => {
    expect(typesOf(desk.begin())).toEqual(['flow_started', 'error']);
    expect(typesOf(house.begin())).toEqual(['flow_started']);
  });

  test('of another cycle is what its root says, in order', () => {
    const begun = play(bell(['user_action', 'error'])).begin();
    expect(typesOf(begun)).toEqual(['user_action', 'error', 'error']);
  });

  test('knows how it came about', () => {
    const beginning = { entry: 'resume', parentRunId: null, resumedFrom: SESSION } as const;
    expect(metadataOf(desk.begin({ beginning }), 'flow_started')).toMatchObject({
      ...{ entry: 'resume', parent_flow_run_id: null, resumed_from: SESSION },
    });
  });
});

describe('2 a step', () => {
  test('is the facts of each transition in order, and after them the question that was left', () => {
    const picked = desk.give(desk.begin(), { type: 'organizer.picked' });
    expect(typesOf(picked)).toEqual([
      'contact_picker_opened',
      'contact_picker_submitted',
      'flow_step',
    ]);
    const finished = desk.give(picked, { type: 'organizer.finished' });
    expect(typesOf(finished)).toEqual(['flow_step', 'crew_created', 'flow_completed']);
  });

  test('that is silent leaves nothing', () => {
    const picked = desk.give(desk.begin(), { type: 'organizer.picked' });
    expect(typesOf(desk.give(picked, { type: 'organizer.looked' }))).toEqual([]);
  });
});

describe('3 the question that was left', () => {
  test('is the innermost one before the transition; to_state is the innermost state after it', () => {
    const picked = desk.give(desk.begin(), { type: 'organizer.picked' });
    expect(metadataOf(picked, 'flow_step')).toMatchObject({
      ...{ step: 'choose_crew', to_state: 'asking.inner', trigger: 'organizer.picked' },
    });
    const changed = desk.give(picked, { type: 'organizer.changed' });
    expect(metadataOf(changed, 'flow_step')).toMatchObject({
      ...{ step: 'title', to_state: 'asking.inner', trigger: 'organizer.changed' },
    });
    // Two transitions in one step: the first one led only as far as the state in between.
    const finished = desk.give(picked, { type: 'organizer.finished' });
    expect(metadataOf(finished, 'flow_step')).toMatchObject({ step: 'title', to_state: 'making' });
  });

  test('is refused at start-up on a transition that no client takes', () => {
    const problems = problemsOf(bell(['error'], { left: 'completed' }), new Set(ACTORS));
    expect(problems).toContain(
      "bell: bell.opening on 'always' says left, but no client's event takes it",
    );
  });
});

describe('4 the counts', () => {
  const picked = desk.give(desk.begin(), { type: 'organizer.picked' }, { at: NOON + 1_000 });
  const changed = desk.give(picked, { type: 'organizer.changed' }, { at: NOON + 3_000 });
  const again = desk.give(changed, { type: 'organizer.changed' }, { at: NOON + 7_000 });

  test('number the steps of a run, and the attempts at one question', () => {
    const counted = [picked, changed, again].map((member) => metadataOf(member, 'flow_step'));
    expect(counted.map((one) => [one?.step_index, one?.attempt])).toEqual([
      [1, 1],
      [2, 1],
      [3, 2],
    ]);
  });

  test('measure from entering a question, or from leaving it the last time', () => {
    const looked = desk.give(again, { type: 'organizer.looked' }, { at: NOON + 8_000 });
    const back = desk.give(looked, { type: 'organizer.picked' }, { at: NOON + 11_000 });
    const dwelt = [picked, changed, again, back].map((member) => metadataOf(member, 'flow_step'));
    expect(dwelt.map((one) => one?.dwell_ms)).toEqual([1_000, 2_000, 4_000, 3_000]);
  });

  test('add up edits, invalid inputs and errors, and name the last question that was entered', () => {
    const finished = desk.give(again, { type: 'organizer.finished' }, { at: NOON + 9_000 });
    expect(metadataOf(finished, 'flow_completed')).toMatchObject({
      ...{ steps: 4, edits: 2, invalid_inputs: 0, errors: 1, duration_ms: 9_000, resumed: false },
    });
    const refused = house.give(house.begin(), { type: 'organizer.named', name: ' ' });
    const named = house.give(refused, { type: 'organizer.named', name: 'Owls' });
    const cancelled = house.give(named, { type: 'organizer.cancelled' });
    expect(metadataOf(cancelled, 'drop_off')).toMatchObject({
      ...{ at_step: 'review_members', at_state: 'asking.review', steps: 3, resumable: false },
    });
    const done = house.also(house.give(named, { type: 'organizer.saved' }), savedDoor);
    expect(metadataOf(done, 'flow_completed')).toMatchObject({ invalid_inputs: 1, edits: 0 });
  });
});

const savedDoor = { type: 'xstate.done.actor.saveDoor', output: {}, actorId: 'saveDoor' };
const failed = (retryable: boolean): Event => ({
  ...{ type: 'xstate.error.actor.saveDoor', actorId: 'saveDoor' },
  error: { code: 'db.save_failed', retryable },
});

describe('5 the result of a transaction actor', () => {
  test('is a further step of the same commit, by the same rules', () => {
    const done = house.also(saved(), savedDoor);
    expect(typesOf(done)).toEqual(['flow_step', 'crew_created', 'flow_completed']);
    const positions = rowsOf(done).map(({ id }) => parseEntryId(id).position);
    expect(positions).toEqual([0, 1, 2]);
    expect(new Set(rowsOf(done).map(({ timestamp }) => timestamp)).size).toBe(1);
  });

  test('that failed is counted as an error of the run', () => {
    const unsaved = house.also(saved(), failed(true));
    expect(typesOf(unsaved)).toEqual(['flow_step', 'error']);
    const retried = house.also(house.give(unsaved, { type: 'organizer.saved' }), savedDoor);
    expect(typesOf(retried)).toEqual(['crew_created', 'flow_completed']);
    expect(metadataOf(retried, 'flow_completed')).toMatchObject({ errors: 1 });
  });
});

describe('6 the end', () => {
  test('is the last row, and says what the final state says', () => {
    const done = house.also(saved(), savedDoor);
    expect(rowsOf(done).at(-1)).toMatchObject({
      ...{ event_type: 'flow_completed', metadata: { outcome: 'created' } },
    });
    const lost = house.also(saved(), failed(false));
    expect(typesOf(lost)).toEqual(['flow_step', 'error', 'drop_off']);
    expect(metadataOf(lost, 'drop_off')).toMatchObject({ reason: 'error', resumable: false });
  });

  test('by time may be taken up again', () => {
    const begun = house.begin();
    const [timer] = Object.values(begun.row.timers);
    const lapsed = house.give(begun, timer?.event as Event);
    expect(metadataOf(lapsed, 'drop_off')).toMatchObject({
      reason: 'idle_timeout',
      resumable: true,
    });
  });
});

describe('7 metadata', () => {
  test('are what follows from the step together with what describe says', () => {
    const done = house.also(saved({ via: 'button' }), savedDoor);
    const run = { flow: 'crew_creation', flow_run_id: RUN, machine_version: '1.0.0' };
    expect(metadataOf(done, 'crew_created')).toEqual({
      ...{ ...run, members: 1, source: 'manual', has_custom_name: true },
      ...{ v: '1-0-0', correlation_id: CORRELATION, backend_version: '0.1.0' },
    });
    expect(metadataOf(done, 'flow_step')).toMatchObject({ ...run, input: 'button' });
  });

  const withCrew = (crew_created: () => unknown) =>
    play({ ...counter, describe: { ...counter.describe, crew_created } } as ChartModule);
  const made = (of: ReturnType<typeof play>) =>
    of.give(of.give(of.begin(), { type: 'organizer.picked' }), { type: 'organizer.finished' });
  const good = counter.describe.crew_created();

  test.each<[string, () => unknown, RegExp]>([
    ['an unknown key', () => ({ ...good, name: 'Owls' }), /unknown keys name/],
    ['an open string', () => ({ ...good, source: 'Ana' }), /source: invalid_value/],
    ['a key too few', () => ({ members: 1 }), /source/],
    [
      'a throw',
      () => {
        throw new Error('no words');
      },
      /describe.crew_created: threw/,
    ],
  ])('with %s mark the row, and one error row says so', (_name, describes, problem) => {
    const rows = rowsOf(made(withCrew(describes)));
    const crew = rows.find(({ event_type }) => event_type === 'crew_created');
    expect(crew?.problems?.join()).toMatch(problem);
    const errors = rows.filter(({ event_type }) => event_type === 'error');
    expect(errors).toMatchObject([{ metadata: { component: 'logging' } }]);
    expect(rows.at(-1)?.event_type).toBe('flow_completed');
  });

  test('that follow from the step cannot be talked over by describe', () => {
    const liar = withCrew(() => ({ ...good, flow_run_id: SESSION }));
    expect(metadataOf(made(liar), 'crew_created')).toMatchObject({ flow_run_id: RUN });
  });
});

describe('8 columns', () => {
  test('are the owner, what the chart is about once it exists, and nothing the type has no room for', () => {
    const finished = desk.give(desk.give(desk.begin(), { type: 'organizer.picked' }), {
      type: 'organizer.finished',
    });
    expect(rowsOf(desk.begin())[0]).toMatchObject({ organizer_id: OWNER, crew_id: null });
    // The chart's subject names a phone; a crew's row has no place for it.
    expect(rowsOf(finished).find(({ event_type }) => event_type === 'crew_created')).toMatchObject({
      ...{ organizer_id: OWNER, crew_id: counter.CREW, invitee_phone: null, event_id: null },
      ...{ session_id: SESSION, platform: 'ios_app', version: '1.2.3' },
    });
  });

  test('keep session, platform and version of the latest organizer event when a timer ends the run', () => {
    const origin = { sessionId: OTHER_SESSION, platform: 'web', version: '2.0.0' } as const;
    const named = house.give(house.begin(), { type: 'organizer.named', name: 'Owls' }, { origin });
    const [timer] = Object.values(named.row.timers);
    // What another instance sends carries the origin of its own cause, which is not that of the run.
    const heard = house.give(named, { type: 'door.heard', word: 'knock' });
    const lapsed = house.give(heard, timer?.event as Event, { origin: null });
    expect(rowsOf(lapsed)).toMatchObject([
      { session_id: OTHER_SESSION, platform: 'web', version: '2.0.0' },
    ]);
  });
});

describe('9 an event that nothing takes', () => {
  test('leaves no row and no seq, whether the run has ended or does not know it', () => {
    expect(house.tries(house.begin(), { type: 'organizer.saved' })).toBeUndefined();
    const done = house.also(saved(), savedDoor);
    expect(house.tries(done, { type: 'organizer.cancelled' })).toBeUndefined();
  });
});

describe('10 a commit', () => {
  test('puts what ends first, what begins next, the rest last, and counts through', () => {
    const open = house.give(house.begin(), { type: 'organizer.named', name: 'Owls' });
    const ended = house.give(house.begin({}, OWNER), { type: 'organizer.cancelled' });
    const begun = house.begin({}, SESSION);
    const rows = rowsOf(open, begun, ended);
    expect(rows.map(({ event_type }) => event_type)).toEqual([
      ...['flow_step', 'drop_off', 'flow_started', 'flow_step'],
    ]);
    expect(rows.map(({ id }) => parseEntryId(id).position)).toEqual([0, 1, 2, 3]);
    expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted());
  });

  test('gives ids that follow from time, place and source', () => {
    const [first, second] = rowsOf(house.give(house.begin(), { type: 'organizer.cancelled' }));
    expect(parseEntryId(first?.id ?? '')).toEqual({
      ...{ at: NOON, position: 0, sourceHash: sourceKey(RUN), ordinal: 1 },
    });
    expect(parseEntryId(second?.id ?? '')).toMatchObject({ position: 1, ordinal: 2 });
  });
});

/** A cycle that is no flow, with facts of its root and what its first transition says. */
function bell(begins: readonly string[], first: object = { logs: ['error'] }): ChartModule {
  const machine = setup({ delays: { soon: 5 } }).createMachine({
    ...{ id: 'bell', version: '1.0.0', options: { maxIterations: 9 }, initial: 'opening' },
    meta: { cycle: 'push', begins },
    states: {
      opening: { always: { target: 'waiting', meta: first } },
      waiting: { after: { soon: { target: 'rung', meta: { silent: 'a test' } } } },
      rung: { type: 'final', meta: { ends: 'quietly' } },
    },
  } as never) as unknown as AnyStateMachine;
  const user_action = () => ({ action: 'help_opened', target: 'none' });
  const describing = { ...counter.describe, user_action };
  return { ...counter, machine, events: { payloads: {} }, describe: describing as never };
}
