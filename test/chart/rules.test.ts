import { describe, expect, test } from 'vitest';
import { type AnyStateMachine, assign, fromPromise, setup } from 'xstate';
import { z } from 'zod';
import type { ChartModule } from '../../machines/kit.ts';
import { createRegistry } from '../../src/chart/registry.ts';
import { problemsOf } from '../../src/chart/rules.ts';
import * as door from '../engine/door.machine.ts';

const actors = new Set(['saveDoor', 'ringBell']);
const silent = { silent: 'a test' };

const machineOf = (config: object): AnyStateMachine =>
  setup({
    delays: { soon: 5 },
    guards: { isSo: () => true },
    actors: { work: fromPromise(async () => 1) },
  }).createMachine({
    id: 'm',
    version: '1.0.0',
    options: { maxIterations: 9 },
    meta: { cycle: 'gathering' },
    initial: 'a',
    ...config,
  } as never) as unknown as AnyStateMachine;

/** A small good chart, broken in one place by each test. */
const chart = (config: object, more: Partial<ChartModule> = {}): ChartModule => ({
  machine: machineOf(config),
  input: z.strictObject({}),
  context: z.any(),
  events: { payloads: { 'organizer.went': z.strictObject({}) } },
  copy: {},
  view: () => ({}),
  subject: () => ({}),
  describe: {},
  ...more,
});
const end = { type: 'final', meta: { ends: 'quietly' } };
const good = {
  states: {
    a: {
      after: { soon: { target: 'b', meta: silent } },
      on: { 'organizer.went': { target: 'b', meta: silent } },
    },
    b: end,
  },
};
const on = (transition: object) => ({
  states: { a: { after: good.states.a.after, on: { 'organizer.went': transition } }, b: end },
});

describe('a chart', () => {
  test('that keeps the rules is taken', () => {
    expect(problemsOf(chart(good), new Set())).toEqual([]);
    expect(problemsOf(door as never, actors)).toEqual([]);
  });

  test.each<[string, object, Partial<ChartModule>, RegExp]>([
    ['without a version', { ...good, version: undefined }, {}, /version must be like/],
    ['without a limit of iterations', { ...good, options: {} }, {}, /maxIterations is missing/],
    ['that does not say what it is', { ...good, meta: undefined }, {}, /root meta must say/],
    [
      'with a transition that says nothing of the log',
      on({ target: 'b' }),
      {},
      /must say \{ left \}/,
    ],
    ['with a transition that does nothing', on({ meta: silent }), {}, /neither target nor actions/],
    ['that stays without entering anew', on({ target: 'a', meta: silent }), {}, /reenter: true/],
    [
      'whose timer claims that a step was left',
      {
        states: {
          a: { ...good.states.a, after: { soon: { target: 'b', meta: { left: 'completed' } } } },
          b: end,
        },
      },
      {},
      /no client's event takes it/,
    ],
    [
      'with an unnamed guard',
      on({ target: 'b', guard: () => true, meta: silent }),
      {},
      /guard has no name/,
    ],
    [
      'with an inline action',
      on({ target: 'b', actions: () => undefined, meta: silent }),
      {},
      /only xstate.assign/,
    ],
    [
      'with a delay that nobody named',
      {
        states: {
          a: { ...good.states.a, after: { sooon: { target: 'b', meta: silent } } },
          b: end,
        },
      },
      {},
      /would fire at once/,
    ],
    [
      'with parallel states',
      {
        type: 'parallel',
        initial: undefined,
        states: {
          a: { ...good.states.a, on: {}, after: { soon: { target: '#m', meta: silent } } },
        },
      },
      { events: { payloads: {} } },
      /is parallel/,
    ],
    [
      'with a wildcard',
      {
        states: {
          a: {
            ...good.states.a,
            on: {
              'organizer.went': { target: 'b', meta: silent },
              '*': { target: 'b', meta: silent },
            },
          },
          b: end,
        },
      },
      {},
      /is a wildcard/,
    ],
    [
      'with an invoke that has no id, no onError and no registered actor',
      {
        states: {
          a: { ...good.states.a, invoke: { src: 'work', onDone: { target: 'b', meta: silent } } },
          b: end,
        },
      },
      {},
      /explicit id[\s\S]*onDone and onError[\s\S]*no actor 'work'/,
    ],
    [
      'that can wait for ever',
      { states: { a: { on: good.states.a.on }, b: end } },
      {},
      /no way out by time/,
    ],
    [
      'that asks without words',
      { states: { a: { ...good.states.a, meta: { step: 'title', prompt: 'ask_title' } }, b: end } },
      {},
      /no copy for 'ask_title'/,
    ],
    [
      'with an end that does not say how',
      { states: { ...good.states, b: { type: 'final' } } },
      {},
      /how the run ends/,
    ],
    [
      'that declares an event it never takes',
      good,
      {
        events: {
          payloads: { 'organizer.went': z.strictObject({}), 'organizer.came': z.strictObject({}) },
        },
      },
      /no transition takes it/,
    ],
    ['that takes an event it never declared', good, { events: { payloads: {} } }, /has no payload/],
    [
      'that logs what it does not describe',
      on({ target: 'b', meta: { logs: ['error'] } }),
      {},
      /not described/,
    ],
  ])('%s is refused with a sentence', (_, config, more, sentence) => {
    const problems = problemsOf(chart(config, more), new Set());
    expect(problems.join('\n')).toMatch(sentence);
    expect(() => createRegistry([chart(config, more)], { actors: new Set() })).toThrow(sentence);
  });

  test('with an assign is taken, since assigns are pure', () => {
    expect(
      problemsOf(chart(on({ target: 'b', actions: assign({}), meta: silent })), new Set()),
    ).toEqual([]);
  });
});

describe('DELAYS', () => {
  test('replace a delay by its name', () => {
    const registry = createRegistry([chart(good)], { actors: new Set(), delays: { soon: 1 } });
    expect(registry.live('m')?.machine.implementations.delays.soon).toBe(1);
  });

  test('that no chart has are refused with the names there are', () => {
    expect(() =>
      createRegistry([chart(good)], { actors: new Set(), delays: { sooner: 1 } }),
    ).toThrow('DELAYS names sooner, which no chart has: the delays are soon.');
  });
});
