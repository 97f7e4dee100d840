import { describe, expect, test } from 'vitest';
import { createMeasure } from '../../src/engine/measuring.ts';
import type { Note } from '../../src/engine/notes.ts';

const correlationId = '44444444-4444-4444-8444-444444444444';
const step = { operation: 'transition', ok: true, correlationId } as const;

function measured(random: number) {
  const notes: Note[] = [];
  const clock = { now: 1_000_000 };
  const failures: unknown[] = [];
  const measure = createMeasure({
    notes: { take: (note) => notes.push(note) },
    ...{ now: () => clock.now, random: () => random },
    onFailure: (error) => failures.push(error),
  });
  return { measure, notes, clock };
}

describe('the duration of a step', () => {
  test('is kept for certain where it breaks its objective, and else for a sample', () => {
    const { measure, notes } = measured(0.5);
    measure({ ...step, durationMs: 250 });
    expect(notes).toEqual([]);
    measure({ ...step, durationMs: 251, queueMs: -3 });
    expect(notes.map(({ metadata }) => metadata)).toMatchObject([
      { duration_ms: 251, queue_ms: 0, slo_ms: 250, breached: true, sample_rate: 1 },
    ]);
    const sampled = measured(0.009);
    sampled.measure({ ...step, durationMs: 1 });
    expect(sampled.notes[0]?.metadata).toMatchObject({ breached: false, sample_rate: 0.01 });
  });

  test('is sampled, also where it breaks its objective, once sixty of a minute have done so', () => {
    const { measure, notes, clock } = measured(0.5);
    const storm = () => {
      for (let n = 1; n <= 100; n += 1) measure({ ...step, durationMs: 9_000 });
    };
    storm();
    measure({ ...step, operation: 'job', durationMs: 9_000 });
    expect(notes).toHaveLength(61);
    clock.now += 60_000;
    storm();
    expect(notes).toHaveLength(121);
  });

  test('hurts nobody where it cannot be kept', () => {
    const failures: unknown[] = [];
    const measure = createMeasure({
      notes: {
        take: () => {
          throw new Error('planted');
        },
      },
      ...{ now: () => 0, random: () => 0 },
      onFailure: (error) => failures.push(error),
    });
    measure({ ...step, durationMs: 1 });
    expect(failures).toHaveLength(1);
  });
});
