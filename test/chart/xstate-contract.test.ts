/*
 * What the kernel assumes of XState's insides. If an upgrade turns one of these red, read the kernel
 * (src/chart/step.ts) before anything else.
 */
import { describe, expect, test } from 'vitest';
import { assign, cancel, createMachine, raise, setup } from 'xstate';
import { beginChart, takeStep } from '../../src/chart/step.ts';

const silent = { silent: 'a test' };
const json = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const begun = (machine: ReturnType<typeof createMachine>) => beginChart(machine as never, {});
const give = (machine: unknown, snapshot: unknown, type: string, more = {}) =>
  takeStep(machine as never, json(snapshot) as never, { type, ...more });

describe('the kernel over XState 5.33', () => {
  const clock = setup({ delays: { soon: 5_000 } }).createMachine({
    id: 'clock',
    initial: 'a',
    states: {
      a: {
        after: { soon: { target: 'b', meta: silent } },
        on: {
          again: { target: 'a', reenter: true, meta: silent },
          go: { target: 'b', meta: silent },
        },
      },
      b: { always: { target: 'c', meta: { silent: 'settles' } } },
      c: { type: 'final', meta: { ends: 'quietly' } },
    },
  });

  test('arms an after on entry, with a deterministic id, and names nothing as done yet', () => {
    expect(beginChart(clock, {}).effects).toEqual([
      {
        kind: 'arm',
        id: 'xstate.after.soon.clock.a',
        event: { type: 'xstate.after.soon.clock.a' },
        delayMs: 5_000,
      },
    ]);
  });

  test('disarms before it arms again when a state is entered anew', () => {
    const { snapshot } = beginChart(clock, {});
    expect(give(clock, snapshot, 'again').effects.map(({ kind }) => kind)).toEqual([
      'disarm',
      'arm',
    ]);
  });

  test('shows every microstep with the transition taken, eventless ones too', () => {
    const { snapshot } = beginChart(clock, {});
    const step = give(clock, snapshot, 'go');
    expect(
      step.microsteps.map(({ before, after, meta }) => [before.path, after.path, meta.silent]),
    ).toEqual([
      ['a', 'b', 'a test'],
      ['b', 'c', 'settles'],
    ]);
    expect(step).toMatchObject({ status: 'done', ends: { ends: 'quietly' } });
  });

  test('takes a fired timer as the event of its own name', () => {
    const { snapshot } = beginChart(clock, {});
    expect(give(clock, snapshot, 'xstate.after.soon.clock.a').standing.path).toBe('c');
  });

  test('says that an unknown or a forbidden event is not handled', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      states: { a: { on: { no: undefined } } },
    });
    const { snapshot } = begun(machine);
    expect(give(machine, snapshot, 'nonsense').handled).toBe(false);
    expect(give(machine, snapshot, 'no').handled).toBe(false);
  });

  test('drains an immediate raise inside the step and makes no timer of it', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      states: {
        a: { on: { go: { target: 'b', actions: raise({ type: 'on' }), meta: silent } } },
        b: { on: { on: { target: 'c', meta: silent } } },
        c: {},
      },
    });
    const step = give(machine, begun(machine).snapshot, 'go');
    expect(step.standing.path).toBe('c');
    expect(step.effects).toEqual([]);
  });

  test('moves a deadline by cancel and raise under one id', () => {
    const machine = createMachine({
      id: 'm',
      initial: 'a',
      states: {
        a: {
          on: {
            later: {
              target: 'a',
              reenter: true,
              actions: [cancel('end'), raise({ type: 'end' }, { id: 'end', delay: 7 })],
              meta: silent,
            },
            end: { target: 'b', meta: silent },
          },
        },
        b: {},
      },
    });
    expect(give(machine, begun(machine).snapshot, 'later').effects).toEqual([
      { kind: 'disarm', id: 'end' },
      { kind: 'arm', id: 'end', event: { type: 'end' }, delayMs: 7 },
    ]);
  });

  test('throws when a guard throws, and leaves the stored snapshot as it was', () => {
    const machine = createMachine({
      id: 'm',
      context: { n: 1 },
      initial: 'a',
      states: {
        a: {
          on: {
            go: {
              guard: () => {
                throw new Error('a guard broke');
              },
              target: 'a',
            },
            count: { target: 'a', reenter: true, actions: assign({ n: 2 }), meta: silent },
          },
        },
      },
    });
    const { snapshot } = begun(machine as never);
    expect(() => give(machine, snapshot, 'go')).toThrow('a guard broke');
    const stored = json(snapshot);
    takeStep(machine as never, stored as never, { type: 'count' });
    expect(stored).toEqual(json(snapshot));
  });

  test('refuses an error result that no transition takes, since XState would give up the machine', () => {
    const { snapshot } = beginChart(clock, {});
    expect(() => give(clock, snapshot, 'xstate.error.actor.x', { error: {} })).toThrow('no answer');
  });

  test('steps the same from a live snapshot and from one that went through JSON', () => {
    const { snapshot } = beginChart(clock, {});
    const live = takeStep(clock, snapshot, { type: 'go' });
    expect(json(live.snapshot)).toEqual(json(give(clock, snapshot, 'go').snapshot));
  });
});
