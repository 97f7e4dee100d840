import { describe, expect, test } from 'vitest';
import { createErrorGate } from '../../src/engine/error-gate.ts';
import { watchedClock } from '../../src/engine/watched-clock.ts';

describe('errors outside a step', () => {
  const clock = { now: 1_000_000 };
  const admitted = (gate: ReturnType<typeof createErrorGate>, code: string, count: number) =>
    Array.from({ length: count }, (_, n) => gate.admits({ correlationId: `${code} ${n}`, code }));

  test('X-1 are one per request and code', () => {
    const gate = createErrorGate(() => clock.now);
    const error = { correlationId: 'a', code: 'http.exception' };
    expect([gate.admits(error), gate.admits(error)]).toEqual([true, false]);
    expect(gate.admits({ ...error, code: 'flow.exception' })).toBe(true);
    expect(gate.admits({ ...error, correlationId: 'b' })).toBe(true);
  });

  test('are at most sixty a minute of one code, and of others as if there were no storm', () => {
    const gate = createErrorGate(() => clock.now);
    const storm = admitted(gate, 'sms.malformed_webhook', 1_000);
    expect(storm.filter(Boolean)).toHaveLength(60);
    expect(admitted(gate, 'http.exception', 1)).toEqual([true]);
    clock.now += 60_000;
    expect(admitted(gate, 'sms.malformed_webhook', 1)).toEqual([true]);
  });

  test('are let through again when the clock has stepped back', () => {
    const gate = createErrorGate(() => clock.now);
    admitted(gate, 'http.exception', 100);
    clock.now -= 3_600_000;
    expect(admitted(gate, 'http.exception', 1)).toEqual([true]);
  });
});

describe('a watched clock', () => {
  function heard(...times: readonly number[]) {
    const steps: number[] = [];
    const left = [...times];
    const now = watchedClock(
      () => left.shift() ?? 0,
      (byMs) => steps.push(byMs),
    );
    expect(times.map(() => now())).toEqual(times);
    return steps;
  }

  test('is heard once per step back, however long it stays behind', () => {
    expect(heard(50_000, 10_000, 10_001, 30_000, 49_000)).toEqual([40_000]);
    expect(heard(50_000, 10_000, 10_001, 5_000)).toEqual([40_000, 5_001]);
  });

  test('is not heard for what keeps clocks right', () => {
    expect(heard(50_000, 49_500, 49_100, 50_001)).toEqual([]);
  });
});
