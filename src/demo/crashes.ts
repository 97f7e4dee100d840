/*
 * When the server is killed: moments spread over the story by a seeded generator, so that a run that
 * failed can be played again.
 */
import { setTimeout as delay } from 'node:timers/promises';

export type Crash = {
  /** The beat of the story in which it falls. */
  readonly beat: number;
  readonly afterMs: number;
};

/** Longer than a step takes, so that some fall between steps and some within one. */
const WITHIN_MS = 400;

/** `count` crashes over `beats` beats, in order. The same seed gives the same ones. */
export function planCrashes(count: number, beats: number, seed: number): readonly Crash[] {
  const random = generatorOf(seed);
  return Array.from({ length: count }, () => ({
    beat: Math.floor(random() * beats),
    afterMs: Math.floor(random() * WITHIN_MS),
  })).sort((a, b) => a.beat - b.beat);
}

/** Mulberry32: small, and the same everywhere. */
function generatorOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export type Crasher = {
  /** The story has come one beat further. */
  readonly beat: () => void;
  /** Resolves when all crashes are over and the server serves; rejects when it did not come back. */
  readonly over: () => Promise<void>;
};

/** Carries the plan out, one crash after the other, while the story goes on. */
export function startCrasher(
  plan: readonly Crash[],
  crash: (number: number) => Promise<void>,
): Crasher {
  let beats = 0;
  let under: Promise<void> = Promise.resolve();
  return {
    beat: () => {
      for (const [index, planned] of plan.entries()) {
        if (planned.beat !== beats) continue;
        under = under.then(() => delay(planned.afterMs)).then(() => crash(index + 1));
        // It is told by `over`; until then it is nobody's unhandled rejection.
        under.catch(() => undefined);
      }
      beats += 1;
    },
    over: () => under,
  };
}
